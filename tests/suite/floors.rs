//! The house's plan, kept: web and worker → operations → db → domain → schema, and no rooms without a purpose.
use std::path::{Path, PathBuf};

/// A floor, the floors that it may call, and words that have no place on it with the files where they have.
struct Floor {
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [(&'static str, &'static [&'static str])],
}

const NOWHERE: &[&str] = &[];
const FLOORS: [Floor; 9] = [
    Floor { name: "schema.rs", may_use: &[], never: &[("actix", NOWHERE), ("askama", NOWHERE)] },
    Floor {
        name: "domain/",
        may_use: &["domain", "schema"],
        never: &[
            ("actix", NOWHERE),
            ("askama", NOWHERE),
            ("tokio", NOWHERE),
            ("tracing::", NOWHERE),
            ("rand::", NOWHERE),
            ("std::fs", NOWHERE),
            ("std::net", NOWHERE),
            ("std::env", NOWHERE),
            ("std::process", NOWHERE),
            ("std::thread", NOWHERE),
            ("::now()", NOWHERE),
            ("PgConnection", NOWHERE),
            ("RunQueryDsl", NOWHERE),
            ("sql_query", NOWHERE),
        ],
    },
    Floor {
        name: "db/",
        may_use: &["db", "domain", "schema"],
        never: &[
            ("actix", &["db/database.rs"]),
            ("askama", NOWHERE),
            ("begin_transaction", &["db/transaction.rs"]),
            (".transaction(", NOWHERE),
            // it compares this machine's clock with the server's, and decides nothing by it
            ("Utc::now", &["db/doctor/server.rs"]),
        ],
    },
    // the bytes of files: never asked inside a transaction, so neither db nor operations may name it
    Floor {
        name: "storage/",
        may_use: &["storage"],
        never: &[("diesel", NOWHERE), ("actix", NOWHERE), ("askama", NOWHERE), ("PgConnection", NOWHERE)],
    },
    Floor {
        name: "operations/",
        may_use: &["operations", "db", "domain"],
        never: &[
            ("actix", NOWHERE),
            ("askama", NOWHERE),
            ("diesel::prelude", NOWHERE),
            ("diesel::dsl", NOWHERE),
            ("sql_query", NOWHERE),
            ("diesel::insert_into", NOWHERE),
            ("diesel::update", NOWHERE),
            ("diesel::delete", NOWHERE),
            ("begin_transaction", NOWHERE),
            ("Utc::now", NOWHERE),
        ],
    },
    Floor {
        name: "exports/",
        may_use: &["exports", "db", "domain"],
        never: &[("actix", NOWHERE), ("askama", NOWHERE), ("diesel", NOWHERE), ("Utc::now", NOWHERE)],
    },
    Floor {
        name: "web/",
        may_use: &["web", "operations", "exports", "db", "domain", "storage"],
        never: &[("diesel", NOWHERE), ("web::block", NOWHERE), ("spawn_blocking", NOWHERE)],
    },
    Floor {
        name: "worker/",
        may_use: &["worker", "operations", "exports", "db", "domain", "storage"],
        never: &[("diesel", NOWHERE), ("actix", NOWHERE), ("askama", NOWHERE), ("spawn_blocking", NOWHERE), ("Utc::now", NOWHERE)],
    },
    // beside the web floor, which words the letters
    Floor {
        name: "mail/",
        may_use: &["mail", "web", "operations", "db", "domain"],
        never: &[("diesel", NOWHERE), ("actix", NOWHERE), ("askama", NOWHERE)],
    },
];

/// What operations may take from their own floor: never another operation.
const SHARED_BY_OPERATIONS: [&str; 25] = [
    "kept",
    "kept_project",
    "open",
    "refused",
    "reveal",
    "reworded",
    "once",
    "Outcome",
    "put",
    "party",
    "party_to",
    "contract_of",
    "Desk",
    "Stopped",
    "end_timer",
    "keeping",
    "session",
    "settle",
    "sit",
    "Throttle",
    "take_turn",
    "use_code",
    "Window",
    "behind_window",
    "window",
];
const NO_ROOM: [&str; 5] = ["util", "helper", "common", "manager", "service"];
const LONGEST_FILE: usize = 300;

struct Source {
    /// From `src/` or `tests/` on.
    path: String,
    /// Without comments.
    code: String,
    text: String,
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    walk(&root, &mut files);
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let path = file.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        Source { path, code, text }
    };
    let files: Vec<_> = files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "rs")).map(read).collect();
    assert!(files.len() > 5, "{folder} has hardly any files: {}", files.len());
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true if path.ends_with("node_modules") => {}
            true => walk(&path, files),
            false => files.push(path),
        }
    }
}

