//! The form of an invoice: what can be chosen, and what was typed.

use askama::Template;

use crate::db::invoices::Shown;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, InvoiceId};
use crate::domain::invoice::{InvoiceContent, InvoiceTyped, MOST_TAXES, Ready, hours, rate};
use crate::domain::money::Money;
use crate::web::form::Fields;
use crate::web::shell::Shell;

/// The page, for a new invoice and for a draft.
#[derive(Template)]
#[template(path = "invoices/form.html")]
pub struct Page {
    pub shell: Shell,
    pub contract: ContractId,
    /// The draft that is changed.
    pub draft: Option<InvoiceId>,
    pub work: String,
    pub client: String,
    pub currency: String,
    pub ready: Vec<Ready>,
    pub typed: Fields,
    pub errors: FieldErrors,
    pub key: String,
}

/// Something that can be chosen.
pub struct Choice {
    pub value: i64,
    pub words: String,
    pub sum: String,
    pub on: bool,
}

/// Parses what was sent.
pub fn parse(sent: &Fields) -> Result<InvoiceContent, FieldErrors> {
    let taxes = sent.all("tax_label").into_iter().zip(sent.all("tax_rate")).collect();
    InvoiceContent::parse(&InvoiceTyped {
        weeks: sent.all("week"),
        milestones: sent.all("milestone"),
        taxes,
        due_on: sent.get("due_on"),
        issuer_details: sent.get("issuer_details"),
        client_details: sent.get("client_details"),
        note: sent.get("note"),
    })
}

/// A draft as its form first shows it.
pub fn stands(shown: &Shown) -> Fields {
    let invoice = &shown.invoice;
    let mut pairs: Vec<(&str, String)> = vec![
        ("due_on", invoice.due_on.to_string()),
        ("issuer_details", invoice.issuer_details.clone()),
        ("client_details", invoice.client_details.clone()),
        ("note", invoice.note.clone()),
        ("version", invoice.version.to_string()),
    ];
    for line in &shown.lines {
        pairs.extend(line.timesheet.map(|id| ("week", id.to_string())));
        pairs.extend(line.milestone.map(|id| ("milestone", id.to_string())));
    }
    for tax in &shown.taxes {
        pairs.push(("tax_label", tax.label.clone()));
        pairs.push(("tax_rate", rate(tax.basis_points)));
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Fields::from_pairs(&pairs)
}

impl Page {
    /// What can be chosen under a name: what stands on another invoice cannot.
    fn choices(&self, name: &str) -> Vec<Choice> {
        let chosen = self.typed.all(name);
        let free = self.ready.iter().filter(|ready| ready.on.is_none() || ready.on == self.draft);
        let choice = |ready: &Ready| {
            let value = if name == "week" { ready.line.timesheet } else { ready.line.milestone }?;
            let (money, line) = (|minor| Money { minor, currency: &self.currency }.to_string(), &ready.line);
            let sum = match (line.minutes, line.rate) {
                (Some(minutes), Some(rate)) => format!("{} at {} an hour: {}", hours(minutes.into()), money(rate), money(line.amount)),
                _ => money(line.amount),
            };
            Some(Choice { value, words: line.words.clone(), sum, on: chosen.contains(&value.to_string().as_str()) })
        };
        free.filter_map(choice).collect()
    }

    /// Rows of taxes: what is typed, and room for one more.
    fn taxes(&self) -> Vec<(usize, &str, &str)> {
        let typed: Vec<_> = self.typed.all("tax_label").into_iter().zip(self.typed.all("tax_rate")).collect();
        let filled = typed.iter().filter(|(label, rate)| !label.is_empty() || !rate.is_empty()).count();
        let rows = typed.into_iter().chain(std::iter::repeat(("", "")));
        rows.take((filled + 1).clamp(2, MOST_TAXES)).enumerate().map(|(place, (label, rate))| (place, label, rate)).collect()
    }

    fn action(&self) -> String {
        self.draft.map_or_else(|| "/invoices".to_owned(), |id| format!("/invoices/{id}/edit"))
    }

    fn heading(&self) -> &'static str {
        if self.draft.is_some() { "Change the draft" } else { "New invoice" }
    }

    fn back(&self) -> String {
        self.draft.map_or_else(|| format!("/contracts/{}/invoices", self.contract), |id| format!("/invoices/{id}"))
    }
}
