//! Every form of every page, as its reader sends it: what is sent twice is done once, and what was read too long ago is not
//! done. The forms are found on the pages themselves, the routes in the table.
use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::ground::Ground;
use super::table::Role;
use crate::support::browser::Browser;
use crate::support::form::filled;
use crate::support::given::{self, PASSWORD};
use crate::support::page::Page;
use crate::support::routes::known;

/// Who looks for forms, in this order.
const SENDERS: [Role; 4] = [Role::Owner, Role::Freelancer, Role::OtherFreelancer, Role::Admin];

/// What ends something that others still need: sent when all else has been.
const LAST: &[&str] = &[
    "/proposals/{id}/accept",
    "/proposals/{id}/withdraw",
    "/projects/{id}/cancel",
    "/contracts/{id}/terminate",
    "/organisations/{id}/members/{user}/remove",
    "/admin/people/{id}/suspend",
    "/account/second-factor",
];

/// Routes that are not tried here, each with the reason.
const UNTRIED: &[(&str, &str)] = &[
    ("whoever sends forms here is signed in already", "/sign-up /sign-in /sign-in/code"),
    (
        "ends the session that all else is sent by",
        "/sign-out /account/password /account/sign-ins/{id}/end /account/sign-out-everywhere /account/close",
    ),
    (
        "offered in another state than this house is in, or wants more than plain words: its own area tries it",
        "/account/email /account/email/confirmation /email/{token} /account/profile
         /organisations/{id}/members/{user}/role /invitations/{id}/revoke /join/{token} /notices/settings
         /notices/{id}/unread /projects/new /projects/import /projects/{id}/publish /projects/{id}/open-bids
         /projects/{id}/proposals /projects/{id}/proposals/check /projects/{id}/invitations /projects/{id}/visibility
         /searches /searches/{id}/seen /searches/{id}/name /proposals/{id}/accept /proposals/{id}/withdraw
         /proposals/{id}/undecline /proposals/{id}/mark /contracts/{id}/resume /contracts/{id}/complete
         /contracts/{id}/terminate /contracts/{id}/terms /contracts/{id}/terms/answer /contracts/{id}/milestones/approve
         /contracts/{id}/milestones/order /milestones/{id}/submit /milestones/{id}/changes /milestones/{id}/approve
         /milestones/{id}/withdraw /milestones/{id}/cancel /projects/{id}/reopen /contracts/{id}/time
         /contracts/{id}/time/submit /contracts/{id}/time/approve /contracts/{id}/time/query /contracts/{id}/time/copy
         /contracts/{id}/time/import /contracts/{id}/time/import/take /contracts/{id}/timer/start
         /contracts/{id}/timer/stop /contracts/{id}/work-logs /work-logs/{id}/edit /work-logs/{id}/delete
         /work-logs/{id}/restore /invoices /invoices/{id}/edit /invoices/{id}/issue /invoices/{id}/discard
         /invoices/{id}/void /contracts/{id}/reviews /drafts /drafts/{id}/restore /webhooks/deliveries/{id}/again
         /reviews/{id}/report /admin/abuse/{id}/settle
         /unsubscribe/{user}/{kind}/{sign} /imports/{id}/start /imports/{id}/stop /admin/mails/{id}/again /appeal
         /admin/people/{id}/lift /admin/people/{id}/sign-out /admin/projects/{id}/release /account/second-factor/confirm
         /account/second-factor/codes /account/second-factor/off /forgot /reset/{token} /tickets/new /tickets/{id}/take
         /tickets/{id}/assign /tickets/{id}/escalate /tickets/{id}/merge
         /admin/answers/{id}/remove /admin/hours /admin/waits/{id}",
    ),
];

fn untried() -> BTreeSet<&'static str> {
    UNTRIED.iter().flat_map(|(_, patterns)| patterns.split_whitespace()).collect()
}

/// What may be said again, and is then said anew: that all was read, and that another secret is wanted.
const AGAIN: &[&str] = &["/notices/{id}/read", "/account/second-factor"];

