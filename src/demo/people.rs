//! Who there is: six organisations with their members, fourteen freelancers, an admin.

use super::{done, second_factor};
use crate::db::{Connection, notices};
use crate::domain::freelancer::{ProfileContent, ProfileTyped};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::InvitationToken;
use crate::domain::user::TimeZoneName;
use crate::domain::words::{Email, InvitationNote, OrganisationName, PersonName};
use crate::operations::freelancers::save_profile;
use crate::operations::notices::mark_all_read;
use crate::operations::organisations::{Invite, found_organisation, invite_member, join_organisation};
use crate::operations::people::{NewAdmin, Purpose, SignUp, make_admin, sign_up};

/// Everybody's password: the site serves on loopback and holds nothing but samples.
pub const PASSWORD: &str = "guildhall-demo";

/// An organisation with the mail domain of its people; the first of them founds it.
struct Client {
    name: &'static str,
    domain: &'static str,
    zone: &'static str,
    members: &'static [(&'static str, Role)],
}

const CLIENTS: &[Client] = &[
    Client {
        name: "Harbour Foods",
        domain: "harbour.example",
        zone: "Europe/Paris",
        members: &[
            ("Nadia Osei", Role::Owner),
            ("Tomas Weber", Role::Manager),
            ("Priya Raman", Role::Finance),
            ("Leo Hartmann", Role::Viewer),
        ],
    },
    Client {
        name: "Lumen Instruments",
        domain: "lumen.example",
        zone: "Europe/Berlin",
        members: &[("Jonas Keller", Role::Owner), ("Mira Solheim", Role::Manager)],
    },
    Client {
        name: "City of Aldermoor",
        domain: "aldermoor.example",
        zone: "Europe/London",
        members: &[("Beth Calloway", Role::Owner), ("Omar Siddiq", Role::Manager)],
    },
    Client { name: "Brightwater Clinic", domain: "brightwater.example", zone: "Europe/Dublin", members: &[("Aoife Brennan", Role::Owner)] },
    Client {
        name: "Fennel & Rye",
        domain: "fennel.example",
        zone: "America/New_York",
        members: &[("Carmen Ortiz", Role::Owner), ("Dale Whitcomb", Role::Manager)],
    },
    Client { name: "Northline Rail", domain: "northline.example", zone: "Europe/Stockholm", members: &[("Elin Sandberg", Role::Owner)] },
];

/// Name, zone, headline, skills, rate per hour.
type Profile = (&'static str, &'static str, &'static str, &'static str, &'static str);

const FREELANCERS: &[Profile] = &[
    ("Ada Byron", "Europe/London", "Stock and warehouse systems, eleven years", "Rust, PostgreSQL, web, scanners", "85"),
    ("Grace Murray", "America/New_York", "Front ends that people with gloves can use", "web, accessibility, design, TypeScript", "78"),
    ("Ivo Tanaka", "Europe/Lisbon", "Full stack, small teams, short releases", "Rust, TypeScript, PostgreSQL, web", "64"),
    ("Samira Haddad", "Europe/Paris", "Technical translation, French and Arabic", "French, Arabic, manuals, translation", "48"),
    ("Piotr Zielinski", "Europe/Warsaw", "Databases that stay fast", "PostgreSQL, performance, data migration", "92"),
    ("Wanjiru Kamau", "Africa/Nairobi", "Field research and service design", "research, design, workshops", "70"),
    ("Henrik Lund", "Europe/Copenhagen", "Embedded C and Rust for instruments", "Rust, C, embedded, testing", "95"),
    ("Lucia Ferrari", "Europe/Rome", "Brand, packaging, illustration", "design, illustration, packaging", "60"),
    ("Daniel Mbeki", "Africa/Johannesburg", "Security reviews with a plan to fix", "security, audit, Rust, web", "110"),
    ("Yuki Arai", "Asia/Tokyo", "Maps, timetables, open data", "GIS, Python, open data, PostgreSQL", "72"),
    ("Nora Lindqvist", "Europe/Stockholm", "Plain language and forms", "writing, content, accessibility", "55"),
    ("Rafael Costa", "America/Sao_Paulo", "Mobile apps that work offline", "mobile, TypeScript, offline", "58"),
    ("Ingrid Voss", "Europe/Berlin", "Test automation and release engineering", "testing, CI, Python", "66"),
    ("Tevita Moala", "Pacific/Auckland", "Reports and dashboards people read", "data, reporting, PostgreSQL, Python", "62"),
];

/// Who decides for a client.
#[derive(Debug, Clone)]
pub struct Deciders {
    /// Which.
    pub organisation: OrganisationId,
    /// Those who may write and decide.
    pub managers: Vec<UserId>,
}

/// Everybody that the stories need.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Keeps the house.
    pub admin: UserId,
    /// In the order of [`CLIENTS`].
    pub clients: Vec<Deciders>,
    /// In the order of [`FREELANCERS`], with their skills.
    pub freelancers: Vec<(UserId, &'static str)>,
}

/// The sign-ins that the program prints: who they are, and their address.
pub fn sign_ins() -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(client) = CLIENTS.first() {
        lines.extend(
            client
                .members
                .iter()
                .map(|(name, role)| (format!("{name}, {} of {}", role.label().to_lowercase(), client.name), email(name, client.domain))),
        );
    }
    lines.extend(FREELANCERS.iter().take(3).map(|(name, ..)| (format!("{name}, freelancer"), email(name, "freelance.example"))));
    let guarded = format!("Daniel Mbeki, freelancer with a second factor: {}", second_factor::secret());
    lines.push((guarded, second_factor::GUARDED.to_owned()));
    lines.push(("Admin".to_owned(), "admin@guildhall.example".to_owned()));
    lines
}

