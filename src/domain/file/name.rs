//! What a file is called when it is saved again: no path, nothing that cannot be shown, not too long.

use unicode_normalization::UnicodeNormalization;

use crate::domain::words::is_invisible;

/// A name that is safe to offer for saving. It is never the name of a place on a disk of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// How many characters there may be; the schema repeats it.
    pub const MOST: usize = 120;

    /// Takes what a browser says, and leaves of it what a name may be. What is too long loses its middle, not its end.
    pub fn clean(said: &str) -> Self {
        let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
        let shown = |c: &char| !c.is_control() && !is_invisible(*c) && *c != char::REPLACEMENT_CHARACTER;
        let odd = |c: char| if matches!(c, '"' | '<' | '>' | '|' | '?' | '*' | ':') { '-' } else { c };
        let name: String = last.nfc().filter(shown).map(odd).collect();
        let name = name.trim().trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
        let name = if name.is_empty() { "file" } else { name };
        Self(shortened(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn shortened(name: &str) -> String {
    let count = name.chars().count();
    if count <= FileName::MOST {
        return name.to_owned();
    }
    let end = name.rsplit_once('.').map(|(_, end)| end).filter(|end| end.chars().count() <= 10);
    let end = end.map(|end| format!(".{end}")).unwrap_or_default();
    let stem: String = name.chars().take(FileName::MOST - 1 - end.chars().count()).collect();
    format!("{}…{end}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless_ones() {
        for (said, clean) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
            ("..", "file"),
            ("", "file"),
            (".htaccess", "htaccess"),
            ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie- x=1.txt"),
            ("a\u{202e}fdp.txt", "afdp.txt"),
            ("x\0.pdf", "x.pdf"),
            ("say \"hi\".txt", "say -hi-.txt"),
            ("Übersicht über Häfen.pdf", "Übersicht über Häfen.pdf"),
            ("plan.pdf/", "file"),
        ] {
            assert_eq!(FileName::clean(said).as_str(), clean, "{said:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        let name = FileName::clean(&format!("{}.pdf", "ä".repeat(300)));
        assert_eq!(name.as_str().chars().count(), FileName::MOST);
        assert!(name.as_str().ends_with("ä….pdf"), "{}", name.as_str());
    }
}
