//! A project with sealed bids, everybody who might want to read them, and what to look for.
use diesel::prelude::*;
use guildhall::domain::draft::{DraftFields, Form, Saved, Stamp};
use guildhall::domain::job::{NewJob, Task};
use guildhall::domain::proposal::{ProposalContent, ProposalTyped};
use guildhall::operations::drafts::save_draft;
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::proposals::{Submission, submit_proposal};
use guildhall::schema::users;

use crate::invoices::ground as invoices;
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, Somebody, patient};
use crate::support::page::Page;
use crate::support::routes::{Known, known};
use crate::support::site::TestSite;

/// What the bid says, in its form's words. So many digits stand by chance in no hash, and its price of a day in no time:
/// no minute has 73.473 seconds.
pub const AMOUNT: &str = "87654321.09";
const FIRST_PART: &str = "65432198.07";
const LAST_PART: &str = "22222123.02";
const DAYS: &str = "1193";
const START: &str = "2031-03-17";
/// Stands in the letter, the answer and a milestone's title.
const WORD: &str = "quorzle";

/// Everything that would tell of the bid, however it is printed.
pub fn telling() -> Vec<String> {
    let mut telling = vec![WORD.to_owned(), hex(WORD), "1193 working".to_owned(), START.to_owned(), "17 Mar 2031".to_owned()];
    for amount in [AMOUNT, FIRST_PART, LAST_PART, "73473.86"] {
        let (units, cents) = amount.split_once('.').expect("cents");
        let grouped = |by: &str| {
            let (millions, rest) = units.split_at(units.len() - 3);
            let head = if millions.len() > 3 { format!("{}{by}{}", &millions[..2], &millions[2..]) } else { millions.to_owned() };
            format!("{head}{by}{rest}")
        };
        telling.push(format!("{units}{cents}"));
        telling.push(if units.len() > 6 { units.to_owned() } else { amount.to_owned() });
        let separators = [",", ".", " ", "\u{a0}", "\u{202f}", "'", "’", "&nbsp;", "&#160;", "%2C", "+"];
        telling.extend(separators.map(grouped));
    }
    telling
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Somebody who looks: what they are to the project, and their browser.
pub struct Looker {
    pub role: &'static str,
    pub browser: Browser,
}

/// The project and all that is around it.
pub struct Ground {
    _site: TestSite,
    pub database: TestDatabase,
    pub project: OpenProject,
    pub lookers: Vec<Looker>,
    /// Another project of the same client: a draft; and a contract; and the bidder's own draft of the bid.
    others: [String; 3],
    /// The contract's milestone, and invoices of it: a draft, an issued one, a void one.
    milestone: String,
    invoices: Vec<String>,
    /// A webhook of the client's.
    webhook: String,
    /// A job of the client's.
    job: String,
    /// A file on the bid.
    file: String,
    /// A ticket of the bidder's.
    ticket: String,
}

impl Ground {
    /// The first freelancer's bid is the one to be looked for; the second one is a rival.
    pub fn new() -> Self {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let project = given::sealed_project(&mut conn, 2);
        let worked = worked(&mut conn, &project);
        let invoices = invoiced(&mut conn, &worked);
        let draft = given::draft(&mut conn, &project.organisation).to_string();
        let others = [draft, worked.contract.to_string(), kept(&mut conn, &project)];
        let (newcomer, admin) = (given::freelancer(&mut conn, "Rosa Ferreira"), given::somebody(&mut conn, "House Keeper"));
        diesel::update(users::table.find(admin.id.0)).set(users::is_admin.eq(true)).execute(&mut conn).expect("an admin");
        let webhook = crate::webhooks::made(&mut conn, &project.organisation, "https://work.example.org/").to_string();
        let asked = NewJob { organisation: Some(project.organisation.id), ..NewJob::new(Task::ClearOut {}, "the client's".to_owned()) };
        let job = enqueue_job(&mut patient(&mut conn), &asked).expect("a job").id().to_string();
        let site = TestSite::on(&database);
        let file = crate::files::on_proposal(&mut conn, site.storage(), project.freelancers[0].id, project.proposals[0]).to_string();
        let ticket = crate::tickets::ticket(&mut conn, &project.freelancers[0]).to_string();
        let (client, authors) = (&project.organisation, &project.freelancers);
        let people: [(&str, &Somebody); 8] = [
            ("bidder", &authors[0]),
            ("rival", &authors[1]),
            ("newcomer", &newcomer),
            ("viewer", &client.viewer),
            ("finance", &client.finance),
            ("manager", &client.manager),
            ("owner", &client.owner),
            ("admin", &admin),
        ];
        let mut lookers = vec![Looker { role: "visitor", browser: site.browser() }];
        lookers.extend(people.map(|(role, person)| Looker { role, browser: site.signed_in(&person.email) }));
        Self {
            _site: site,
            database,
            project,
            lookers,
            others,
            milestone: worked.milestone.to_string(),
            invoices,
            webhook,
            job,
            file,
            ticket,
        }
    }

    /// Somebody's browser.
    pub fn browser(&self, role: &str) -> &Browser {
        &self.lookers.iter().find(|looker| looker.role == role).expect(role).browser
    }

    /// The bid's fields as its author's form sends them.
    pub fn bid() -> Vec<(&'static str, &'static str)> {
        vec![
            ("amount", AMOUNT),
            ("days", DAYS),
            ("start", START),
            ("cover_letter", "I would begin with the quorzle."),
            ("milestone_title", "A quorzle"),
            ("milestone_amount", FIRST_PART),
            ("milestone_title", "The rest"),
            ("milestone_amount", LAST_PART),
        ]
    }

    /// What stands for a place in an address behind a word.
    fn ids(&self, behind: &str) -> Vec<String> {
        let project = &self.project;
        let bids = || project.proposals.iter().map(|id| id.to_string());
        match behind {
            "projects" => vec![project.id.to_string(), self.others[0].clone()],
            "proposals" => bids().collect(),
            "people" => vec![project.freelancers[0].id.to_string()],
            "organisations" => vec![project.organisation.id.to_string()],
            "freelancers" => vec![project.freelancers[0].id.to_string()],
            "members" => vec![project.organisation.viewer.id.to_string()],
            "contracts" => vec![self.others[1].clone()],
            "milestones" => vec![self.milestone.clone()],
            "invoices" => self.invoices.clone(),
            "statements" => vec!["2026-11".to_owned()],
            "drafts" => vec![self.others[2].clone()],
            "webhooks" => vec![self.webhook.clone()],
            "jobs" => vec![self.job.clone()],
            "files" => vec![self.file.clone()],
            "tickets" => vec![self.ticket.clone()],
            _ => [project.id.to_string(), project.organisation.id.to_string(), project.freelancers[0].id.to_string()]
                .into_iter()
                .chain(bids())
                .collect(),
        }
    }

    /// A pattern's addresses, with each of its places filled in.
    pub fn addresses(&self, pattern: &str) -> Vec<String> {
        let mut addresses = vec![String::new()];
        let mut before = "";
        for part in pattern.split('/').skip(1) {
            let choices = if part.starts_with('{') {
                // as in "/proposals/{id}.csv"
                let tail = part.split_once('}').map_or("", |(_, tail)| tail);
                self.ids(before).into_iter().map(|id| format!("{id}{tail}")).collect()
            } else if part.contains("{format}") {
                ["csv", "json"].map(|format| part.replace("{format}", format)).to_vec()
            } else {
                vec![part.to_owned()]
            };
            addresses = addresses.iter().flat_map(|begun| choices.iter().map(move |choice| format!("{begun}/{choice}"))).collect();
            before = part;
        }
        addresses
    }

    /// Every page of the table as it is, and with all that an address might ask for.
    pub fn pages(&self) -> impl Iterator<Item = (&'static Known, String)> {
        let [bid, rival] = [self.project.proposals[0], self.project.proposals[1]];
        let banners = format!("seen=0&proposal={bid}&shown=1:1:&age=9999");
        let asked = format!("?sort=price&p={bid}&p={rival}&show=all&all=1&format=csv&from={}&after=0&page=1&{banners}", self.project.id);
        let reads = known().iter().filter(|known| known.is_read);
        reads.flat_map(move |known| {
            let asked = asked.clone();
            self.addresses(&known.pattern)
                .into_iter()
                .flat_map(move |address| [(known, address.clone()), (known, format!("{address}{asked}"))])
        })
    }
}

/// A contract of the same client, of which there is something to invoice.
fn worked(conn: &mut PgConnection, project: &OpenProject) -> invoices::Ground {
    let awarded = given::open_project_with(conn, project.organisation.clone(), project.freelancers.clone());
    invoices::ground_on(conn, &awarded, 3)
}

/// A draft, an issued and a void invoice of it.
fn invoiced(conn: &mut PgConnection, worked: &invoices::Ground) -> Vec<String> {
    let drafts = [0, 1, 2].map(|week| worked.drafts(conn, week).expect("a draft"));
    for id in &drafts[1..] {
        worked.issues(conn, *id).expect("an invoice");
    }
    worked.voids(conn, drafts[2]).expect("a credit note");
    drafts.map(|id| id.to_string()).to_vec()
}

/// The bidder's own draft of the bid.
fn kept(conn: &mut PgConnection, project: &OpenProject) -> String {
    let form = Form::Proposal(project.id);
    let fields = DraftFields::gather(form, Ground::bid().into_iter()).expect("a draft");
    match save_draft(&mut patient(conn), project.freelancers[0].id, form, &fields, &Stamp::NOW) {
        Ok(Some(Saved::Kept(id))) => id.to_string(),
        other => panic!("{other:?}"),
    }
}

/// What of a bid an answer tells, in its head or its body.
pub fn told(page: &Page, telling: &[String]) -> Vec<String> {
    let all = format!("{:?}\n{}", page.headers, page.html).to_lowercase();
    telling.iter().filter(|words| all.contains(&words.to_lowercase())).cloned().collect()
}

/// A bid in the words of the operations.
pub fn submission(project: &OpenProject) -> Submission {
    let typed = ProposalTyped { amount: AMOUNT, days: DAYS, start: START, cover_letter: "A quorzle.", ..ProposalTyped::default() };
    let content = ProposalContent::parse(&typed, &[]).expect("a bid");
    Submission { project: project.id, content, version: None, scope_version: None, files: None }
}

/// Sends it as the first freelancer.
pub fn send(conn: &mut PgConnection, project: &OpenProject) {
    submit_proposal(&mut patient(conn), project.freelancers[0].id, &submission(project)).expect("a bid");
}
