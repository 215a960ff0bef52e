//! What the address of a list asks for: search, filters, order and page.

use super::form::Fields;

/// The longest search that is made, in characters.
pub const LONGEST: usize = 200;

/// The parts of a list's address as they were typed.
#[derive(Debug, Clone, Default)]
pub struct Address {
    path: &'static str,
    parts: Vec<(&'static str, String)>,
}

impl Address {
    /// Reads the query of the list at `path`: the parts that it knows, in the order in which an address names them.
    pub fn parse(path: &'static str, known: &[&'static str], query: &str) -> Self {
        let fields = Fields::parse(query.as_bytes());
        let typed = |name| fields.get(name).replace('\0', "").trim().chars().take(LONGEST).collect();
        Self { path, parts: known.iter().map(|name| (*name, typed(name))).collect() }
    }

    /// One part as it was typed.
    pub fn get(&self, name: &str) -> &str {
        self.parts.iter().find(|(part, _)| *part == name).map_or("", |(_, typed)| typed)
    }

    /// One part, unless it is empty.
    pub fn said(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// The list's address with one part changed, from its first page on; an empty part is left out.
    pub fn with(&self, changed: &str, value: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, typed) in &self.parts {
            let typed = match *name {
                name if name == changed => value,
                "after" => "",
                _ => typed,
            };
            if !typed.is_empty() {
                query.append_pair(name, typed);
            }
        }
        let query = query.finish();
        if query.is_empty() { self.path.to_owned() } else { format!("{}?{query}", self.path) }
    }
}
