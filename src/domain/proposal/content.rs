//! The words of a proposal, as its form edits them.

use chrono::NaiveDate;

use super::Milestone;
use crate::domain::field_errors::FieldErrors;
use crate::domain::money::parse_amount;
use crate::domain::words::{Answer, CoverLetter, MilestoneTitle};

/// What a person typed, before it is judged.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct ProposalTyped<'f> {
    pub amount: &'f str,
    pub days: &'f str,
    pub start: &'f str,
    pub cover_letter: &'f str,
    /// One for each of the project's questions.
    pub answers: Vec<&'f str>,
    /// Title and amount of each milestone; rows with nothing in them are passed over.
    pub milestones: Vec<(&'f str, &'f str)>,
}

/// The words of a proposal: sound by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the proposal's columns")]
pub struct ProposalContent {
    pub amount: i64,
    pub days: i32,
    pub start_on: Option<NaiveDate>,
    pub cover_letter: CoverLetter,
    /// What was asked, and the answer to each.
    pub questions: Vec<String>,
    pub answers: Vec<String>,
    pub milestones: Vec<Milestone>,
}

/// The working days that are taken for granted where a form leaves them out.
const DAYS_UNSAID: i32 = 10;

impl ProposalContent {
    /// Judges all fields at once, against the questions that the project asks.
    ///
    /// Fields of repeated rows are named with their place, as `answers.0` or `milestone_amount.2`.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &ProposalTyped<'_>, questions: &[String]) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let amount = wrong.take("amount", parse_amount(typed.amount));
        let days = wrong.take("days", parse_days(typed.days));
        let start_on = wrong.take("start", parse_day(typed.start));
        let cover_letter = wrong.take("cover_letter", CoverLetter::parse(typed.cover_letter));
        let answers = parse_answers(typed, questions.len(), &mut wrong);
        let milestones = parse_milestones(typed, amount, &mut wrong);
        let content = (|| {
            Some(Self {
                amount: amount?,
                days: days?,
                start_on: start_on?,
                cover_letter: cover_letter?,
                questions: questions.to_vec(),
                answers,
                milestones,
            })
        })();
        wrong.or(content)
    }

    /// The milestones as they are stored.
    pub fn milestones_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.milestones).unwrap_or_else(|_| serde_json::json!([]))
    }
}

fn parse_days(typed: &str) -> Result<i32, &'static str> {
    match typed.trim() {
        "" => Ok(DAYS_UNSAID),
        typed => {
            typed.parse().ok().filter(|days| (1..=3650).contains(days)).ok_or("Enter the working days as a whole number from 1 to 3650")
        }
    }
}

pub(in crate::domain) fn parse_day(typed: &str) -> Result<Option<NaiveDate>, &'static str> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed
            .parse::<NaiveDate>()
            .ok()
            .filter(|day| (2000..=2200).contains(&chrono::Datelike::year(day)))
            .map(Some)
            .ok_or("Enter the start as a date, like 2026-12-07"),
    }
}

fn parse_answers(typed: &ProposalTyped<'_>, asked: usize, wrong: &mut FieldErrors) -> Vec<String> {
    (0..asked)
        .map(|place| {
            let answer = typed.answers.get(place).copied().unwrap_or_default();
            let answer = wrong.take(&format!("answers.{place}"), Answer::parse(answer));
            answer.map(|answer| answer.as_str().to_owned()).unwrap_or_default()
        })
        .collect()
}

/// Milestones need not be given; where they are, they add up to the price.
fn parse_milestones(typed: &ProposalTyped<'_>, total: Option<i64>, wrong: &mut FieldErrors) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for (place, (title, amount)) in typed.milestones.iter().enumerate() {
        if title.trim().is_empty() && amount.trim().is_empty() {
            continue;
        }
        let title = wrong.take(&format!("milestone_title.{place}"), MilestoneTitle::parse(title));
        let amount = wrong.take(&format!("milestone_amount.{place}"), parse_amount(amount));
        if let (Some(title), Some(amount)) = (title, amount) {
            milestones.push(Milestone { title: title.as_str().to_owned(), amount });
        }
    }
    if milestones.len() > 20 {
        wrong.add("milestone_title.0", "Plan at most 20 milestones");
    }
    let sum: i64 = milestones.iter().map(|milestone| milestone.amount).sum();
    if let Some(total) = total
        && wrong.is_empty()
        && !milestones.is_empty()
        && sum != total
    {
        let (sum, total) = (crate::domain::money::plain(sum), crate::domain::money::plain(total));
        wrong.add("amount", format!("Make the price the sum of the milestones: they add up to {sum}, the price is {total}"));
    }
    milestones
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'f>() -> ProposalTyped<'f> {
        ProposalTyped { amount: "100", days: "5", cover_letter: "I can.", ..ProposalTyped::default() }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let typed = ProposalTyped { amount: "x", days: "0", start: "soon", ..ProposalTyped::default() };
        let wrong = ProposalContent::parse(&typed, &[]).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["amount", "days", "start", "cover_letter"]);
    }

    #[test]
    fn milestones_add_up_to_the_price() {
        let milestones = vec![("Half", "50"), ("", ""), ("Rest", "50")];
        let content = ProposalContent::parse(&ProposalTyped { milestones, ..typed() }, &[]).unwrap();
        assert_eq!(content.milestones.len(), 2);
        let wrong = ProposalContent::parse(&ProposalTyped { milestones: vec![("Half", "50")], ..typed() }, &[]).unwrap_err();
        assert!(wrong.on("amount").unwrap().contains("50.00"));
    }

    #[test]
    fn there_is_an_answer_for_each_question() {
        let content = ProposalContent::parse(&ProposalTyped { answers: vec!["yes", "spare"], ..typed() }, &["a".into()]).unwrap();
        assert_eq!(content.answers, ["yes"]);
        let content = ProposalContent::parse(&typed(), &["a".into()]).unwrap();
        assert_eq!(content.answers, [""]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_can_panic(amount in ".{0,20}", days in ".{0,9}", start in ".{0,12}", letter in ".{0,40}") {
            let _ = ProposalContent::parse(&ProposalTyped {
                amount: &amount, days: &days, start: &start, cover_letter: &letter,
                milestones: vec![(&letter, &amount)], ..ProposalTyped::default()
            }, &[]);
        }
    }
}
