//! A letter as mail servers take it: headers, text and HTML.

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::web::letters::{Letter, one_line};

/// Puts a letter into its envelope.
///
/// # Errors
/// Why it can be sent to nobody.
pub fn message(letter: &Letter, from: &Mailbox, message_id: &str) -> Result<Message, String> {
    let address: Address = letter.address.parse().map_err(|_| "the address is none that mail could be sent to".to_owned())?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(one_line(&letter.name)), address))
        .subject(one_line(&letter.subject))
        .message_id(Some(format!("<{message_id}>")))
        .raw_header(header("Auto-Submitted", "auto-generated")?);
    if let Some(stop) = &letter.stop {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{stop}>"))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    builder.multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone())).map_err(|error| error.to_string())
}

/// A header of our own words, which are ASCII without blanks to fold at.
fn header(name: &str, value: &str) -> Result<HeaderValue, String> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
    if value.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_control()) {
        return Err("a header with characters that have no place in one".to_owned());
    }
    Ok(HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(name: &str, subject: &str) -> Letter {
        Letter {
            name: name.to_owned(),
            address: "ada@example.org".to_owned(),
            subject: subject.to_owned(),
            text: "Hello\n".to_owned(),
            html: "<p>Hello</p>".to_owned(),
            stop: Some("https://a.example.org/unsubscribe/1/AWARDED/abc".to_owned()),
        }
    }

    fn headers(letter: &Letter) -> String {
        let from = "Guildhall <house@example.org>".parse().unwrap();
        let bytes = message(letter, &from, "1@a").unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        text.split("\r\n\r\n").next().unwrap().to_owned()
    }

    #[test]
    fn names_and_titles_add_no_header_and_no_reader() {
        for words in ["Ada\r\nBcc: all@example.org", "Ada\nBcc: all@example.org", "\"x\" <all@example.org>, y", "a\0b", "Ada, B; c: <d@e>"]
        {
            let one = headers(&letter(words, words));
            let names: Vec<_> =
                one.lines().filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split(':').next().unwrap()).collect();
            assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{one}");
            assert_eq!(names.iter().filter(|name| **name == "To").count(), 1, "{one}");
            let from = "house@example.org".parse().unwrap();
            let to = message(&letter(words, words), &from, "1@a").unwrap();
            assert_eq!(to.envelope().to().len(), 1);
            assert_eq!(to.envelope().to()[0].to_string(), "ada@example.org");
        }
    }

    #[test]
    fn one_click_is_offered_in_one_line_each() {
        let one = headers(&letter("Ada", "[PRJ-0412] Harbour Foods accepted your proposal"));
        for line in [
            "List-Unsubscribe: <https://a.example.org/unsubscribe/1/AWARDED/abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Message-ID: <1@a>",
            "Subject: [PRJ-0412] Harbour Foods accepted your proposal",
        ] {
            assert!(one.lines().any(|found| found == line), "{line}\n{one}");
        }
    }

    #[test]
    fn an_address_of_several_is_none() {
        for address in ["a@example.org, b@example.org", "a@example.org\r\nRCPT TO:<b@example.org>", "nobody"] {
            let letter = Letter { address: address.to_owned(), ..letter("Ada", "x") };
            assert!(message(&letter, &"house@example.org".parse().unwrap(), "1@a").is_err(), "{address:?}");
        }
    }
}
