//! A database's address as it may stand on a command line, which everybody on the machine can read.

/// An address without its password.
#[derive(Clone)]
pub struct Address {
    /// For `--dbname`.
    pub open: String,
    /// For the environment.
    pub password: Option<String>,
}

impl Address {
    /// Takes the password out of `postgresql://user:password@host/database`; what is written otherwise stays as it is, and
    /// nothing where such an address holds a password.
    pub fn of(url: &str) -> Option<Self> {
        match url::Url::parse(url) {
            Ok(mut parsed) => {
                let password =
                    parsed.password().map(|password| percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned());
                if password.is_some() {
                    parsed.set_password(None).ok()?;
                }
                let in_query = parsed.query_pairs().any(|(name, _)| name == "password");
                (!in_query).then(|| Self { open: parsed.into(), password })
            }
            Err(_) if url.contains("password") => None,
            Err(_) => Some(Self { open: url.to_owned(), password: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_stays_in_what_others_can_read() {
        let read = |url| Address::of(url).map(|address| (address.open, address.password));
        let socket = "postgresql://postgres@/guildhall?host=%2Fvar%2Flib%2Fguildhall";
        assert_eq!(read(socket), Some((socket.to_owned(), None)));
        let with = read("postgres://keeper:se%2Fcret@db.example.org:5433/work?sslmode=require");
        assert_eq!(with, Some(("postgres://keeper@db.example.org:5433/work?sslmode=require".to_owned(), Some("se/cret".to_owned()))));
        assert_eq!(read("host=db dbname=work"), Some(("host=db dbname=work".to_owned(), None)));
        assert_eq!(read("host=db password=secret"), None);
        assert_eq!(read("postgresql://db/work?password=secret"), None);
    }
}
