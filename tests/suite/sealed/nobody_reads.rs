//! Whoever looks wherever: all bytes of every page, of every refusal, of every table, of the logs and of `verify` are
//! searched for a sealed bid. The addresses are read from the route table, so that a new one is looked at by itself.
use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use guildhall::db::notices;
use guildhall::operations::projects::open_bids;

use super::ground::{Ground, Looker, send, telling, told};
use crate::live::listening;
use crate::support::database::{TestDatabase, server_log};
use crate::support::given;
use crate::support::log;
use crate::support::routes::known;
use crate::support::site::TestSite;

/// What a looker found: the pages that told something, and the patterns that opened for them.
struct Look {
    role: &'static str,
    told: Vec<String>,
    opened: BTreeSet<&'static str>,
    asked: usize,
}

fn look(ground: &Ground, looker: &Looker) -> Look {
    let telling = telling();
    let mut look = Look { role: looker.role, told: Vec::new(), opened: BTreeSet::new(), asked: 0 };
    for (known, address) in ground.pages() {
        let page = looker.browser.get(&address);
        assert!(page.status < 500, "{} at {address}: {}", looker.role, page.says());
        look.asked += 1;
        let found = told(&page, &telling);
        if !found.is_empty() {
            look.told.push(format!("{address}: {found:?}"));
        }
        if page.status == 200 {
            look.opened.insert(&known.pattern);
        }
    }
    look
}

/// Everybody at once.
fn everybody_looks(ground: &Ground) -> Vec<Look> {
    std::thread::scope(|threads| {
        let looks: Vec<_> = ground.lookers.iter().map(|looker| threads.spawn(move || look(ground, looker))).collect();
        looks.into_iter().map(|look| look.join().expect("a look")).collect()
    })
}

/// Some history: the bid is changed, taken back and sent again, and others try what they may not.
fn something_happens(ground: &Ground) {
    let (bidder, manager) = (ground.browser("bidder"), ground.browser("manager"));
    let (project, bid) = (ground.project.id, ground.project.proposals[0]);
    let send = |scope: &'static str| {
        let mut fields = Ground::bid();
        fields.push(("scope_version", scope));
        bidder.post(&format!("/projects/{project}/proposals"), &fields)
    };
    assert_eq!(send("1").status, 303);
    assert_eq!(send("7").status, 409, "written for a scope that is not");
    assert_eq!(bidder.post(&format!("/proposals/{bid}/withdraw"), &[]).status, 303);
    assert_eq!(send("1").status, 303);
    for act in ["accept", "decline", "undecline"] {
        let page = manager.post(&format!("/proposals/{bid}/{act}"), &[("version", "1"), ("reason", "Unread.")]);
        assert_eq!(page.status, 409, "{act}: {}", page.says());
        assert!(page.says().contains("sealed"), "{}", page.says());
    }
    assert_eq!(manager.post(&format!("/projects/{project}/open-bids"), &[("version", "1")]).status, 409, "too early");
}

#[test]
fn no_page_tells_of_a_sealed_bid_before_the_opening_and_its_client_s_pages_do_after_it() {
    let ground = Ground::new();
    something_happens(&ground);
    let reads = known().iter().filter(|known| known.is_read).count();
    let before = everybody_looks(&ground);
    let opened: BTreeSet<_> = before.iter().flat_map(|look| look.opened.iter().copied()).collect();
    println!("before: {} addresses of {reads} patterns each; {} patterns opened for somebody", before[0].asked, opened.len());
    for look in &before {
        assert_eq!(look.told.is_empty(), look.role != "bidder", "{} before the opening: {:#?}", look.role, look.told);
    }
    let closed: Vec<_> = known().iter().filter(|known| known.is_read && !opened.contains(known.pattern.as_str())).collect();
    assert!(closed.len() * 5 < reads, "a walk through closed doors proves nothing: {closed:?}");

    given::close(&mut ground.database.connect(), ground.project.id);
    let manager = ground.browser("manager");
    let page = manager.get(&format!("/projects/{}/open-bids", ground.project.id));
    assert!(told(&page, &telling()).is_empty());
    assert_eq!(manager.submit(&page, "main form", &[]).status, 303);
    for look in everybody_looks(&ground) {
        let reads = ["bidder", "viewer", "finance", "manager", "owner"].contains(&look.role);
        assert_eq!(!look.told.is_empty(), reads, "{} after the opening: {:#?}", look.role, look.told);
        println!("after: {} is told by {} addresses", look.role, look.told.len());
    }
}

/// Forms that would change who looks or what there is, and tell nothing.
const LEFT_OUT: [&str; 4] =
    ["/sign-out", "/account/sign-out-everywhere", "/organisations/{id}/members/{user}/role", "/organisations/{id}/members/{user}/remove"];

