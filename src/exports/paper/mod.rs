//! An invoice or a credit note as it is read: the same words, in the same order, on its page, in print and in the PDF.

mod fonts;
mod layout;
mod pdf;

use chrono::{Datelike, NaiveDate};

use crate::db::invoices::Shown;
use crate::domain::invoice::{Number, ROUNDING, Series, hours, rate};
use crate::domain::money::Money;

pub use pdf::pdf;

/// All that stands on one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub title: &'static str,
    /// Its number; a draft has none yet.
    pub number: String,
    /// Who issues it.
    pub from: Party,
    /// Who is to pay.
    pub to: Party,
    /// Days and references, each with its name.
    pub facts: Vec<(&'static str, String)>,
    /// What it is for.
    pub rows: Vec<Row>,
    /// What is added up below, each with its name; the last one is the total.
    pub sums: Vec<(String, String)>,
    /// Words below the sums, in lines.
    pub note: Vec<String>,
    /// How it was rounded.
    pub rule: &'static str,
}

/// One side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The heading.
    pub role: &'static str,
    /// Who.
    pub name: String,
    /// Address, tax number, bank.
    pub details: Vec<String>,
}

/// A line: in which row of figures something stands that has none, there is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What for.
    pub words: String,
    /// How long.
    pub time: String,
    /// At which price an hour.
    pub rate: String,
    /// What it comes to.
    pub amount: String,
}

/// The heads of the columns.
pub const HEADS: [&str; 4] = ["For", "Time", "Rate", "Amount"];

impl Paper {
    /// The paper of an invoice; of its credit note, where that is asked for and there is one.
    pub fn of(shown: &Shown, series: Series) -> Option<Self> {
        let invoice = &shown.invoice;
        let money = |minor| Money { minor, currency: &invoice.currency }.to_string();
        let (title, number, mut facts) = match series {
            Series::Invoice => {
                let issued = invoice.issued_on.map_or_else(|| "Not yet".to_owned(), day);
                ("Invoice", invoice.number(), vec![("Issued", issued), ("To be paid by", day(invoice.due_on))])
            }
            Series::CreditNote => {
                let credit = shown.credit.as_ref()?;
                let number = Number { series, year: credit.year, seq: credit.seq };
                ("Credit note", Some(number), vec![("Issued", day(credit.issued_on)), ("Takes back invoice", invoice.reference())])
            }
        };
        facts.push(("Contract", invoice.contract_id.reference()));
        facts.push(("Work", shown.title.clone()));
        let row = |line: &crate::domain::invoice::Line| Row {
            words: line.words.clone(),
            time: line.minutes.map(|minutes| hours(minutes.into())).unwrap_or_default(),
            rate: line.rate.map(money).unwrap_or_default(),
            amount: money(line.amount),
        };
        let total = match series {
            Series::Invoice => "Total to be paid",
            Series::CreditNote => "Total taken back",
        };
        let mut sums = vec![("Subtotal".to_owned(), money(invoice.subtotal))];
        sums.extend(shown.taxes.iter().map(|tax| {
            let words = format!("{} {} % on {}", tax.label, rate(tax.basis_points), money(invoice.subtotal));
            (words, money(tax.amount))
        }));
        sums.push((total.to_owned(), money(invoice.total)));
        let name = |frozen: &Option<String>, now: &String| frozen.clone().unwrap_or_else(|| now.clone());
        let note = if series == Series::Invoice { lines(&invoice.note) } else { Vec::new() };
        Some(Self {
            title,
            number: number.map(|number| number.to_string()).unwrap_or_default(),
            from: Party { role: "From", name: name(&invoice.issuer_name, &shown.issuer), details: lines(&invoice.issuer_details) },
            to: Party { role: "To", name: name(&invoice.client_name, &shown.client), details: lines(&invoice.client_details) },
            facts,
            rows: shown.lines.iter().map(row).collect(),
            sums,
            note,
            rule: ROUNDING,
        })
    }

    /// Both sides, in the order in which they are read.
    pub fn parties(&self) -> [&Party; 2] {
        [&self.from, &self.to]
    }

    /// What a file of it is called.
    pub fn file_name(&self) -> String {
        let what = self.title.to_lowercase().replace(' ', "-");
        if self.number.is_empty() { format!("{what}-draft.pdf") } else { format!("{what}-{}.pdf", self.number.trim_start_matches("CN-")) }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `1 December 2026`: without the day of the week, as papers have it.
pub fn day(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}
