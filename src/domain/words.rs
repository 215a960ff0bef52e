//! Words that people type, parsed once: trimmed, NFC, of a bounded length, without characters that cannot be shown.

use unicode_normalization::UnicodeNormalization;

/// What is wrong with some words; its text is shown beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsWrong {
    /// Nothing was typed where something is needed.
    #[error("Enter {0}")]
    Missing(&'static str),
    /// More characters than there is room for.
    #[error("Use at most {most} characters: these are {typed}")]
    TooLong {
        /// How many are allowed.
        most: usize,
        /// How many were typed.
        typed: usize,
    },
    /// Control characters, NUL, or bytes that were not UTF-8.
    #[error("Remove the characters that cannot be shown")]
    Unprintable,
    /// Not an address that mail could be sent to.
    #[error("Enter an e-mail address like name@example.org")]
    NotAnEmail,
    /// A password that is too easy.
    #[error("Use at least {0} characters")]
    TooShort(usize),
}

/// Whether a text may hold line breaks and tabs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Line,
    /// Paragraphs: line breaks and tabs are kept.
    Paragraphs,
}

/// Trims, normalises and bounds some words. `most` counts characters; line ends become `\n`.
pub fn parse(text: &str, shape: Shape, most: usize) -> Result<String, WordsWrong> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let normal: String = unified.trim().nfc().collect();
    let shown = |c: char| match c {
        '\n' | '\t' => shape == Shape::Paragraphs,
        char::REPLACEMENT_CHARACTER => false,
        _ => !c.is_control() && !is_invisible(c),
    };
    if !normal.chars().all(shown) {
        return Err(WordsWrong::Unprintable);
    }
    let typed = normal.chars().count();
    if typed > most { Err(WordsWrong::TooLong { most, typed }) } else { Ok(normal) }
}

/// Marks that change the direction of what follows, and other characters nobody sees: they make one name pass for another.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($shape:ident, $most:literal $(, $needed:literal)?);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// How many characters there may be.
            pub const MOST: usize = $most;

            /// Parses what was typed.
            ///
            /// # Errors
            /// What is wrong with it, as a sentence for the person.
            pub fn parse(text: &str) -> Result<Self, WordsWrong> {
                let words = parse(text, Shape::$shape, $most)?;
                $(if words.is_empty() { return Err(WordsWrong::Missing($needed)); })?
                Ok(Self(words))
            }

            /// The words.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    )*};
}

words! {
    /// A person's name.
    PersonName(Line, 100, "a name");
    /// An organisation's name.
    OrganisationName(Line, 100, "the name of the organisation");
    /// A project's title.
    Title(Line, 200, "a title");
    /// A project's description, in Markdown.
    Description(Paragraphs, 20_000, "a description");
    /// One screening question.
    Question(Line, 300, "a question");
    /// One skill.
    Skill(Line, 40, "a skill");
    /// A proposal's letter, in Markdown.
    CoverLetter(Paragraphs, 10_000, "a cover letter");
    /// The answer to one screening question.
    Answer(Paragraphs, 2_000);
    /// What a milestone delivers.
    MilestoneTitle(Line, 200, "what this milestone delivers");
    /// What a freelancer says of what they deliver, in Markdown.
    SubmissionWords(Paragraphs, 10_000, "what you deliver");
    /// What else a contract's terms say, in Markdown.
    TermsWords(Paragraphs, 10_000);
    /// Why something was declined, cancelled or removed.
    Reason(Paragraphs, 1_000, "a reason");
    /// What members note for each other about a proposal.
    Note(Paragraphs, 2_000);
    /// What was worked on.
    WorkNote(Line, 300);
    /// What one side says of the other after a contract.
    ReviewWords(Paragraphs, 2_000, "what the work together was like");
    /// A freelancer's one line about themselves.
    Headline(Line, 120);
    /// A freelancer's words about themselves, in Markdown.
    About(Paragraphs, 10_000);
    /// What a person calls a search.
    SearchName(Line, 100, "a name");
    /// What a freelancer asks about a project.
    EnquiryWords(Paragraphs, 1_000, "your question");
    /// What the client answers, to everybody.
    EnquiryAnswer(Paragraphs, 4_000, "an answer");
    /// A message, in Markdown.
    MessageWords(Paragraphs, 10_000, "a message");
    /// What a ticket is about, in one line.
    TicketTitle(Line, 200, "what it is about, in a few words");
    /// What somebody writes on a ticket, in Markdown.
    TicketWords(Paragraphs, 10_000, "what you want to say");
    /// A system that projects come from.
    SourceName(Line, 100, "the name of the system that it comes from");
    /// What a project is called there.
    ExternalRef(Line, 200, "what it is called there");
    /// What a person calls a token.
    TokenName(Line, 100, "a name for the token");
    /// What a tax is called.
    TaxLabel(Line, 60, "the name of the tax");
    /// A party's address, tax number and bank, as they stand on an invoice.
    PartyDetails(Paragraphs, 500);
    /// Words below an invoice's sums.
    InvoiceNote(Paragraphs, 1_000);
    /// By which transfer an invoice was paid.
    PaymentReference(Line, 100, "the reference of the payment");
    /// For whom an invitation link is.
    InvitationNote(Line, 200);
}

