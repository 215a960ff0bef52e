//! What makes a site naive stands in one file, and the ordinary program has none of it.
use std::path::Path;

/// Where the program asks whether it was built naive: the list itself, the two places where it is used, and the command.
const PLACES: [&str; 7] = ["cli/mod.rs", "cli/race.rs", "db/locked.rs", "db/mod.rs", "db/prepared.rs", "race/lab.rs", "db/naive.rs"];

fn asks(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            asks(&path, found);
        } else if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("feature = \"naive\"")) {
            found.push(path.to_string_lossy().into_owned());
        }
    }
}

#[test]
fn few_places_ask_whether_the_program_is_naive() {
    let mut found = Vec::new();
    asks(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() >= 5, "{found:?}");
    let stray: Vec<_> = found.iter().filter(|path| !PLACES.iter().any(|place| path.ends_with(place))).collect();
    assert!(stray.is_empty(), "{stray:?}");
}
