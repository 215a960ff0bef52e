//! A form as a browser would send it.
use scraper::ElementRef;

use super::page::{Page, selector};

/// What is sent, and where to.
pub struct Filled {
    pub action: String,
    pub posts: bool,
    pub fields: Vec<(String, String)>,
}

/// The fields of the form that `css` finds (or whose button it finds), with some of them changed.
#[track_caller]
pub fn filled(page: &Page, css: &str, changes: &[(&str, &str)]) -> Filled {
    let document = page.document();
    let found: Vec<_> = document.select(&selector(css)).collect();
    assert_eq!(found.len(), 1, "{css} on {} finds {} elements in {}", page.path, found.len(), page.html);
    let (form, button) = if found[0].value().name() == "form" { (found[0], None) } else { (form_of(found[0]), Some(found[0])) };
    let mut fields = Vec::new();
    let elsewhere = form.attr("id").map(|id| selector(&format!("input[form='{id}']")));
    let elsewhere: Vec<_> = elsewhere.iter().flat_map(|css| document.select(css)).collect();
    for field in form.select(&selector("input, textarea, select")).chain(elsewhere) {
        add(field, &mut fields);
    }
    for name in changes.iter().map(|(name, _)| *name) {
        assert!(fields.iter().any(|(known, _)| known == name) || is_choice(form, name), "the form {css} on {} has no {name}", page.path);
    }
    let mut fields: Vec<_> = replaced(fields, changes);
    if let Some(name) = button.and_then(|button| button.attr("name")) {
        fields.push((name.to_owned(), button.and_then(|button| button.attr("value")).unwrap_or_default().to_owned()));
    }
    let said = |attribute: &str| button.and_then(|button| button.attr(&format!("form{attribute}"))).or(form.attr(attribute));
    Filled {
        action: said("action").map_or_else(|| page.path.clone(), str::to_owned),
        posts: said("method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
        fields,
    }
}

fn form_of(button: ElementRef<'_>) -> ElementRef<'_> {
    button.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "form").expect("the button stands in a form")
}

fn add(field: ElementRef<'_>, fields: &mut Vec<(String, String)>) {
    let Some(name) = field.attr("name").filter(|_| field.attr("disabled").is_none()) else { return };
    let value = match (field.value().name(), field.attr("type").unwrap_or_default()) {
        (_, "submit" | "button" | "reset" | "image" | "file") => return,
        (_, "checkbox" | "radio") if field.attr("checked").is_none() => return,
        (_, "checkbox" | "radio") => field.attr("value").unwrap_or("on").to_owned(),
        ("textarea", _) => field.text().collect::<String>().replace('\n', "\r\n"),
        ("select", _) => chosen(field),
        _ => field.attr("value").unwrap_or_default().to_owned(),
    };
    fields.push((name.to_owned(), value));
}

fn chosen(select: ElementRef<'_>) -> String {
    let options: Vec<_> = select.select(&selector("option")).collect();
    let option = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    option.map_or_else(String::new, |option| option.attr("value").map_or_else(|| option.text().collect(), str::to_owned))
}

/// A box or a button to choose that nobody has chosen so far.
fn is_choice(form: ElementRef<'_>, name: &str) -> bool {
    form.select(&selector("input[type=checkbox], input[type=radio]")).any(|choice| choice.attr("name") == Some(name))
}

/// The new values of a name stand where its first old one stood.
fn replaced(fields: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut result: Vec<(String, String)> = Vec::new();
    let new = |name: &str| {
        changes
            .iter()
            .filter(move |(changed, _)| *changed == name)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<Vec<_>>()
    };
    for (name, value) in fields {
        match new(&name) {
            values if values.is_empty() => result.push((name, value)),
            values if result.iter().all(|(sent, _)| *sent != name) => result.extend(values),
            _ => {}
        }
    }
    let unsent = |name: &str| result.iter().all(|(sent, _)| sent != name);
    let added: Vec<_> =
        changes.iter().filter(|(name, _)| unsent(name)).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    result.extend(added);
    result
}
