//! A person's browser without scripts: keeps cookies, says where a request comes from, fills in the forms it was shown.
use std::time::Duration;

use reqwest::blocking::{Client, ClientBuilder, RequestBuilder};
use reqwest::redirect::Policy;

use super::form;
use super::page::Page;

/// A client of the site. The program has no TLS provider until it opens a bucket, and a client wants one, though it uses none;
/// nor does it read the machine's certificates, which takes each new client longer than many a test.
pub fn builder() -> ClientBuilder {
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().tls_certs_only([])
}

/// One person's browser; a clone is another window of the same one.
#[derive(Debug, Clone)]
pub struct Browser {
    client: Client,
    site: String,
}

impl Browser {
    /// A fresh one, nobody signed in. Redirects are shown, not followed: see [`Browser::follow`].
    pub fn new(site: &str) -> Self {
        Self::called(site, "A test")
    }

    /// One that says this of itself.
    pub fn called(site: &str, agent: &str) -> Self {
        let client = builder().user_agent(agent).cookie_store(true).redirect(Policy::none()).timeout(Duration::from_secs(60));
        Self { client: client.build().expect("a browser"), site: site.to_owned() }
    }

    /// One in which somebody has planted a cookie.
    pub fn planted(site: &str, cookie: &str) -> Self {
        let jar = std::sync::Arc::new(reqwest::cookie::Jar::default());
        jar.add_cookie_str(&format!("{cookie}; Path=/"), &site.parse().expect("an address"));
        let client = builder().cookie_provider(jar).redirect(Policy::none()).timeout(Duration::from_secs(60));
        Self { client: client.build().expect("a browser"), site: site.to_owned() }
    }

    /// Opens an address of the site.
    #[track_caller]
    pub fn get(&self, path: &str) -> Page {
        self.ask(self.client.get(self.address(path)))
    }

    /// Sends fields in order, as a page of this very site would.
    #[track_caller]
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.ask(self.client.post(self.address(path)).header("origin", &self.site).form(fields))
    }

    /// The same, as a script of the page does it that wants to be answered in a few words.
    #[track_caller]
    pub fn post_quietly(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.client.post(self.address(path)).header("origin", &self.site).form(fields);
        self.ask_for("application/json", request)
    }

    /// The bytes of a file.
    #[track_caller]
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let answer = self.client.get(self.address(path)).header("sec-fetch-site", "same-origin").send().expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.bytes().expect("the bytes").to_vec()
    }

    /// Sends a form with a file in it: its field, its name, and its bytes.
    #[track_caller]
    pub fn bring(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Page {
        self.bring_all(path, fields, &[file])
    }

    /// The same with several.
    #[track_caller]
    pub fn bring_all(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        for (field, name, bytes) in files {
            let head = format!(
                "--edge\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = self.client.post(self.address(path)).header("origin", &self.site);
        self.ask(request.header("content-type", "multipart/form-data; boundary=edge").body(body))
    }

    /// Follows redirects until there is a page.
    #[track_caller]
    pub fn follow(&self, mut page: Page) -> Page {
        for _ in 0..5 {
            if page.status != 303 {
                return page;
            }
            let to = page.location().to_owned();
            page = self.get(&to);
        }
        panic!("{} leads round in circles", page.path);
    }

    /// Sends a form of the page as it is filled in there, but for `changes`. `css` finds the form, or the button in it
    /// that is pressed. A name that is changed twice is sent twice, instead of all that the page had under it.
    #[track_caller]
    pub fn submit(&self, page: &Page, css: &str, changes: &[(&str, &str)]) -> Page {
        let form = form::filled(page, css, changes);
        let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if form.posts {
            return self.post(&form.action, &fields);
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        self.get(&format!("{}?{query}", form.action.split('?').next().unwrap_or_default()))
    }

    /// The same with files, as a browser sends a form in parts.
    #[track_caller]
    pub fn submit_with(&self, page: &Page, css: &str, changes: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let form = form::filled(page, css, changes);
        let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.bring_all(&form.action, &fields, files)
    }

    /// Signs in through the page.
    #[track_caller]
    pub fn sign_in(&self, email: &str, password: &str) {
        let answer = self.post("/sign-in", &[("email", email), ("password", password)]);
        assert_eq!(answer.status, 303, "signing in as {email}: {}", answer.says());
    }

    #[track_caller]
    fn ask(&self, request: RequestBuilder) -> Page {
        self.ask_for("text/html", request)
    }

    #[track_caller]
    fn ask_for(&self, accept: &str, request: RequestBuilder) -> Page {
        let answer = request.header("accept", accept).header("sec-fetch-site", "same-origin").send();
        Page::read(answer.unwrap_or_else(|error| panic!("no answer: {error:?}")))
    }

    /// A full address from this site passes, from wherever a link leads.
    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.site) }
    }
}
