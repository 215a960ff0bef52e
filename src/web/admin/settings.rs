//! What this process was started with: each setting, its value and where that came from. Of secrets, whether there is one.

use std::path::PathBuf;

use actix_web::web::Data;
use askama::Template;

use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

/// Where a setting's value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Nobody said otherwise.
    Default,
    /// A variable of the environment.
    Environment,
    /// The command line.
    CommandLine,
}

impl Source {
    fn label(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::Environment => "Environment",
            Self::CommandLine => "Command line",
        }
    }
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The variable: `GUILDHALL_LISTEN`.
    pub name: String,
    /// The flag: `--listen`; empty where there is none.
    pub flag: String,
    /// What it is for.
    pub help: String,
    /// Its value, or of a secret that it is set; nothing where it is not set.
    pub value: Option<String>,
    /// Where that came from.
    pub source: Source,
}

/// All of them, and the folder in which the process keeps what is its own.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// In the order of `serve --help`.
    pub all: Vec<Setting>,
    /// Nothing where nobody said.
    pub data: Option<PathBuf>,
}

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct Page {
    shell: Shell,
    settings: Data<Settings>,
}

/// Shows them.
pub async fn page(by: Admin, settings: Data<Settings>) -> Answer {
    respond::page(&Page { shell: by.shell(), settings })
}
