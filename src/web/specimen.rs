//! Sample pages that use every part of the look once, so that each template is compiled, tested and can be seen:
//! `cargo test --lib serve_the_specimen -- --ignored`, then open <http://127.0.0.1:8099/parts>.

use std::error::Error;

use actix_web::{App, HttpResponse, HttpServer, middleware::DefaultHeaders, web};
use askama::Template;

use super::{
    assets,
    shell::{Flash, NavItem, Person, Shell},
};

/// What a form found wrong, as the macros of `parts/forms.html` ask for it.
struct Errors(Vec<(&'static str, &'static str)>);

impl Errors {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn on(&self, name: &str) -> Option<&'static str> {
        self.iter().find(|(field, _)| *field == name).map(|(_, message)| *message)
    }

    fn iter(&self) -> impl Iterator<Item = &(&'static str, &'static str)> {
        self.0.iter()
    }
}

#[derive(Template)]
#[template(path = "specimen/parts.html")]
struct Parts {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "specimen/list.html")]
struct List {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "specimen/form.html")]
struct Form {
    shell: Shell,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "specimen/compare.html")]
struct Compare {
    shell: Shell,
}

#[derive(Template)]
#[template(path = "specimen/conflict.html")]
struct Conflict {
    shell: Shell,
}

fn shell(person: Option<&str>, current: &str) -> Shell {
    let links = ["Projects", "Proposals", "Contracts", "Messages", "Notices (2)"];
    let item = |label: &&str| NavItem { href: "/parts".into(), label: (*label).into(), current: *label == current };
    Shell {
        person: person.map(|name| Person { name: name.into() }),
        nav: links.iter().map(item).collect(),
        flash: None,
        theme: "auto",
        zone: "Europe/Paris".into(),
        path: "/".into(),
    }
}

/// Address, status and HTML.
type Page = (&'static str, u16, String);

fn all() -> Result<Vec<Page>, Box<dyn Error>> {
    let errors = vec![("amount", "Enter the price as a number, like 6400 or 6400.50"), ("kind", "Choose how the work is paid")];
    let saved = Flash { kind: "good".into(), text: "Your proposal PRP-2291 was sent. Harbour Foods decides by Tue 8 Dec 2026.".into() };
    let parts = Shell { flash: Some(saved), ..shell(Some("Ada Byron"), "Contracts") };
    Ok(vec![
        ("/parts", 200, Parts { shell: parts }.render()?),
        ("/list", 200, List { shell: shell(None, "Projects") }.render()?),
        ("/form", 200, Form { shell: shell(Some("Ada Byron"), "Proposals"), errors: Errors(vec![]) }.render()?),
        ("/form-422", 422, Form { shell: shell(Some("Ada Byron"), "Proposals"), errors: Errors(errors) }.render()?),
        ("/compare", 200, Compare { shell: shell(Some("Nadia Osei"), "Proposals") }.render()?),
        ("/conflict", 409, Conflict { shell: shell(Some("Nadia Osei"), "Proposals") }.render()?),
    ])
}

#[test]
fn every_part_of_the_look_renders() -> Result<(), Box<dyn Error>> {
    for (path, _, html) in all()? {
        assert!(html.contains("<main id=\"main\""), "{path} has no main");
        assert!(html.matches("<h1").count() == 1, "{path} must have one h1");
        assert!(!html.contains("/static/missing"), "{path} names a file that is not there");
        assert!(!html.contains("style=\""), "{path} has a style that the browser will refuse");
    }
    Ok(())
}

#[test]
fn a_form_with_errors_says_so_in_title_summary_and_field() -> Result<(), Box<dyn Error>> {
    let pages = all()?;
    let (_, _, html) = pages.iter().find(|(path, ..)| *path == "/form-422").ok_or("no such page")?;
    assert!(html.contains("<title>Error: Send a proposal"));
    assert!(html.contains("<li><a href=\"#amount\">Enter the price as a number"));
    assert!(html.contains("aria-invalid=\"true\" aria-describedby=\"amount-hint amount-error\""));
    Ok(())
}

#[actix_web::test]
#[ignore = "serves the sample pages until it is stopped"]
async fn serve_the_specimen() -> std::io::Result<()> {
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
        connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types app";
    let server = HttpServer::new(|| {
        let headers = DefaultHeaders::new()
            .add(("Content-Security-Policy", POLICY))
            .add(("Referrer-Policy", "same-origin"))
            .add(("X-Content-Type-Options", "nosniff"));
        let mut app = App::new().wrap(headers).configure(assets::routes);
        for (path, status, html) in all().unwrap_or_default() {
            let answer = move || {
                let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
                let html = html.clone();
                async move { HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html) }
            };
            app = app.route(path, web::get().to(answer));
        }
        app
    });
    server.workers(1).bind(("127.0.0.1", 8099))?.run().await
}
