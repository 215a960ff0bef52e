//! People, organisations, projects and proposals to begin a test with: made through the operations where there are
//! some, so that their history is whole.
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Connection, Patience, messages};
use guildhall::domain::ids::{EnquiryId, MessageId, OrganisationId, ProjectId, ProposalId, ThreadId, UserId};
use guildhall::domain::membership::Role;
use guildhall::domain::message::About;
use guildhall::domain::money::Currency;
use guildhall::domain::organisation::InvitationToken;
use guildhall::domain::project::{ProjectContent, ProjectKind, Seen};
use guildhall::domain::proposal::ProposalContent;
use guildhall::domain::token::{Scope, TokenContent, TokenSecret};
use guildhall::domain::words::{CoverLetter, Description, EnquiryAnswer, EnquiryWords, MessageWords, Title, TokenName};
use guildhall::operations::enquiries::{answer_enquiry, ask};
use guildhall::operations::messages::write_message;
use guildhall::operations::projects::{draft_project, publish_project};
use guildhall::operations::proposals::{Submission, submit_proposal};
use guildhall::operations::tokens::make_token;
use guildhall::schema::{freelancers, memberships, organisations, projects, users};

use super::database::TestDatabase;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// A person with an account.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// An organisation with a member of each role.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub id: OrganisationId,
    pub owner: Somebody,
    pub manager: Somebody,
    pub finance: Somebody,
    pub viewer: Somebody,
}

/// An open project with some pending proposals, each a freelancer's own, in the same order.
#[derive(Debug, Clone)]
pub struct OpenProject {
    pub organisation: Organisation,
    pub id: ProjectId,
    pub deadline: DateTime<Utc>,
    pub freelancers: Vec<Somebody>,
    pub proposals: Vec<ProposalId>,
}

/// The connection as operations want it, with a place in each row's queue for ten seconds.
pub fn patient(conn: &mut PgConnection) -> Connection<'_> {
    Connection::new(conn, Patience::Queue(Duration::from_secs(10)))
}

/// An account; the address is the name's with a number.
pub fn somebody(conn: &mut PgConnection, name: &str) -> Somebody {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let email = format!("{}.{}@example.org", name.to_lowercase().replace(' ', "."), NEXT.fetch_add(1, Ordering::Relaxed));
    let id = diesel::insert_into(users::table)
        .values((users::email.eq(&email), users::name.eq(name), users::password_hash.eq(password_hash())))
        .returning(users::id)
        .get_result(conn)
        .expect("an account");
    Somebody { id: UserId(id), name: name.to_owned(), email }
}

/// Somebody with a freelancer's profile.
pub fn freelancer(conn: &mut PgConnection, name: &str) -> Somebody {
    let person = somebody(conn, name);
    diesel::insert_into(freelancers::table).values(freelancers::user_id.eq(person.id.0)).execute(conn).expect("a profile");
    person
}

/// An organisation with a member of each role.
pub fn organisation(conn: &mut PgConnection) -> Organisation {
    let id = diesel::insert_into(organisations::table).values(organisations::name.eq("Harbour Foods")).returning(organisations::id);
    let id = OrganisationId(id.get_result(conn).expect("an organisation"));
    let owner = member(conn, id, "Nadia Osei", Role::Owner);
    let manager = member(conn, id, "Tomas Weber", Role::Manager);
    let finance = member(conn, id, "Lena Voss", Role::Finance);
    let viewer = member(conn, id, "Bruno Conti", Role::Viewer);
    Organisation { id, owner, manager, finance, viewer }
}

/// A token of this person's for these scopes; a runner's is for the organisation. Answers its secret.
pub fn token(conn: &mut PgConnection, of: &Somebody, scopes: &[Scope], organisation: Option<OrganisationId>) -> String {
    let secret = TokenSecret::new(InvitationToken::new(rand::random()));
    let name = TokenName::parse("A test\u{2019}s").expect("a name");
    let content = TokenContent { name, scopes: scopes.to_vec(), days: Some(1), organisation };
    make_token(&mut patient(conn), of.id, &content, &secret, None).expect("a token");
    secret.shown()
}