impl Source {
    /// The crate's modules that this file names, each with what it names in there: `crate::db::{…}` → `("db", "{…}")`.
    fn named_modules(&self) -> Vec<(String, String)> {
        let mut named = Vec::new();
        let climbs = "super::".repeat(self.path.trim_end_matches("/mod.rs").matches('/').count() + 1);
        for root in ["crate::", climbs.as_str()] {
            for part in self.code.split(root).skip(1) {
                let lists = part.starts_with('{').then(|| part.trim_start_matches('{').split('}').next().unwrap_or_default());
                for path in lists.map_or_else(|| vec![part], |list| list.split(',').collect()) {
                    let (module, rest) = path.trim().split_once("::").unwrap_or((path.trim(), ""));
                    let module: String = module.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    named.push((module, rest.chars().take(200).collect()));
                }
            }
        }
        named
    }

    fn is_on(&self, floor: &Floor) -> bool {
        self.path.starts_with(floor.name)
    }
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_floor_calls_one_above_it() {
    let all = ["web", "mail", "operations", "db", "domain", "schema", "cli", "worker", "exports", "storage"];
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(floor) = FLOORS.iter().find(|floor| source.is_on(floor)) else { continue };
        for (module, _) in source.named_modules() {
            if all.contains(&module.as_str()) && !floor.may_use.contains(&module.as_str()) {
                wrong.push(format!("{} uses {module}", source.path));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_floor_does_another_s_work() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        for (word, but_in) in FLOORS.iter().filter(|floor| source.is_on(floor)).flat_map(|floor| floor.never) {
            if source.code.contains(word) && !but_in.contains(&source.path.as_str()) {
                wrong.push(format!("{} says {word}", source.path));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_operation_calls_another() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| source.path.starts_with("operations/") && !source.path.ends_with("mod.rs")) {
        for (module, what) in source.named_modules() {
            let named = what.split(';').next().unwrap_or_default().trim_matches(['{', '}']).split(", ");
            if module == "operations" && !named.into_iter().all(|name| SHARED_BY_OPERATIONS.contains(&name)) {
                wrong.push(format!("{} uses operations::{}", source.path, what.lines().next().unwrap_or_default()));
            }
        }
        if source.code.contains("super::") && !source.code.contains("use super::*") {
            wrong.push(format!("{} reaches into its neighbours by super::", source.path));
        }
    }
    none(&wrong);
}

#[test]
fn pages_are_drawn_on_the_web_floor_alone() {
    let drawn = |source: &&Source| source.code.contains("#[template(") && !source.path.starts_with("web/");
    none(&sources("src").iter().filter(drawn).map(|source| source.path.clone()).collect::<Vec<_>>());
}

#[test]
fn every_room_has_a_purpose() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "templates", "migrations"] {
        walk(&root.join(folder), &mut files);
    }
    let is_wrong =
        |name: &str| NO_ROOM.iter().any(|word| name.split(['_', '-', '.']).any(|part| part == *word || part == format!("{word}s")));
    let wrong = files
        .iter()
        .filter_map(|file| file.strip_prefix(root).ok())
        .filter(|file| file.iter().any(|part| is_wrong(&part.to_string_lossy())));
    none(&wrong.map(|file| file.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn every_file_says_what_it_is_for_and_can_be_read_through() {
    let mut wrong = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests/suite")).filter(|source| source.path != "schema.rs") {
        if !source.text.starts_with("//!") {
            wrong.push(format!("{} does not begin with //!", source.path));
        }
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines", source.path));
        }
    }
    none(&wrong);
}

#[test]
fn a_breach_is_seen() {
    let code = "use crate::{db::Tx, web};\nuse crate::schema::projects;\nfn f() { super::super::operations::f() }";
    let named = |path: &str| {
        let source = Source { path: path.to_owned(), code: code.to_owned(), text: String::new() };
        source.named_modules().into_iter().map(|(module, _)| module).collect::<Vec<_>>()
    };
    assert_eq!(named("db/projects.rs"), ["db", "web", "schema", "operations"]);
    assert_eq!(named("db/projects/read.rs"), ["db", "web", "schema"]);
    assert_eq!(named("db/projects/mod.rs"), ["db", "web", "schema", "operations"]);
}
