//! Hours and spend by month, project and freelancer, for those who keep a client's money.

use actix_web::web::Query;
use askama::Template;

use super::chart::{Bar, bars, height};
use crate::db::{self, Database, Failure, reports};
use crate::domain::invoice::{day_in, hours};
use crate::domain::membership::Role;
use crate::domain::money::Money;
use crate::domain::report::{self, Entry, Filter, Sum, month_of};
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    project: String,
    #[serde(default)]
    freelancer: String,
}

/// One currency's figures in one order.
pub struct Panel {
    /// For the page's anchors.
    id: String,
    heading: String,
    /// What the drawing shows, as a sentence.
    finding: String,
    bars: Vec<Bar>,
    /// The same of hours; nothing where there are none.
    hours_finding: String,
    hours: Vec<Bar>,
    /// Name, hours, invoiced, paid.
    rows: Vec<[String; 4]>,
    total: [String; 4],
}

#[derive(Template)]
#[template(path = "reports/show.html")]
struct Page {
    shell: Shell,
    filter: Filter,
    panels: Vec<Panel>,
    /// What can be chosen: id and name.
    projects: Vec<(String, String)>,
    freelancers: Vec<(String, String)>,
    query: String,
}

/// What a query asks for: in months that make no sense, for the last twelve.
pub fn filter(asked: &Asked, today: chrono::NaiveDate) -> Filter {
    Filter::of(today, &asked.from, &asked.to, asked.project.parse().ok(), asked.freelancer.parse().ok())
}

/// Shows them.
pub async fn page(by: SignedIn, asked: Option<Query<Asked>>, database: Database) -> Answer {
    if !by.person.memberships.iter().any(|membership| membership.role().is_some_and(Role::keeps_invoices)) {
        return Err(PageError::NotAllowed("Owners and finance members of a client read what it spent.".to_owned()));
    }
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let (user, zone) = (by.id(), by.person.time_zone.clone());
    let read = database.run(move |conn| {
        let filter = filter(&asked, day_in(&zone, db::clock(conn)?));
        let whole = Filter { project: None, freelancer: None, ..filter };
        let entries = reports::spend(conn, user, &filter)?;
        let all = if whole == filter { entries.clone() } else { reports::spend(conn, user, &whole)? };
        Ok::<_, Failure<std::convert::Infallible>>((filter, entries, all))
    });
    let (filter, entries, all) = read.await?;
    let panels = report::currencies(&entries).iter().flat_map(|currency| panels(&entries, currency)).collect();
    let chosen = |mut pairs: Vec<(String, String)>| {
        pairs.sort_by(|one, other| one.1.cmp(&other.1));
        pairs.dedup();
        pairs
    };
    let projects = chosen(all.iter().map(|entry| (entry.project.to_string(), entry.title.clone())).collect());
    let freelancers = chosen(all.iter().map(|entry| (entry.freelancer.to_string(), entry.name.clone())).collect());
    let mut query = format!("?from={}&to={}", month_of(filter.from), month_of(filter.to));
    query.extend(filter.project.map(|id| format!("&project={id}")));
    query.extend(filter.freelancer.map(|id| format!("&freelancer={id}")));
    respond::page(&Page { shell: by.shell(), filter, panels, projects, freelancers, query })
}

fn panels(entries: &[Entry], currency: &str) -> [Panel; 3] {
    let largest_first = |mut sums: Vec<(String, Sum)>| {
        sums.sort_by_key(|(_, sum)| std::cmp::Reverse((sum.invoiced, sum.minutes)));
        sums
    };
    let months = report::by(entries, currency, |entry| (entry.month.clone(), entry.month.clone()));
    let projects = largest_first(report::by(entries, currency, |entry| (entry.project, entry.title.clone())));
    let freelancers = largest_first(report::by(entries, currency, |entry| (entry.freelancer, entry.name.clone())));
    let total = report::total(entries, currency);
    [("month", months), ("project", projects), ("freelancer", freelancers)].map(|(what, sums)| panel(what, currency, &sums, &total))
}

fn panel(what: &str, currency: &str, sums: &[(String, Sum)], total: &Sum) -> Panel {
    let money = |minor| Money { minor, currency }.to_string();
    let most = |figure: fn(&Sum) -> i64| sums.iter().max_by_key(|(_, sum)| figure(sum)).map_or("nothing", |(label, _)| label.as_str());
    let cells = |label: String, sum: &Sum| [label, hours(sum.minutes), money(sum.invoiced), money(sum.paid)];
    let hours_finding = format!("{} were approved, most of it for {}.", hours(total.minutes), most(|sum| sum.minutes));
    Panel {
        id: format!("{what}-{currency}").to_lowercase(),
        heading: format!("By {what}, {currency}"),
        finding: format!("{} was invoiced before tax, most of it for {}.", money(total.invoiced), most(|sum| sum.invoiced)),
        bars: bars(sums, |sum| sum.invoiced, money),
        hours: if total.minutes > 0 { bars(sums, |sum| sum.minutes, hours) } else { Vec::new() },
        hours_finding,
        rows: sums.iter().map(|(label, sum)| cells(label.clone(), sum)).collect(),
        total: cells("Total".to_owned(), total),
    }
}

impl Page {
    fn from(&self) -> String {
        month_of(self.filter.from)
    }

    fn to(&self) -> String {
        month_of(self.filter.to)
    }

    fn height(&self, bars: &[Bar]) -> usize {
        height(bars.len())
    }

    fn is_project(&self, id: &str) -> bool {
        self.filter.project.is_some_and(|project| project.to_string() == id)
    }

    fn is_freelancer(&self, id: &str) -> bool {
        self.filter.freelancer.is_some_and(|freelancer| freelancer.to_string() == id)
    }
}
