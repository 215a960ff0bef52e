//! What is to be done, and how far each project has come.

use chrono::{DurationRound, TimeDelta};

use super::bids::{self, Sent};
use super::marks;
use super::messages;
use super::people::{Cast, Deciders};
use super::{contracts, done, drafts, enquiries, texts};
use crate::db::{Connection, clock, projects};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::project::{ProjectContent, ProjectKind, ProjectTyped, Seen, Visibility};
use crate::domain::proposal::Decline;
use crate::domain::words::{Description, Reason};
use crate::operations::projects::{
    cancel_project, choose_visibility, draft_project, edit_project, invite_freelancer, open_bids, publish_project,
};
use crate::operations::proposals::{accept_proposal, confirm_scope, decline_proposal, withdraw_proposal};

use Outcome::{Awarded, Cancelled, Changed, Declined, Draft, Due, Open, Opened, Sealed, Withdrawn};
use ProjectKind::{Fixed as F, Hourly as H};

/// How far a project has come, and how many proposals it got.
#[derive(Debug, Clone, Copy)]
pub enum Outcome {
    /// Still being written.
    Draft,
    /// Takes proposals.
    Open(usize),
    /// Takes sealed bids.
    Sealed(usize),
    /// Took sealed bids, which can be opened.
    Due(usize),
    /// Took sealed bids, which were opened.
    Opened(usize),
    /// Takes proposals; it changed after they were sent, and one was confirmed.
    Changed(usize),
    /// Takes proposals; one was declined.
    Declined(usize),
    /// Takes proposals; one was withdrawn.
    Withdrawn(usize),
    /// Decided.
    Awarded(usize),
    /// Called off.
    Cancelled(usize),
}

/// One project's story.
#[derive(Debug)]
pub struct Story {
    client: usize,
    /// Its title.
    pub title: &'static str,
    /// Its skills, comma-separated.
    pub skills: &'static str,
    kind: ProjectKind,
    /// From and to, in whole units of its currency.
    pub budget: (i64, i64),
    days: i64,
    outcome: Outcome,
    opening: &'static str,
    /// What it asks freelancers.
    pub questions: &'static [&'static str],
}

#[expect(clippy::too_many_arguments, reason = "a table's row")]
const fn story(
    client: usize,
    title: &'static str,
    skills: &'static str,
    kind: ProjectKind,
    budget: (i64, i64),
    days: i64,
    outcome: Outcome,
    opening: &'static str,
    questions: &'static [&'static str],
) -> Story {
    Story { client, title, skills, kind, budget, days, outcome, opening, questions }
}

/// Writes one project with all that happened to it.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast, place: usize, story: &Story) -> anyhow::Result<()> {
    let Some(client) = cast.clients.get(story.client) else { anyhow::bail!("{} has no client", story.title) };
    let writer = decider(client, place)?;
    let content = content(conn, place, story)?;
    let project = done(draft_project(conn, writer, client.organisation, &content, None))?;
    let bids = match story.outcome {
        Draft => return Ok(()),
        Open(bids) | Changed(bids) | Sealed(bids) | Due(bids) | Opened(bids) | Declined(bids) | Withdrawn(bids) | Awarded(bids)
        | Cancelled(bids) => bids,
    };
    invite(conn, cast, writer, project, place)?;
    done(publish_project(conn, writer, project, Some(1)))?;
    if place != FOR_THE_INVITED {
        enquiries::exchange(conn, cast, project, place, decider(client, place)?)?;
    }
    let sent = bids::send(conn, cast, project, place, story, bids)?;
    drafts::begin(conn, cast, project, place)?;
    marks::discuss(conn, client, place, &sent)?;
    if !content.sealed {
        messages::ask_back(conn, client, place, &sent)?;
    }
    conclude(conn, story, project, content, &sent, decider(client, place + 1)?)
}

/// The story that nobody sees but those who are invited.
const FOR_THE_INVITED: usize = 8;

