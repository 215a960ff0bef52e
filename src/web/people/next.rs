//! Where to go on after signing in or up: to a page of this very site.

/// Where whoever came by no link goes.
const DASHBOARD: &str = "/dashboard";

/// An address of this site, path and query; anything else is as good as none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next(Option<String>);

impl Next {
    /// Reads what an address or a form carries.
    pub fn parse(text: &str) -> Self {
        let local = text.starts_with('/') && !text.starts_with("//") && text.len() <= 2000;
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let path = text.split('?').next().unwrap_or_default();
        let leads_on = !matches!(path, "/sign-in" | "/sign-up" | "/sign-out");
        Self((local && plain && leads_on).then(|| text.to_owned()))
    }

    /// Where to go.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or(DASHBOARD)
    }

    /// As a form carries it on; empty where there is none.
    pub fn field(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Whether it leads to joining an organisation.
    pub fn is_joining(&self) -> bool {
        self.0.as_ref().is_some_and(|next| next.starts_with("/join/"))
    }

    /// The address of another page that leads on to the same place.
    pub fn behind(&self, page: &str) -> String {
        match &self.0 {
            Some(next) => format!("{page}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish()),
            None => page.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_sites_pages_are_led_to() {
        for good in ["/projects", "/projects/3?q=a%20b", "/join/ab12"] {
            assert_eq!(Next::parse(good).as_str(), good);
        }
        for bad in
            ["", "projects", "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/a\r\nb", "/sign-in?next=/"]
        {
            assert_eq!(Next::parse(bad).as_str(), DASHBOARD, "{bad}");
        }
    }

    #[test]
    fn the_other_page_leads_on_to_the_same_place() {
        assert_eq!(Next::parse("/join/a?b=c").behind("/sign-up"), "/sign-up?next=%2Fjoin%2Fa%3Fb%3Dc");
        assert_eq!(Next::default().behind("/sign-up"), "/sign-up");
    }
}