#[test]
fn no_answer_to_a_form_tells_of_a_sealed_bid() {
    let ground = Ground::new();
    something_happens(&ground);
    let telling = telling();
    let fields = [("version", "1"), ("scope_version", "1"), ("amount", "1"), ("days", "1"), ("seen_amount", "1")];
    let mut answers = 0;
    for known in known().iter().filter(|known| known.is_written && !LEFT_OUT.contains(&known.pattern.as_str())) {
        for address in ground.addresses(&known.pattern) {
            for looker in ground.lookers.iter().filter(|looker| looker.role != "bidder") {
                let page = looker.browser.post(&address, &fields);
                assert!(page.status < 500, "{} at {address}: {}", looker.role, page.says());
                assert_eq!(told(&page, &telling), [""; 0], "{} at {address}", looker.role);
                answers += 1;
            }
        }
    }
    println!("{answers} answers to forms searched");
}

#[test]
fn no_other_table_and_no_log_holds_a_sealed_bid() {
    log::listen();
    let ground = Ground::new();
    something_happens(&ground);
    let mut conn = ground.database.connect();
    assert_eq!(
        holding(&mut conn),
        ["drafts", "files", "proposals"],
        "tables with something of the bid: its author's draft, its file, and the bid"
    );

    // a fault while it is written: what the database says of it names the row
    conn.batch_execute("ALTER TABLE proposals ADD CONSTRAINT sabotage CHECK (days < 0) NOT VALID").unwrap();
    let mut fields = Ground::bid();
    fields[1] = ("days", "3136");
    let page = ground.browser("bidder").post(&format!("/projects/{}/proposals", ground.project.id), &fields);
    assert_eq!(page.status, 500);
    let said = page.text("main .note").to_lowercase();
    assert!(telling().iter().all(|words| !said.contains(&words.to_lowercase())), "all but the words that they typed themselves: {said}");
    let reference = page.text("main .ref");
    assert_eq!(log::lines_with(&reference).len(), 1);
    assert!(server_log().contains("\"sabotage\""), "the server has logged it");
    conn.batch_execute("ALTER TABLE proposals DROP CONSTRAINT sabotage").unwrap();

    let report = guildhall::db::verify::verify(&mut conn).unwrap();
    let all = [log::lines_with("").join("\n"), server_log(), report.to_string(), format!("{report:?}")].join("\n").to_lowercase();
    let found: Vec<_> = telling().into_iter().filter(|words| all.contains(&words.to_lowercase())).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_stream_tells_of_a_sealed_bid() {
    let database = TestDatabase::new();
    let project = given::sealed_project(&mut database.connect(), 2);
    let site = TestSite::on(&database);
    let mut stream = listening(&site, &project.organisation.manager.email);
    send(&mut database.connect(), &project);
    assert_eq!(
        site.signed_in(&project.freelancers[0].email).post(&format!("/projects/{}/proposals", project.id), &Ground::bid()).status,
        303
    );
    let heard = stream.rest().to_lowercase();
    assert!(!heard.is_empty(), "it hears that something came");
    let found: Vec<_> = telling().into_iter().filter(|words| heard.contains(&words.to_lowercase())).collect();
    assert!(found.is_empty() && !heard.contains("ada"), "{heard}");
}

#[test]
fn equal_bids_leave_other_traces() {
    let (database, trace) =
        (TestDatabase::new(), "SELECT string_agg(facts::text, ' ') AS text FROM events WHERE kind = 'PROPOSAL_REVISED'");
    let mut conn = database.connect();
    let projects = [given::sealed_project(&mut conn, 1), given::sealed_project(&mut conn, 1)];
    for project in &projects {
        send(&mut conn, project);
    }
    let facts: String = diesel::select(diesel::dsl::sql::<Text>(&format!("({trace})"))).get_result(&mut conn).unwrap();
    let hashes: BTreeSet<_> = facts.split('"').filter(|part| part.len() == 64).collect();
    assert_eq!(hashes.len(), 2, "the same words, salted by each bid: {facts}");
}

#[test]
fn no_notice_names_who_bids_before_the_opening() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let project = given::sealed_project(&mut conn, 2);
    let manager = project.organisation.manager.id;
    let names = |conn: &mut PgConnection| -> Vec<_> {
        let page = notices::page(conn, manager, None).expect("the notices");
        page.rows.into_iter().filter(|row| row.proposal.is_some()).flat_map(|row| [row.actor, row.author]).collect()
    };
    assert_eq!(names(&mut conn), [const { None }; 4], "that two came is told, not from whom");
    given::close(&mut conn, project.id);
    open_bids(&mut given::patient(&mut conn), project.organisation.owner.id, project.id, None).expect("an opening");
    assert!(names(&mut conn).iter().all(Option::is_some));
    let told = notices::page(&mut conn, project.freelancers[0].id, None).expect("the notices");
    assert_eq!(told.rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["BIDS_OPENED"]);
}

/// The tables of which some row, written out, tells of the bid.
fn holding(conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let all = "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1";
    let tables: Vec<Table> = diesel::sql_query(all).load(conn).expect("the tables");
    assert!(tables.len() > 10);
    let any = telling().join("|").replace('.', "\\.").replace('+', "\\+");
    let tells = |table: &Table, conn: &mut PgConnection| -> bool {
        let query = diesel::dsl::sql::<Bool>(&format!("EXISTS (SELECT FROM {0} AS t WHERE t::text ~* ", table.name));
        diesel::select(query.bind::<Text, _>(&any).sql(")")).get_result(conn).expect("a look")
    };
    tables.into_iter().filter(|table| tells(table, conn)).map(|table| table.name).collect()
}
