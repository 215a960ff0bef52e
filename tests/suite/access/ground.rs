//! A house with one of everything, everybody who might come, and rows that cannot be changed: whoever is let through to a
//! change runs into that, and whoever is not was refused before.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::draft::{DraftFields, Form, Stamp};
use guildhall::domain::job::{NewJob, Task};
use guildhall::domain::token::Scope;
use guildhall::domain::words::SearchName;
use guildhall::operations::drafts::save_draft;
use guildhall::operations::exports::ask_export;
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::mails::gather_mails;
use guildhall::operations::searches::save_search;

use super::table::Role;
use crate::invoices::ground as invoices;
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::site::TestSite;

/// The house, and the browsers of everybody.
pub struct Ground {
    pub site: TestSite,
    people: Vec<(Role, Browser)>,
    cookies: Vec<(Role, String)>,
    ids: Vec<(&'static str, String)>,
    database: TestDatabase,
}

/// Lets no row be added, changed or removed but those that note who was refused, who looked and who is signed in.
const FREEZE: &str = "
    CREATE FUNCTION frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'frozen'; END $$;
    DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN
            ('refused_attempts', 'refused_counts', 'sessions', 'sign_ins', 'proposal_looks', 'project_looks', 'thread_reads', 'api_tokens')
        LOOP EXECUTE format('CREATE TRIGGER aa_frozen BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION frozen()', t); END LOOP;
    END $$";

impl Ground {
    /// Makes it all, and freezes it.
    pub fn new() -> Self {
        let ground = Self::alive();
        ground.database.connect().batch_execute(FREEZE).expect("a house in which nothing can be changed");
        ground
    }

