//! Sample pages that use every part of the look once, so that each template is compiled, tested and can be seen:
//! `cargo test --lib serve_the_specimen -- --ignored`, then open <http://127.0.0.1:8099/parts>.

use std::error::Error;

use actix_web::{App, HttpResponse, HttpServer, middleware::DefaultHeaders, web};
use askama::Template;

use crate::domain::{field_errors::FieldErrors, ids::UserId, person::Person, project::ProjectStatus, proposal::ProposalStatus};

use super::{
    assets,
    context::Context,
    shell::{Flash, NavItem, Shell},
};

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
    errors: FieldErrors,
    status: ProjectStatus,
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

#[derive(Template)]
#[template(path = "specimen/confirm.html")]
struct Confirm {
    shell: Shell,
    status: ProposalStatus,
}

#[derive(Template)]
#[template(path = "specimen/sign_in.html")]
struct SignIn {
    shell: Shell,
    errors: FieldErrors,
}

fn shell(name: Option<&str>, current: &str) -> Shell {
    let links = ["Projects", "Proposals", "Contracts", "Messages", "Notices (2)"];
    let nav = links.iter().map(|label| NavItem { href: "/parts".into(), label: (*label).into(), current: *label == current, count: None });
    let context = Context { person: name.map(person), path: "/parts".into(), flash: None };
    Shell { nav: nav.collect(), ..Shell::new(context) }
}

fn person(name: &str) -> Person {
    Person {
        id: UserId(1),
        name: name.into(),
        is_admin: false,
        lacks_factor: false,
        is_freelancer: true,
        theme: "AUTO".into(),
        time_zone: "Europe/Paris".into(),
        memberships: Vec::new(),
        unread: 0,
    }
}

/// Address, status and HTML.
type Page = (&'static str, u16, String);

fn all() -> Result<Vec<Page>, Box<dyn Error>> {
    let mut errors = FieldErrors::new();
    errors.add("amount", "Enter the price as a number, like 6400 or 6400.50");
    errors.add("kind", "Choose how the work is paid");
    errors.add("answers.0", "Answer the question");
    let mut wrong_password = FieldErrors::new();
    wrong_password.add("password", "Enter the password that belongs to this address");
    errors.add("milestone_amount.1", "Enter the amount as a number, like 1600");
    let saved = Flash { kind: "good".into(), text: "Your proposal PRP-2291 was sent. Harbour Foods decides by Tue 8 Dec 2026.".into() };
    let parts = Shell { flash: Some(saved), ..shell(Some("Ada Byron"), "Contracts") };
    Ok(vec![
        ("/parts", 200, Parts { shell: parts }.render()?),
        ("/list", 200, List { shell: shell(None, "Projects") }.render()?),
        (
            "/form",
            200,
            Form { shell: shell(Some("Ada Byron"), "Proposals"), errors: FieldErrors::new(), status: ProjectStatus::Open }.render()?,
        ),
        ("/form-422", 422, Form { shell: shell(Some("Ada Byron"), "Proposals"), errors, status: ProjectStatus::Open }.render()?),
        ("/compare", 200, Compare { shell: shell(Some("Nadia Osei"), "Proposals") }.render()?),
        ("/confirm", 200, Confirm { shell: shell(Some("Nadia Osei"), "Proposals"), status: ProposalStatus::Pending }.render()?),
        ("/sign-in", 200, SignIn { shell: shell(None, ""), errors: FieldErrors::new() }.render()?),
        ("/sign-in-422", 422, SignIn { shell: shell(None, ""), errors: wrong_password }.render()?),
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