/// What is typed into an empty field.
fn typed(name: &str, deadline: &str) -> Option<String> {
    let words = match name {
        "password" => PASSWORD,
        "new_password" => "battery staple",
        "email" => "another.address@example.org",
        "deadline" => return Some(deadline.to_owned()),
        "amount" | "budget_max" | "milestone_amount" => "6400",
        "budget_min" | "rate" => "50",
        "days" | "hours_a_week" => "20",
        "currency" => "EUR",
        "skills" => "Rust",
        "address" => "https://work.example.org/again",
        "code" | "recovery" | "website" | "key" | "after" => return None,
        _ => "A few plain words.",
    };
    Some(words.to_owned())
}

/// All that people did, as one text: what notes who looked, who was refused and who is signed in left out.
fn everything(conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    const LEFT_OUT: &str = "'refused_attempts', 'refused_counts', 'sessions', 'sign_ins', 'sign_in_attempts', 'proposal_looks', 'project_looks', \
        'thread_reads', 'request_keys', 'link_requests'";
    let tables = format!(
        "SELECT string_agg(format('SELECT %L || count(*) || '' '' || coalesce(max(xmin::text::bigint), 0) AS text FROM %I', table_name || ' ', table_name), \
             ' UNION ALL ' ORDER BY table_name) AS text FROM information_schema.tables \
         WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ({LEFT_OUT})"
    );
    let one: Row = diesel::sql_query(tables).get_result(conn).expect("the tables");
    let rows: Vec<Row> = diesel::sql_query(one.text).load(conn).expect("their rows");
    rows.into_iter().map(|row| row.text).collect::<Vec<_>>().join("\n")
}

/// The same without drafts, where it is not about them: what is typed is kept with each refusal.
fn done<'t>(everything: &'t str, pattern: &str) -> Vec<&'t str> {
    everything.lines().filter(|line| pattern.starts_with("/drafts") || !line.starts_with("drafts ")).collect()
}

/// The pattern of an address.
fn pattern_of(address: &str) -> Option<&'static str> {
    let parts: Vec<_> = address.split('?').next()?.split('/').collect();
    let fits = |pattern: &str| {
        let places: Vec<_> = pattern.split('/').collect();
        let same = |(place, part): (&&str, &&str)| match (place.split_once('{'), place.split_once('}')) {
            (Some((head, _)), Some((_, tail))) => part.starts_with(head) && part.ends_with(tail) && part.len() > head.len() + tail.len(),
            _ => place == part,
        };
        places.len() == parts.len() && places.iter().zip(&parts).all(same)
    };
    let exact = known().iter().find(|known| known.is_written && known.pattern == address.split('?').next().unwrap_or_default());
    exact.or_else(|| known().iter().find(|known| known.is_written && fits(&known.pattern))).map(|known| known.pattern.as_str())
}

/// What came of a form.
#[derive(Debug)]
struct Sent {
    first: u16,
    again: u16,
    changed: bool,
    stale: Option<u16>,
}

struct Walk<'g> {
    ground: &'g Ground,
    deadline: String,
    sent: BTreeMap<&'static str, Sent>,
    wrong: Vec<String>,
}