/// An e-mail address as it was typed. Whether two are the same is the database's `key_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Parses an address: one `@`, something before it, a dotted or local name behind it, no blanks.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence for the person.
    pub fn parse(text: &str) -> Result<Self, WordsWrong> {
        let words = parse(text, Shape::Line, 254)?;
        if words.is_empty() {
            return Err(WordsWrong::Missing("an e-mail address"));
        }
        let sound = words.split_once('@').is_some_and(|(before, behind)| !before.is_empty() && !behind.is_empty() && !behind.contains('@'));
        if sound && !words.contains(char::is_whitespace) { Ok(Self(words)) } else { Err(WordsWrong::NotAnEmail) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password somebody chose, before it is hashed. Never shown, never logged.
pub struct Password(String);

impl Password {
    /// A password: at least 10 characters, at most 200 (so that hashing stays cheap), nothing else (NIST SP 800-63B).
    ///
    /// # Errors
    /// What is wrong with it, as a sentence for the person.
    pub fn parse(text: &str) -> Result<Self, WordsWrong> {
        let typed = text.chars().count();
        match typed {
            0 => Err(WordsWrong::Missing("a password")),
            1..=9 => Err(WordsWrong::TooShort(10)),
            10..=200 => Ok(Self(text.to_owned())),
            _ => Err(WordsWrong::TooLong { most: 200, typed }),
        }
    }

    /// What to hash.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Skills from a comma-separated field: at most 15, each once (whatever its case), in the order typed.
///
/// # Errors
/// What is wrong, as a sentence for the person.
pub fn parse_skills(text: &str) -> Result<Vec<String>, String> {
    let mut skills: Vec<String> = Vec::new();
    for typed in text.split([',', '\n']).filter(|typed| !typed.trim().is_empty()) {
        let skill = Skill::parse(typed).map_err(|wrong| format!("{}: {wrong}", typed.trim()))?.0;
        if !skills.iter().any(|known| known.to_lowercase() == skill.to_lowercase()) {
            skills.push(skill);
        }
    }
    if skills.len() > 15 { Err("Name at most 15 skills".to_owned()) } else { Ok(skills) }
}

/// Screening questions, one a line: at most 10.
///
/// # Errors
/// What is wrong, as a sentence for the person.
pub fn parse_questions(text: &str) -> Result<Vec<String>, String> {
    let questions = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Question::parse(line).map(|question| question.0).map_err(|wrong| wrong.to_string()))
        .collect::<Result<Vec<_>, _>>()?;
    if questions.len() > 10 { Err("Ask at most 10 questions".to_owned()) } else { Ok(questions) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_normalised_and_bounded() {
        assert_eq!(Title::parse("  Cafe\u{301} tills ").unwrap().as_str(), "Café tills");
        assert_eq!(Title::parse("   "), Err(WordsWrong::Missing("a title")));
        assert_eq!(Title::parse(&"x".repeat(201)), Err(WordsWrong::TooLong { most: 200, typed: 201 }));
        assert_eq!(Title::parse("a\nb"), Err(WordsWrong::Unprintable));
        assert_eq!(Description::parse("a\r\nb").unwrap().as_str(), "a\nb");
        assert_eq!(Title::parse("a\0b"), Err(WordsWrong::Unprintable));
        assert_eq!(Title::parse("a\u{202E}b"), Err(WordsWrong::Unprintable));
    }

    #[test]
    fn an_email_has_something_on_both_sides() {
        for good in ["ada@example.org", "a+b@localhost"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in ["ada", "@example.org", "ada@", "a@b@c", "a b@c"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_skill_is_named_once() {
        assert_eq!(parse_skills("Rust, web, rust , ,SQL").unwrap(), ["Rust", "web", "SQL"]);
    }
}
