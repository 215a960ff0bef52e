//! The hidden fields of a form, as the site's own pages write them: what a person's browser sends along.

/// Names and values of the hidden fields of the form with this action; nothing where the page has no such form.
pub fn hidden(page: &str, action: &str) -> Option<Vec<(String, String)>> {
    let (_, form) = page.split_once(&format!("<form action=\"{action}\""))?;
    let form = form.split("</form>").next().unwrap_or_default();
    let inputs = form.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    let fields = inputs.filter(|input| attribute(input, "type") == Some("hidden"));
    Some(fields.filter_map(|input| Some((plain(attribute(input, "name")?), plain(attribute(input, "value")?)))).collect())
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

/// Text as it is meant: askama writes these five signs by their numbers.
fn plain(text: &str) -> String {
    let signs = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    signs.iter().fold(text.to_owned(), |text, (coded, sign)| text.replace(coded, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hidden_fields_of_one_form_are_found() {
        let page = r#"<form action="/a" method="post"><input type="hidden" name="version" value="7"><input name="note" value="x"></form>
            <form action="/b" method="post"><input type="hidden" name="base" value="a &#38; &#34;b&#34;"></form>"#;
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(hidden(page, "/a"), Some(vec![field("version", "7")]));
        assert_eq!(hidden(page, "/b"), Some(vec![field("base", "a & \"b\"")]));
        assert_eq!(hidden(page, "/c"), None);
    }
}