    /// Makes it all.
    pub fn alive() -> Self {
        let database = TestDatabase::new();
        let conn = &mut database.connect();
        let open = given::open_project(conn, 2);
        let (client, freelancer) = (&open.organisation, &open.freelancers[0]);
        let spare = given::member(conn, client.id, "Anton Gruber", guildhall::domain::membership::Role::Viewer);
        let mut worked = open.clone();
        worked.freelancers.truncate(1);
        let awarded = given::open_project_with(conn, client.clone(), worked.freelancers.clone());
        let worked = invoices::ground_on(conn, &awarded, 2);
        worked.drafts(conn, 0).expect("a draft of an invoice");
        let invoice = worked.drafts(conn, 1).expect("another");
        worked.issues(conn, invoice).expect("an invoice");
        let elsewhere = given::organisation(conn);
        let stranger = given::freelancer(conn, "Rosa Ferreira");
        let admin = crate::tickets::admin(conn, "Grace Murray");
        let enquiry = given::enquiry(conn, &open, freelancer, "When?", None);
        given::thread(conn, &open, 0, &["When?", "In May."]);
        let site = TestSite::on(&database);
        let file = crate::files::on_proposal(conn, site.storage(), freelancer.id, open.proposals[0]);
        let job =
            NewJob { organisation: Some(client.id), asked_by: Some(client.manager.id), ..NewJob::new(Task::ClearOut {}, "one".to_owned()) };
        let job = enqueue_job(&mut patient(conn), &job).expect("a job").id();
        let form = Form::Proposal(open.id);
        let fields = DraftFields::gather(form, [("cover_letter", "half a letter")].into_iter()).expect("a draft");
        save_draft(&mut patient(conn), freelancer.id, form, &fields, &Stamp::NOW).expect("a draft");
        save_search(&mut patient(conn), freelancer.id, &SearchName::parse("Rust").expect("a name"), "skill=rust").expect("a search");
        given::token(conn, freelancer, &[Scope::Read], None);
        let everything = serde_json::json!("Everything");
        ask_export(&mut patient(conn), freelancer.id, "a key of sixteen", &everything, "a.zip").expect("an export");
        let import = crate::imports::brought(conn, &open, &crate::imports::sheet(2));
        gather_mails(&mut patient(conn), "a.example.org").expect("letters");
        let ticket = crate::tickets::ticket(conn, freelancer);
        let answer = crate::tickets::ready::made(conn, admin.id);
        let webhook = crate::webhooks::made(conn, client, "https://work.example.org/");
        let abuse = crate::house::abuse::reported(conn, open.id.0);
        let roles = [
            (Role::Owner, &client.owner),
            (Role::Manager, &client.manager),
            (Role::Finance, &client.finance),
            (Role::Viewer, &client.viewer),
            (Role::OtherClient, &elsewhere.owner),
            (Role::Freelancer, freelancer),
            (Role::OtherFreelancer, &stranger),
            (Role::Admin, &admin),
        ];
        let cookies = roles.map(|(role, person)| {
            let answer = site.browser().post("/sign-in", &[("email", &person.email), ("password", given::PASSWORD)]);
            (role, format!("cookie: {}\r\n", answer.header("set-cookie").split(';').next().unwrap_or_default()))
        });
        let mut people = vec![(Role::Visitor, site.browser())];
        people.extend(roles.map(|(role, person)| (role, site.signed_in(&person.email))));
        let milestone = number(conn, &format!("SELECT max(id) AS n FROM milestones WHERE contract_id = {}", worked.contract));
        let first = |conn: &mut PgConnection, of: &str| number(conn, &format!("SELECT min(id) AS n FROM {of}"));
        let own_notice = format!("notices WHERE user_id = {}", freelancer.id);
        let ids = vec![
            ("projects", open.id.to_string()),
            ("proposals", open.proposals[0].to_string()),
            ("people", stranger.id.to_string()),
            ("freelancers", freelancer.id.to_string()),
            ("organisations", client.id.to_string()),
            ("members", spare.id.to_string()),
            ("contracts", worked.contract.to_string()),
            ("milestones", milestone),
            ("invoices", invoice.to_string()),
            ("statements", "2026-11".to_owned()),
            ("questions", enquiry.to_string()),
            ("webhooks", webhook.to_string()),
            ("jobs", job.to_string()),
            ("files", file.to_string()),
            ("tickets", ticket.to_string()),
            ("abuse", abuse.to_string()),
            ("answers", answer.to_string()),
            ("imports", import.to_string()),
            ("messages", first(conn, "messages")),
            ("notices", first(conn, &own_notice)),
            ("drafts", first(conn, "drafts")),
            ("searches", first(conn, "saved_searches")),
            ("tokens", first(conn, "api_tokens")),
            ("exports", first(conn, "exports")),
            ("work-logs", first(conn, "work_logs")),
            ("mails", first(conn, "mails")),
        ];
        Self { site, people, cookies: cookies.into(), ids, database }
    }

    /// Where it is kept.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Somebody's browser.
    pub fn browser(&self, role: Role) -> &Browser {
        &self.people.iter().find(|(one, _)| *one == role).expect("somebody").1
    }

    /// Everybody.
    pub fn people(&self) -> &[(Role, Browser)] {
        &self.people
    }

    /// The header that says who it is, for requests that no browser sends.
    pub fn cookie(&self, role: Role) -> &str {
        self.cookies.iter().find(|(one, _)| *one == role).map_or("", |(_, cookie)| cookie)
    }

    /// A pattern with each of its places filled in.
    pub fn address(&self, pattern: &str) -> String {
        if pattern == "/reports.{format}" {
            return "/reports.csv?from=2026-01&to=2026-12".to_owned();
        }
        let (mut before, mut address) = ("", String::new());
        let pattern = pattern.replace("{format}", "csv");
        for part in pattern.split('/').skip(1) {
            let filled = match (part.strip_prefix('{'), part.split_once('}')) {
                (Some(_), Some((_, tail))) => format!("{}{tail}", self.id(before)),
                _ => part.to_owned(),
            };
            address = format!("{address}/{filled}");
            before = part;
        }
        address
    }

    /// What stands for a place behind a word; what nothing is known of is not there.
    fn id(&self, behind: &str) -> String {
        self.ids.iter().find(|(word, _)| *word == behind).map_or_else(|| "999999999".to_owned(), |(_, id)| id.clone())
    }
}

fn number(conn: &mut PgConnection, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let row: Row = diesel::sql_query(query).get_result(conn).expect(query);
    row.n.to_string()
}