/// Two clients ask freelancers to look at a project; one of the projects is for those alone.
fn invite(conn: &mut Connection<'_>, cast: &Cast, by: UserId, project: ProjectId, place: usize) -> anyhow::Result<()> {
    let (guests, visibility): (&[usize], _) = match place {
        2 => (&[0, 4, 9], Visibility::Public),
        FOR_THE_INVITED => (&[0, 6], Visibility::Invited),
        _ => return Ok(()),
    };
    done(choose_visibility(conn, by, project, visibility))?;
    for (guest, _) in guests.iter().filter_map(|at| cast.freelancers.get(*at)) {
        done(invite_freelancer(conn, by, project, *guest))?;
    }
    Ok(())
}

fn conclude(
    conn: &mut Connection<'_>,
    story: &Story,
    project: ProjectId,
    words: ProjectContent,
    sent: &[Sent],
    by: UserId,
) -> anyhow::Result<()> {
    match (story.outcome, sent) {
        (Awarded(_), [.., chosen]) => {
            let award =
                done(accept_proposal(conn, by, chosen.id, Seen { version: chosen.version, scope_version: Some(1), unconfirmed: None }))?;
            messages::begin_work(conn, award.contract, chosen.by, by)?;
            contracts::go_on(conn, award.contract, by)?;
        }
        (Declined(_), [.., turned_down]) => {
            let reason = Reason::parse("Well made, but it starts after the date that we cannot move.")?;
            let decline = Decline { reason, shared: true };
            done(decline_proposal(conn, by, turned_down.id, Some(turned_down.version), decline))?;
        }
        (Changed(_), [first, ..]) => {
            let mut words = words;
            words.budget_max += words.budget_max / 4;
            words.deadline += TimeDelta::days(2);
            let more =
                format!("{}\n\nWe have since found a second printer: the same sheet is wanted in the canteen.", words.description.as_str());
            words.description = Description::parse(&more)?;
            done(edit_project(conn, by, project, &words, Some(1)))?;
            done(confirm_scope(conn, first.by, first.id, Some(first.version), Some(2)))?;
        }
        (Opened(_), _) => {
            // nobody opens bids before their deadline, the sample data neither
            let deadline = projects::find(conn, project)?.map(|project| project.deadline);
            let ahead = deadline.map(|deadline| clock(conn).map(|now| deadline - now)).transpose()?;
            std::thread::sleep(ahead.and_then(|ahead| ahead.to_std().ok()).unwrap_or_default());
            done(open_bids(conn, by, project, Some(1)))?;
        }
        (Withdrawn(_), [.., taken_back]) => done(withdraw_proposal(conn, taken_back.by, taken_back.id))?,
        (Cancelled(_), _) => {
            done(cancel_project(conn, by, project, Some(1), &Reason::parse("The budget went to something more urgent this year.")?))?;
        }
        _ => {}
    }
    Ok(())
}

fn decider(client: &Deciders, place: usize) -> anyhow::Result<UserId> {
    let by = client.managers.get(place % client.managers.len().max(1)).copied();
    by.ok_or_else(|| anyhow::anyhow!("an organisation without managers"))
}

fn content(conn: &mut Connection<'_>, place: usize, story: &Story) -> anyhow::Result<ProjectContent> {
    let description = texts::description(place, story.opening, story.skills);
    let (low, high) = (story.budget.0.to_string(), story.budget.1.to_string());
    // On the hour: nobody sets a deadline at 14:07:31.
    let deadline = match story.outcome {
        // so short that one can wait for it
        Due(_) | Opened(_) => (clock(conn)? + TimeDelta::milliseconds(2500)).duration_trunc(TimeDelta::seconds(1)).ok(),
        _ => (clock(conn)? + TimeDelta::days(story.days)).duration_trunc(TimeDelta::hours(1)).ok(),
    };
    let typed = ProjectTyped {
        title: story.title,
        description: &description,
        skills: story.skills,
        kind: story.kind.as_str(),
        budget_min: &low,
        budget_max: &high,
        currency: texts::pick(story.client, &["EUR", "EUR", "GBP", "EUR", "USD", "SEK"]),
        deadline,
        sealed: matches!(story.outcome, Sealed(_) | Due(_) | Opened(_)),
        questions: &story.questions.join("\n"),
    };
    ProjectContent::parse(&typed).map_err(|wrong| anyhow::anyhow!("{}: {wrong:?}", story.title))
}

