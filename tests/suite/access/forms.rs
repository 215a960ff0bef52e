//! What no form is taken with, wherever it goes: another site's word for it, or more than is read.
use super::ground::Ground;
use super::table::Role;
use crate::errors::raw::send;
use crate::support::routes::{asked_by_machines, known};

/// Where a sign of its own counts, and no cookie: programs that read letters send nothing else.
const SIGNED: &str = "/unsubscribe/";

/// What browsers say of a form that another site has made them send, and what those say that say nothing.
const ELSEWHERE: [&str; 6] = [
    "sec-fetch-site: cross-site\r\n",
    "sec-fetch-site: same-site\r\n",
    "sec-fetch-site: cross-site\r\norigin: http://here\r\n",
    "origin: https://elsewhere.example\r\n",
    "origin: null\r\n",
    "",
];

/// Whoever could do it.
const DOERS: [Role; 3] = [Role::Owner, Role::Freelancer, Role::Admin];

fn posted(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n{headers}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn no_form_of_another_site_is_taken() {
    let ground = Ground::new();
    let mut tried = 0;
    for known in known().iter().filter(|known| known.is_written && !known.pattern.starts_with(SIGNED)) {
        let address = ground.address(&known.pattern);
        for role in DOERS {
            for headers in ELSEWHERE {
                let answer = send(&ground.site, &posted(&address, &format!("{}{headers}", ground.cookie(role)), b"version=1"));
                assert_eq!(answer.status, 403, "{role:?} at {address} with {headers}");
                assert!(answer.text.contains("This did not come from one of our pages"), "{role:?} at {address} with {headers}");
                tried += 1;
            }
        }
    }
    println!("{tried} forms of other sites refused");
}

#[test]
fn no_machine_comes_in_by_a_cookie() {
    let ground = Ground::new();
    for known in asked_by_machines().iter().filter(|known| known.pattern != "/api/v1/openapi.json") {
        let address = ground.address(&known.pattern);
        for (method, asks) in [("GET", known.is_read), ("POST", known.is_written), ("PUT", known.is_put)] {
            if asks {
                let request = format!(
                    "{method} {address} HTTP/1.1\r\nhost: here\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n{}content-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}",
                    ground.cookie(Role::Owner)
                );
                assert_eq!(send(&ground.site, request.as_bytes()).status, 401, "{method} {address}");
            }
        }
    }
}

/// Forms without words, or of files alone, or of an address that holds a secret: what is sent with them is not read as fields.
const WORDLESS: &[&str] = &[
    "/account/email/confirmation",
    "/account/sign-ins/{id}/end",
    "/account/sign-out-everywhere",
    "/account/tokens/{id}/revoke",
    "/admin/mails/{id}/again",
    "/contracts/{id}/complete",
    "/contracts/{id}/pause",
    "/contracts/{id}/resume",
    "/contracts/{id}/time/import",
    "/drafts/{id}/restore",
    "/email/{token}",
    "/imports/{id}/discard",
    "/imports/{id}/start",
    "/imports/{id}/stop",
    "/invitations/{id}/revoke",
    "/invoices/{id}/discard",
    "/jobs/{id}/again",
    "/jobs/{id}/cancel",
    "/join/{token}",
    "/milestones/{id}/cancel",
    "/milestones/{id}/withdraw",
    "/organisations/{id}/members/{user}/remove",
    "/projects/import",
    "/proposals/{id}/undecline",
    "/proposals/{id}/withdraw",
    "/searches/{id}/delete",
    "/tickets/{id}/close",
    "/tickets/{id}/take",
    "/unsubscribe/{user}/{kind}/{sign}",
    "/webhooks/deliveries/{id}/again",
    "/webhooks/{id}/remove",
    "/work-logs/{id}/restore",
];

#[test]
fn no_form_is_read_that_is_too_large() {
    let ground = Ground::new();
    let large = [b"reason=".as_slice(), &vec![b'x'; 300_000]].concat();
    let mut wrong = Vec::new();
    // whoever signs out comes nowhere else
    for known in known().iter().filter(|known| known.is_written && known.pattern != "/sign-out") {
        let address = ground.address(&known.pattern);
        let statuses = DOERS.map(|role| {
            let headers = format!("{}sec-fetch-site: same-origin\r\n", ground.cookie(role));
            send(&ground.site, &posted(&address, &headers, &large)).status
        });
        if WORDLESS.contains(&known.pattern.as_str()) == statuses.contains(&413) {
            wrong.push(format!("{}: {statuses:?}", known.pattern));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
