//! Which notices a page can have shown.

/// Which notices a page can have shown: those of transactions that had committed when it was read. A number would not
/// do, because numbers are given before the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownUpTo(String);

impl ShownUpTo {
    /// As the database wrote it.
    pub fn new(snapshot: String) -> Self {
        Self(snapshot)
    }

    /// Reads what a form carries: `10:20:14,15`, whole and in order; nothing else reaches the database.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(':');
        let (first, next) = (number(parts.next()?)?, number(parts.next()?)?);
        let running = parts.next()?;
        let running = if running.is_empty() { Vec::new() } else { running.split(',').map(number).collect::<Option<Vec<_>>>()? };
        let whole = first > 0 && first <= next && running.iter().all(|one| (first..next).contains(one)) && running.is_sorted();
        (parts.next().is_none() && whole).then(|| Self(text.trim().to_owned()))
    }

    /// As the database reads it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_snapshots_are_read() {
        for good in ["731:731:", "731:735:731,733", " 1:2: "] {
            assert_eq!(ShownUpTo::parse(good).map(|one| one.0).as_deref(), Some(good.trim()), "{good}");
        }
        for bad in [
            "",
            "731",
            "731:731",
            "5:4:",
            "0:4:",
            "-1:4:",
            "5:9:4",
            "5:9:9",
            "5:9:7,6",
            "5:9:6,,7",
            "5:9::",
            "5:9:a",
            "99999999999999999999:1:",
        ] {
            assert_eq!(ShownUpTo::parse(bad), None, "{bad}");
        }
    }
}
