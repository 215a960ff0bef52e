//! How much of a list is read at once: what a page shows, or what a file takes in one go.

/// How many rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// One page of a list.
    Page,
    /// So much that a file is made of few reads, and little enough to be held in memory.
    Batch,
}

impl Portion {
    /// Rows of one page, everywhere.
    pub const PAGE: usize = 20;
    /// Rows of one read for a file. A list of more is written in the background.
    pub const BATCH: usize = 5000;

    /// So many rows are wanted.
    pub fn rows(self) -> usize {
        match self {
            Self::Page => Self::PAGE,
            Self::Batch => Self::BATCH,
        }
    }

    /// So many are read: one more tells whether there are more.
    pub(super) fn read(self) -> i64 {
        i64::try_from(self.rows() + 1).unwrap_or(i64::MAX)
    }

    /// The same as it stands in a statement.
    pub(super) fn limit(self) -> &'static str {
        match self {
            Self::Page => " LIMIT 21",
            Self::Batch => " LIMIT 5001",
        }
    }

    /// The rows that are wanted of those that were read, and whether there are more.
    pub(super) fn cut<T>(self, mut rows: Vec<T>) -> (Vec<T>, bool) {
        let more = rows.len() > self.rows();
        rows.truncate(self.rows());
        (rows, more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_more_is_read_than_is_wanted() {
        for portion in [Portion::Page, Portion::Batch] {
            assert_eq!(portion.limit(), format!(" LIMIT {}", portion.read()));
            assert!(!portion.cut(vec![0; portion.rows()]).1);
            let (rows, more) = portion.cut(vec![0; portion.rows() + 1]);
            assert_eq!((rows.len(), more), (portion.rows(), true));
        }
    }
}