/// One more member.
pub fn member(conn: &mut PgConnection, organisation: OrganisationId, name: &str, role: Role) -> Somebody {
    let person = somebody(conn, name);
    diesel::insert_into(memberships::table)
        .values((memberships::organisation_id.eq(organisation.0), memberships::user_id.eq(person.id.0), memberships::role.eq(role)))
        .execute(conn)
        .expect("a membership");
    person
}

/// The words of a project without questions, open for a month.
pub fn project_words() -> ProjectContent {
    ProjectContent {
        title: Title::parse("Stock system for three warehouses").expect("a title"),
        description: Description::parse("Scanners, shelves and a till.").expect("a description"),
        skills: vec!["Rust".to_owned(), "PostgreSQL".to_owned()],
        kind: ProjectKind::Fixed,
        budget_min: 500_000,
        budget_max: 900_000,
        currency: Currency::parse("EUR").expect("a currency"),
        deadline: in_days(30),
        sealed: false,
        questions: Vec::new(),
    }
}

/// The words of a proposal at a price in cents.
pub fn proposal_words(amount: i64) -> ProposalContent {
    ProposalContent {
        amount,
        days: 20,
        start_on: None,
        cover_letter: CoverLetter::parse("I have built two of these.").expect("a letter"),
        questions: Vec::new(),
        answers: Vec::new(),
        milestones: Vec::new(),
    }
}

/// So many days from now, in whole seconds.
pub fn in_days(days: i64) -> DateTime<Utc> {
    let now = DateTime::<Utc>::from(SystemTime::now());
    DateTime::from_timestamp((now + TimeDelta::days(days)).timestamp(), 0).expect("a time")
}

/// A project that its organisation's manager is still writing.
pub fn draft(conn: &mut PgConnection, organisation: &Organisation) -> ProjectId {
    draft_project(&mut patient(conn), organisation.manager.id, organisation.id, &project_words(), None).expect("a draft")
}

/// A project that takes proposals.
pub fn published(conn: &mut PgConnection, organisation: &Organisation) -> ProjectId {
    let id = draft(conn, organisation);
    publish_project(&mut patient(conn), organisation.manager.id, id, Some(1)).expect("a published project");
    id
}

/// A freelancer's proposal at a price in cents.
pub fn proposal(conn: &mut PgConnection, project: ProjectId, by: &Somebody, amount: i64) -> ProposalId {
    let submission = Submission { project, content: proposal_words(amount), version: None, scope_version: None, files: None };
    submit_proposal(&mut patient(conn), by.id, &submission).expect("a proposal").proposal
}

/// A question about a project, and the manager's answer to it.
pub fn enquiry(conn: &mut PgConnection, on: &OpenProject, by: &Somebody, words: &str, answer: Option<&str>) -> EnquiryId {
    let id = ask(&mut patient(conn), by.id, on.id, &EnquiryWords::parse(words).expect("a question")).expect("a question that is taken");
    if let Some(answer) = answer {
        let answer = EnquiryAnswer::parse(answer).expect("an answer");
        answer_enquiry(&mut patient(conn), on.organisation.manager.id, id, 0, &answer).expect("an answer that is taken");
    }
    id
}

/// The thread about one of a project's proposals, in which the owner and its author write by turns.
pub fn thread(conn: &mut PgConnection, on: &OpenProject, place: usize, words: &[&str]) -> ThreadId {
    let (about, sides) = (About::Proposal(on.proposals[place]), [&on.organisation.owner, &on.freelancers[place]]);
    for (words, by) in words.iter().zip(sides.iter().cycle()) {
        message(conn, by, about, words);
    }
    let ground = messages::ground(conn, about, on.freelancers[place].id).expect("the thread").expect("the thread");
    ground.thread.expect("a thread that has begun")
}