/// All of them; the last ones are the newest.
#[rustfmt::skip]
pub const ALL: &[Story] = &[
    story(0, "Warehouse stock screens", "Rust, web, scanners", F, (6000, 9000), 9, Open(5), "Screens for goods in, stock count and labels, used on shared tablets by twelve people on two shifts.", &["Have you built for gloves and shared tablets?", "When could you visit the depot?"]),
    story(0, "Labels that survive the cold store", "design, packaging", F, (1200, 2000), 12, Opened(3), "Our pallet labels fade at minus twenty. We need a new layout, a tested material, and templates for the printers we have.", &[]),
    story(0, "Delivery slots for small shops", "Rust, PostgreSQL, web", F, (9000, 14000), 21, Open(6), "Shopkeepers choose a delivery slot on their phone at six in the morning. Two of them must never get the same one.", &["How would you keep two shops from one slot?"]),
    story(0, "Move ten years of orders into one database", "PostgreSQL, data migration", F, (4000, 7000), 5, Awarded(4), "Orders lie in three systems with three ideas of what a customer is.", &[]),
    story(0, "Allergen sheets in four languages", "translation, French, manuals", F, (1500, 2500), 14, Sealed(2), "Ninety sheets, two pages each, with a glossary that our quality people keep.", &[]),
    story(0, "Accessibility of the ordering site", "accessibility, audit, web", F, (2000, 3500), 16, Declined(4), "One of our customers cannot order without help. We want to know everything that is in the way, and what to mend first.", &["Which assistive technologies do you test with?"]),
    story(0, "Reports the night shift reads", "data, reporting, PostgreSQL", H, (50, 80), 18, Changed(3), "Six figures and one sentence at five in the morning, on paper and on the wall.", &[]),
    story(0, "Photos of forty products", "design, packaging", F, (1800, 2600), 7, Cancelled(2), "Plain ground, three angles, the same light for all of them.", &[]),
    story(0, "Temperature alarms by text message", "embedded, Rust, testing", F, (3000, 5000), 25, Due(1), "Nine cold rooms, one telephone list, and no false alarm at night.", &[]),
    story(0, "A driver's app that works in tunnels", "mobile, offline, TypeScript", F, (8000, 12000), 30, Draft, "Stops, signatures and returns, saved on the telephone until there is a network.", &[]),
    story(0, "Test the new till before Easter", "testing, CI", H, (45, 70), 11, Withdrawn(3), "Two hundred cases by hand last year; we would like most of them to run by themselves.", &[]),
    story(1, "Calibrate without the lab", "Rust, C, embedded", F, (11000, 16000), 19, Open(4), "A calibration routine for the field, on the instrument itself, with a record that an auditor accepts.", &["Have you worked under ISO 17025?"]),
    story(1, "User guide of the spectrometer, French", "French, manuals, translation", F, (900, 1400), 3, Open(4), "Sixty pages, many pictures, one patient engineer who answers questions.", &[]),
    story(1, "Firmware updates that cannot brick", "embedded, Rust, security", F, (7000, 10000), 26, Awarded(3), "Two slots, a signature, and a way back, on a controller with 512 KB.", &[]),
    story(1, "Plot a million points in the browser", "TypeScript, web, performance", F, (4000, 6500), 13, Open(2), "Scientists zoom for hours. It must not stutter, and it must print.", &[]),
    story(1, "Second opinion on our random numbers", "security, audit, C", F, (2500, 4000), 8, Open(1), "We mix three sources on the device and would like somebody to try to break it.", &[]),
    story(1, "Release pipeline for instruments", "CI, testing, Python", H, (60, 90), 22, Open(3), "From a commit to a signed image on the shelf, without a person copying files.", &[]),
    story(1, "Redraw the front panel", "design, illustration", F, (1500, 2200), 10, Cancelled(1), "Seven buttons, two of which nobody has ever pressed.", &[]),
    story(1, "Archive of measurements since 2009", "PostgreSQL, data migration, performance", F, (5000, 8000), 28, Open(2), "Four billion rows in files. Questions about one device should take a second.", &[]),
    story(1, "Rust training for six C people", "Rust, C, workshops", F, (3000, 4500), 17, Awarded(2), "Three days here, with our own code on the table.", &[]),
    story(1, "Spare parts shop for repairers", "web, Rust, PostgreSQL", F, (6000, 9500), 33, Draft, "Independent workshops order parts by serial number.", &[]),
    story(2, "Accessibility audit of the payment page", "accessibility, audit", F, (2000, 3500), 16, Open(3), "Citizens pay fees here. Some cannot, and telephone instead.", &["Do you test with users of screen readers?"]),
    story(2, "Plain words for forty letters", "writing, content", F, (2400, 3600), 20, Open(2), "Letters that people understand the first time, in the tone of a good neighbour.", &[]),
    story(2, "Timetables as open data", "open data, GIS, Python", F, (3500, 5500), 24, Awarded(3), "Buses, ferries and the one tram, in GTFS, every night.", &[]),
    story(2, "Booking rooms in nine libraries", "web, PostgreSQL, Rust", F, (7000, 11000), 15, Open(5), "Two groups have stood before the same door too often.", &["What happens if two people press at once?"]),
    story(2, "Survey of benches and ramps", "GIS, mobile, offline", F, (2800, 4200), 9, Open(2), "Volunteers walk, tap and take a picture; we get a map.", &[]),
    story(2, "Interviews with market traders", "research, workshops", F, (1800, 2800), 6, Open(1), "Twelve conversations before we change the permits.", &[]),
    story(2, "Move the council's videos", "data migration, Python", F, (1200, 2000), 4, Cancelled(3), "Eight hundred recordings with subtitles, from one archive to another.", &[]),
    story(2, "Dashboard of potholes", "data, reporting, web", F, (2200, 3800), 27, Open(3), "Reported, seen, mended: how many days lie between?", &[]),
    story(2, "Translate the waste calendar", "translation, Arabic, French", F, (400, 700), 2, Awarded(2), "Two pages, five languages; here we look for the first two.", &[]),
    story(2, "Penetration test of the permit portal", "security, audit", F, (5000, 8000), 35, Open(2), "Before the autumn, with a retest in spring.", &[]),
    story(2, "A calm home page", "design, writing, accessibility", F, (3000, 5000), 23, Draft, "Ten things that most people come for, and a search that finds the rest.", &[]),
    story(3, "Waiting list that is fair", "web, PostgreSQL, Rust", F, (5000, 8000), 14, Open(4), "Patients see where they stand and why, and nobody is called twice for one place.", &[]),
    story(3, "Consent forms on a tablet", "web, accessibility, TypeScript", F, (3000, 4500), 12, Open(2), "Read aloud if wanted, signed with a finger, filed where it belongs.", &["Have you worked with health records?"]),
    story(3, "Night rota without holes", "Python, data", F, (2000, 3200), 9, Awarded(2), "Nineteen nurses, thirty wishes each, one law.", &[]),
    story(3, "Clean up the drug price list", "data migration, PostgreSQL", H, (45, 65), 5, Open(2), "Names differ, packs differ, one column is a mystery.", &[]),
    story(3, "Signs that visitors follow", "design, illustration", F, (1500, 2400), 18, Open(1), "From the car park to the right lift, in three languages.", &[]),
    story(3, "Backups somebody has restored", "security, testing, PostgreSQL", F, (1800, 3000), 8, Declined(2), "We have backups. We do not know that we have backups.", &[]),
    story(3, "Simple English for diagnoses", "writing, content", F, (1200, 1900), 30, Open(2), "One page for each of twenty diagnoses, read by a doctor and by a neighbour.", &[]),
    story(3, "Lab results by secure link", "security, Rust, web", F, (6000, 9000), 31, Open(3), "No account, no e-mail attachment, gone after two weeks.", &[]),
    story(3, "Telephone menu people finish", "research, writing", F, (900, 1500), 10, Cancelled(0), "Seven levels now. Two would be nice.", &[]),
    story(4, "Seasonal menu cards", "design, illustration", F, (600, 1100), 4, Open(3), "Four seasons, one hand, printed on paper that may get wet.", &[]),
    story(4, "Table bookings for six cafés", "web, TypeScript, PostgreSQL", F, (3500, 5500), 13, Open(4), "One list for the telephone, the site and the person who walks in.", &[]),
    story(4, "Recipe scaling for bakers", "Rust, mobile, offline", F, (2500, 4000), 20, Awarded(3), "From one loaf to three hundred, with flour that differs by week.", &[]),
    story(4, "Allergy-safe ordering words", "writing, content, accessibility", F, (500, 900), 7, Open(1), "Short sentences beside forty dishes.", &[]),
    story(4, "Loyalty without an app", "web, security", F, (2200, 3600), 17, Open(2), "A number, a stamp, and no data that we would have to protect.", &[]),
    story(4, "Waste figures per kitchen", "data, reporting, Python", H, (40, 60), 11, Open(2), "Scales are there; sense is not.", &[]),
    story(4, "Packaging that folds flat", "packaging, design", F, (1400, 2300), 26, Open(2), "For a pie that is 26 cm wide and does not like to be tilted.", &[]),
    story(4, "Speed up the ordering page", "performance, web, TypeScript", F, (1000, 1800), 6, Awarded(3), "Eight seconds on an old telephone. Two, please.", &[]),
    story(4, "Staff handbook, readable", "writing, content", F, (800, 1300), 21, Draft, "Sixty pages became a hundred. We would like twenty.", &[]),
    story(5, "Delay reasons from free text", "Python, data", F, (3000, 5000), 15, Open(3), "Twelve thousand notes a year, typed at night, in three languages.", &[]),
    story(5, "Platform displays, second line", "embedded, C, testing", F, (8000, 12000), 29, Open(2), "What stands below the destination, and for how long.", &["Have you worked with displays on stations?"]),
    story(5, "Map of track works", "GIS, web, open data", F, (4500, 7000), 16, Open(3), "Where, when, and which bus goes instead.", &[]),
    story(5, "Load test of the ticket shop", "performance, testing, CI", F, (2000, 3400), 5, Awarded(2), "The day the summer tickets go on sale.", &[]),
    story(5, "Conductor's lost-and-found app", "mobile, offline", F, (3500, 5000), 22, Open(2), "A picture, a carriage, a seat; works without a network.", &[]),
    story(5, "Replace the paper fault book", "web, PostgreSQL, Rust", F, (9000, 13000), 34, Open(4), "One book a train today. Two people write into it at once, and so it must remain.", &["How do you keep both entries?"]),
    story(5, "Interviews with shift planners", "research, workshops", F, (1600, 2600), 8, Open(1), "What do they know that the system does not?", &[]),
    story(5, "Danish station announcements", "translation, writing", F, (700, 1200), 3, Open(2), "Two hundred sentences, spoken by a machine, understood by people.", &[]),
    story(5, "Review of the signalling gateway", "security, audit, Rust", F, (6000, 9500), 25, Sealed(2), "Eight thousand lines, one week, a written judgement.", &[]),
    story(5, "Snow plan on one page", "design, writing", F, (500, 900), 19, Cancelled(1), "Who does what when it snows, on a page that hangs on a wall.", &[]),
];
