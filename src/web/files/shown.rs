//! Files as pages list them.

use crate::db::files::Listed;
use crate::domain::file::{self, LARGEST, MOST_FILES};
use crate::domain::ids::FileId;

/// A file in a list.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its number.
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// What it is, and how large: "PDF, 120 kB".
    pub about: String,
}

impl From<&Listed> for Shown {
    fn from(file: &Listed) -> Self {
        Self { id: file.id, name: file.name.clone(), about: format!("{}, {}", file.kind.label(), size(file.size)) }
    }
}

/// All of them.
pub fn all(files: &[Listed]) -> Vec<Shown> {
    files.iter().map(Shown::from).collect()
}

/// As people say it.
pub fn size(bytes: i64) -> String {
    let tenths = |unit: i64| (bytes * 10 + unit / 2) / unit;
    match bytes {
        ..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{}.{} MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

/// What is said above the field, before anybody chooses.
pub fn rules() -> String {
    format!(
        "At most {MOST_FILES} files, each of at most {} MB: PDF, pictures (PNG, JPEG, GIF, WebP), text, CSV, office documents (docx, xlsx, pptx, odt, ods), ZIP.",
        LARGEST / (1024 * 1024)
    )
}

/// The ends of names that the field offers.
pub fn accepted() -> String {
    file::accepted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!([999, 1000, 1500, 119_700, 1_000_000, 2_450_000].map(size), ["999 bytes", "1 kB", "2 kB", "120 kB", "1.0 MB", "2.5 MB"]);
    }
}