/// Signs everybody up.
pub fn cast(conn: &mut Connection<'_>, password_hash: &str) -> anyhow::Result<Cast> {
    let admin = done(make_admin(
        conn,
        &NewAdmin {
            email: Email::parse("admin@guildhall.example")?,
            name: PersonName::parse("Robin Ashdown")?,
            password_hash: password_hash.to_owned(),
        },
    ))?;
    let clients = CLIENTS.iter().map(|client| found(conn, client, password_hash)).collect::<anyhow::Result<Vec<_>>>()?;
    let freelancers = FREELANCERS.iter().map(|profile| begin(conn, profile, password_hash)).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Cast { admin, clients, freelancers })
}

fn found(conn: &mut Connection<'_>, client: &Client, password_hash: &str) -> anyhow::Result<Deciders> {
    let [(founder, _), rest @ ..] = client.members else { anyhow::bail!("{} has no members", client.name) };
    let owner = account(conn, (founder, client.domain, client.zone), password_hash, Purpose::Colleague)?;
    let organisation = done(found_organisation(conn, owner, &OrganisationName::parse(client.name)?, None))?;
    let mut managers = vec![owner];
    for (name, role) in rest {
        let member = account(conn, (name, client.domain, client.zone), password_hash, Purpose::Colleague)?;
        let token = InvitationToken::new(rand::random());
        let invite = Invite { organisation, role: *role, note: InvitationNote::parse(name)?, token: token.clone() };
        done(invite_member(conn, owner, &invite, None))?;
        done(join_organisation(conn, member, &token))?;
        if role.manages_projects() {
            managers.push(member);
        }
    }
    Ok(Deciders { organisation, managers })
}

fn begin(conn: &mut Connection<'_>, profile: &Profile, password_hash: &str) -> anyhow::Result<(UserId, &'static str)> {
    let (name, zone, headline, skills, rate) = *profile;
    let freelancer = account(conn, (name, "freelance.example", zone), password_hash, Purpose::Freelancer)?;
    let about = super::texts::about(name, headline);
    // some have time at once, some later, some do not say
    let number = name.len();
    let available_from = ["2026-11-02", "2026-12-07", "", "2027-02-01"].get(number % 4).copied().unwrap_or_default();
    let hours_a_week = ["40", "20", "", "32", "10"].get(number % 5).copied().unwrap_or_default();
    let typed = ProfileTyped { headline, skills, rate, currency: "EUR", about: &about, available_from, hours_a_week, listed: "yes" };
    let content = ProfileContent::parse(&typed).map_err(|wrong| anyhow::anyhow!("{name}: {wrong:?}"))?;
    done(save_profile(conn, freelancer, Some(1), &content))?;
    Ok((freelancer, skills))
}

fn account(
    conn: &mut Connection<'_>,
    (name, domain, zone): (&str, &str, &str),
    password_hash: &str,
    purpose: Purpose,
) -> anyhow::Result<UserId> {
    let new = SignUp {
        email: Email::parse(&email(name, domain))?,
        name: PersonName::parse(name)?,
        password_hash: password_hash.to_owned(),
        time_zone: TimeZoneName::parse(zone).map_err(anyhow::Error::msg)?,
        purpose,
    };
    Ok(done(sign_up(conn, &new))?.user)
}

/// First name at domain.
fn email(name: &str, domain: &str) -> String {
    format!("{}@{domain}", name.split(' ').next().unwrap_or(name).to_lowercase())
}

/// Lets everybody who decides or offers read what they have been told so far.
pub fn read_notices(conn: &mut Connection<'_>, cast: &Cast) -> anyhow::Result<()> {
    let deciders = cast.clients.iter().flat_map(|client| &client.managers);
    for person in deciders.chain(cast.freelancers.iter().map(|(person, _)| person)) {
        if let Some(shown) = notices::page(conn, *person, None)?.shown {
            done(mark_all_read(conn, *person, &shown))?;
        }
    }
    Ok(())
}