impl Walk<'_> {
    /// Sends the forms of a page whose routes have not been tried with success.
    fn page(&mut self, browser: &Browser, page: &Page, wanted: impl Fn(&str) -> bool) {
        let actions: BTreeSet<_> =
            page.each("main form[method=post]", |form| form.attr("action").map(str::to_owned)).into_iter().flatten().collect();
        for action in actions {
            let Some(pattern) = pattern_of(&action).filter(|pattern| wanted(pattern)) else { continue };
            if self.sent.get(pattern).is_some_and(|sent| sent.changed) {
                continue;
            }
            // the page as it is now: the form before may have changed it
            let page = browser.get(&page.path);
            let css = format!("main form[action='{action}']");
            if page.each(&css, |_| ()).len() == 1 {
                self.form(browser, &page, &css, pattern);
            }
        }
    }

    fn form(&mut self, browser: &Browser, page: &Page, css: &str, pattern: &'static str) {
        let form = filled(page, css, &[]);
        let fields: Vec<(String, String)> = form
            .fields
            .into_iter()
            .map(|(name, value)| {
                let value = match name.as_str() {
                    _ if value.is_empty() => typed(&name, &self.deadline).unwrap_or_default(),
                    "name" | "title" | "headline" => format!("{value} again"),
                    _ => value,
                };
                (name, value)
            })
            .collect();
        let send = |fields: &[(String, String)]| {
            browser.post(&form.action, &fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
        };
        let mut conn = self.ground.database().connect();
        let before = everything(&mut conn);
        let stale = fields.iter().any(|(name, _)| name == "version").then(|| {
            let old: Vec<_> = fields
                .iter()
                .map(|(name, value)| (name.clone(), if name == "version" { "999".to_owned() } else { value.clone() }))
                .collect();
            send(&old).status
        });
        if stale.is_some() && done(&everything(&mut conn), pattern) != done(&before, pattern) {
            self.wrong.push(format!("{pattern} changes something with a version that never was"));
        }
        let first = send(&fields);
        let once = everything(&mut conn);
        if let Some(status) = stale.filter(|status| done(&once, pattern) != done(&before, pattern) && !matches!(status, 403..=422)) {
            self.wrong.push(format!("{pattern} is taken with a version that never was: {status}"));
        }
        let again = send(&fields);
        let twice = everything(&mut conn);
        if done(&once, pattern) != done(&twice, pattern) && !AGAIN.contains(&pattern) {
            let what: Vec<_> = once.lines().zip(twice.lines()).filter(|(once, twice)| once != twice).collect();
            self.wrong.push(format!("{pattern} sent twice ({}, {}) is done twice: {what:?}", first.status, again.status));
        }
        for answer in [&first, &again] {
            assert!(answer.status < 500, "{pattern}: {}", answer.says());
        }
        self.sent.insert(
            pattern,
            Sent { first: first.status, again: again.status, changed: done(&before, pattern) != done(&once, pattern), stale },
        );
    }
}

#[test]
fn what_is_sent_twice_is_done_once_and_what_is_stale_is_not_done() {
    let ground = Ground::alive();
    let deadline = given::in_days(40).format("%Y-%m-%dT%H:%M").to_string();
    let mut walk = Walk { ground: &ground, deadline, sent: BTreeMap::new(), wrong: Vec::new() };
    let ends = |pattern: &str| UNTRIED.iter().take(2).any(|(_, patterns)| patterns.split_whitespace().any(|one| one == pattern));
    for at_the_end in [false, true] {
        for role in SENDERS {
            let browser = ground.browser(role);
            for known in known().iter().filter(|known| known.is_read) {
                let page = browser.get(&ground.address(&known.pattern));
                if page.status == 200 && page.header("content-type").starts_with("text/html") {
                    walk.page(browser, &page, |pattern| !ends(pattern) && LAST.contains(&pattern) == at_the_end);
                }
            }
        }
    }
    for (pattern, sent) in &walk.sent {
        println!(
            "{pattern:50} {} then {}, {}, stale {:?}",
            sent.first,
            sent.again,
            if sent.changed { "changes" } else { "changes nothing" },
            sent.stale
        );
    }
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    let is_tried = |pattern: &str| walk.sent.get(pattern).is_some_and(|sent| sent.changed);
    let written =
        known().iter().filter(|known| known.is_written && !known.pattern.ends_with(".{format}")).map(|known| known.pattern.as_str());
    let new: Vec<_> = written.filter(|pattern| !is_tried(pattern) && !untried().contains(pattern)).collect();
    assert!(new.is_empty(), "tried on some page, or listed with the reason: {new:#?}");
}
