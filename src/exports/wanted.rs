//! What a file holds that is made in the background.

use serde::{Deserialize, Serialize};

use super::{Format, List};

/// What is wanted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Wanted {
    /// A list.
    List {
        /// Which, with its filters.
        list: List,
        /// How it is written.
        format: Format,
    },
    /// All that is kept about the person who asks.
    Everything,
}

impl Wanted {
    /// What the file is called.
    pub fn name(&self) -> String {
        match self {
            Self::List { list, format } => format!("{}.{format}", list.name()),
            Self::Everything => "all-my-data.zip".to_owned(),
        }
    }

    /// What the file is.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::List { format, .. } => format.content_type(),
            Self::Everything => "application/zip",
        }
    }
}