/// A message.
pub fn message(conn: &mut PgConnection, by: &Somebody, about: About, words: &str) -> MessageId {
    write_message(&mut patient(conn), by.id, about, &MessageWords::parse(words).expect("a message").into(), None)
        .expect("a message that is taken")
        .id
}

/// What somebody saw who looked at a proposal as it was first sent.
pub const FIRST_SEEN: Seen = Seen { version: 1, scope_version: Some(1), unconfirmed: None };

/// An open project of a new organisation with so many proposals.
pub fn open_project(conn: &mut PgConnection, proposals: usize) -> OpenProject {
    let organisation = organisation(conn);
    let freelancers = freelancers(conn, proposals);
    open_project_with(conn, organisation, freelancers)
}

/// The same with sealed bids, a month before they can be opened.
pub fn sealed_project(conn: &mut PgConnection, proposals: usize) -> OpenProject {
    let organisation = organisation(conn);
    let freelancers = freelancers(conn, proposals);
    sealed_project_with(conn, organisation, freelancers)
}

/// A project with sealed bids of this organisation, with one of each of these.
pub fn sealed_project_with(conn: &mut PgConnection, organisation: Organisation, freelancers: Vec<Somebody>) -> OpenProject {
    project_that_says(conn, &ProjectContent { sealed: true, ..project_words() }, organisation, freelancers)
}

/// Lets the moment pass when proposals close: past every trigger, as time goes.
pub fn close(conn: &mut PgConnection, project: ProjectId) {
    past_triggers(conn, &format!("UPDATE projects SET deadline = date_trunc('second', now() - interval '1 minute') WHERE id = {project}"));
}

/// Something that only time, or a superuser, can do.
pub fn past_triggers(conn: &mut PgConnection, statement: &str) {
    let statements = format!("SET session_replication_role = replica; {statement}; SET session_replication_role = origin");
    conn.batch_execute(&statements).expect("a superuser");
}

fn freelancers(conn: &mut PgConnection, number: usize) -> Vec<Somebody> {
    (0..number).map(|place| freelancer(conn, NAMES[place % NAMES.len()])).collect()
}

/// An open project of this organisation with a proposal of each of these.
pub fn open_project_with(conn: &mut PgConnection, organisation: Organisation, freelancers: Vec<Somebody>) -> OpenProject {
    project_that_says(conn, &project_words(), organisation, freelancers)
}

fn project_that_says(
    conn: &mut PgConnection,
    words: &ProjectContent,
    organisation: Organisation,
    freelancers: Vec<Somebody>,
) -> OpenProject {
    let id = draft_project(&mut patient(conn), organisation.manager.id, organisation.id, words, None).expect("a draft");
    publish_project(&mut patient(conn), organisation.manager.id, id, Some(1)).expect("a published project");
    let deadline = projects::table.find(id.0).select(projects::deadline).first(conn).expect("the project");
    let proposals = (600_000..).step_by(10_000).zip(&freelancers).map(|(amount, by)| proposal(conn, id, by, amount)).collect();
    OpenProject { organisation, id, deadline, freelancers, proposals }
}

/// A database with an open project that has so many proposals.
pub fn database_with_open_project(proposals: usize) -> (TestDatabase, OpenProject) {
    let database = TestDatabase::new();
    let project = open_project(&mut database.connect(), proposals);
    (database, project)
}

const NAMES: [&str; 6] = ["Ada Byron", "Ivo Tanaka", "Mira Lindqvist", "Sami Haddad", "Rosa Ferreira", "Jonas Brandt"];

/// As weak as argon2id goes: a test signs in many times, and nobody steals these.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let params = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).expect("parameters");
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        hasher.hash_password(PASSWORD.as_bytes()).expect("a hash").to_string()
    })
}
