//! What a freelancer typed into the proposal form: kept through every page until it is sent.

use jiff::tz::TimeZone;

use super::terms::{Change, Terms};
use crate::db::files::Listed;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::FileId;
use crate::domain::money;
use crate::domain::project::Project;
use crate::domain::proposal::{Proposal, ProposalTyped};
use crate::web::files::sent::Sent;
use crate::web::form::{Fields, new_key};

/// The form's fields as text.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub amount: String,
    pub days: String,
    pub start: String,
    pub cover_letter: String,
    pub answers: Vec<String>,
    pub milestones: Vec<Row>,
    /// The own proposal's version; empty when new; nothing where the field did not come at all.
    version: Option<String>,
    /// The project's scope.
    scope_version: Option<i32>,
    /// What the project said when the form was opened, in words.
    seen: Terms,
    /// The page that has saved a draft of it; empty where there is none.
    pub draft: String,
    /// The files that are to be on it.
    pub files: Vec<FileId>,
    /// Those that were on the own proposal when the form was opened.
    had_files: Vec<FileId>,
}

/// A milestone's row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub title: String,
    pub amount: String,
}

impl Typed {
    /// A form that nobody has filled in.
    pub fn new(project: &Project, zone: &TimeZone) -> Self {
        Self {
            answers: vec![String::new(); project.questions.len()],
            version: Some(String::new()),
            scope_version: Some(project.scope_version),
            seen: Terms::of(project, zone),
            ..Self::default()
        }
    }

    /// A form that shows what was sent before.
    pub fn own(own: &Proposal, files: &[Listed], project: &Project, zone: &TimeZone) -> Self {
        let files: Vec<_> = files.iter().map(|file| file.id).collect();
        let row = |milestone: crate::domain::proposal::Milestone| Row { title: milestone.title, amount: money::plain(milestone.amount) };
        Self {
            amount: money::plain(own.amount),
            days: own.days.to_string(),
            start: own.start_on.map(|day| day.to_string()).unwrap_or_default(),
            cover_letter: own.cover_letter.clone(),
            answers: answers_to(&project.questions, &own.questions, &own.answers),
            milestones: own.milestones().into_iter().map(row).collect(),
            version: Some(own.version.to_string()),
            had_files: files.clone(),
            files,
            ..Self::new(project, zone)
        }
    }

    /// What a form sent.
    pub fn sent(fields: &Fields) -> Self {
        let all = |name| fields.all(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let one = |name| fields.get(name).to_owned();
        let (titles, amounts) = (all("milestone_title"), all("milestone_amount"));
        let at = |texts: &[String], place| texts.get(place).cloned().unwrap_or_default();
        let row = |place| Row { title: at(&titles, place), amount: at(&amounts, place) };
        Self {
            amount: one("amount"),
            days: one("days"),
            start: one("start"),
            cover_letter: one("cover_letter"),
            answers: all("answers"),
            milestones: (0..titles.len().max(amounts.len())).map(row).collect(),
            version: fields.has("version").then(|| one("version")),
            scope_version: fields.version("scope_version"),
            seen: Terms {
                budget: one("seen_budget"),
                deadline: one("seen_deadline"),
                skills: one("seen_skills"),
                description: one("seen_description"),
                questions: all("seen_question"),
            },
            draft: one("draft"),
            files: numbers(&all("file")),
            had_files: numbers(&all("had_files")),
        }
    }

    /// What a form sent that takes files.
    pub fn sent_with(sent: &Sent) -> (Self, FieldErrors) {
        let (files, errors) = sent.files();
        (Self { files, ..Self::sent(&sent.fields) }, errors)
    }

    /// The files that are to be on it; nothing where there are none and were none.
    pub fn wanted_files(&self) -> Option<Vec<FileId>> {
        (!self.files.is_empty() || !self.had_files.is_empty()).then(|| self.files.clone())
    }

    /// As its draft holds it, for the project as it is now: what that said otherwise is answered too. The version of the
    /// own proposal stays the one that was seen.
    pub fn draft(fields: &Fields, project: &Project, zone: &TimeZone) -> (Self, Vec<Change>) {
        let typed = Self::sent(fields);
        if typed.scope_version.is_none_or(|seen| seen == project.scope_version) {
            return (typed, Vec::new());
        }
        let (changes, version) = (typed.changes(project, zone), typed.version.clone());
        (Self { version, ..typed.brought_up_to(project, None, zone) }, changes)
    }

    /// What was refused is a draft now: sending it lets that go.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.draft = new_key();
        self
    }

    /// As the domain judges it.
    pub fn words(&self) -> ProposalTyped<'_> {
        ProposalTyped {
            amount: &self.amount,
            days: &self.days,
            start: &self.start,
            cover_letter: &self.cover_letter,
            answers: self.answers.iter().map(String::as_str).collect(),
            milestones: self.milestones.iter().map(|row| (row.title.as_str(), row.amount.as_str())).collect(),
        }
    }

    /// The version of the own proposal that the form showed; 0 where it showed none, so that a proposal sent from
    /// another window meanwhile is not written over unseen.
    pub fn seen_version(&self) -> Option<i32> {
        self.version.as_ref().map(|typed| typed.trim().parse().unwrap_or(0))
    }

    /// The project's scope that the form showed.
    pub fn seen_scope(&self) -> Option<i32> {
        self.scope_version
    }

    /// Every field with its value, for a form that carries them unseen.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields: Vec<(&str, String)> = vec![
            ("amount", self.amount.clone()),
            ("days", self.days.clone()),
            ("start", self.start.clone()),
            ("cover_letter", self.cover_letter.clone()),
        ];
        fields.extend(self.answers.iter().map(|answer| ("answers", answer.clone())));
        for row in &self.milestones {
            fields.push(("milestone_title", row.title.clone()));
            fields.push(("milestone_amount", row.amount.clone()));
        }
        fields.extend(self.files.iter().map(|file| ("file", file.to_string())));
        fields.extend(self.unseen());
        fields
    }

    /// What a form carries without showing it.
    pub fn unseen(&self) -> Vec<(&'static str, String)> {
        let mut fields: Vec<(&str, String)> = self.version.iter().map(|version| ("version", version.clone())).collect();
        fields.push(("scope_version", self.scope_version.map(|scope| scope.to_string()).unwrap_or_default()));
        let seen = &self.seen;
        let terms = [
            ("seen_budget", &seen.budget),
            ("seen_deadline", &seen.deadline),
            ("seen_skills", &seen.skills),
            ("seen_description", &seen.description),
        ];
        fields.extend(terms.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())));
        fields.extend(seen.questions.iter().map(|question| ("seen_question", question.clone())));
        fields.extend(self.had_files.iter().map(|file| ("had_files", file.to_string())));
        fields.push(("draft", self.draft.clone()));
        fields
    }

    /// The same words, to be written over the own proposal as it is now.
    #[must_use]
    pub fn over(&self, own: &Proposal) -> Self {
        Self { version: Some(own.version.to_string()), ..self.clone() }
    }

    /// The same words, for the project and the own proposal as they are now: whoever sends them has seen both.
    #[must_use]
    pub fn brought_up_to(&self, project: &Project, own: Option<&Proposal>, zone: &TimeZone) -> Self {
        let seen = if self.seen.questions.is_empty() { &project.questions } else { &self.seen.questions };
        Self {
            answers: answers_to(&project.questions, seen, &self.answers),
            version: Some(own.map(|own| own.version.to_string()).unwrap_or_default()),
            scope_version: Some(project.scope_version),
            seen: Terms::of(project, zone),
            ..self.clone()
        }
    }

    /// What the project says otherwise than when the form was opened.
    pub fn changes(&self, project: &Project, zone: &TimeZone) -> Vec<Change> {
        self.seen.changes(project, zone)
    }

    /// Adds an empty milestone row.
    pub fn more(&mut self) {
        self.milestones.push(Row::default());
    }

    /// Takes a milestone's row away, counted from 0.
    pub fn less(&mut self, place: usize) {
        if place < self.milestones.len() {
            self.milestones.remove(place);
        }
    }
}

/// What makes no sense as a number is passed over: who sends it is told where the files are judged.
fn numbers(texts: &[String]) -> Vec<FileId> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

/// Answers in the order of the questions that are asked now, by the words of the question; one that stayed in its
/// place keeps its answer though it was put otherwise.
fn answers_to(asked: &[String], before: &[String], answers: &[String]) -> Vec<String> {
    let answer = |(place, question): (usize, &String)| {
        let same = before.iter().position(|earlier| earlier == question);
        let reworded = || Some(place).filter(|place| before.get(*place).is_some_and(|earlier| !asked.contains(earlier)));
        same.or_else(reworded).and_then(|place| answers.get(place)).cloned().unwrap_or_default()
    };
    asked.iter().enumerate().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn answers_follow_their_questions() {
        let (before, answers) = (texts(&["When?", "Where?"]), texts(&["Monday", "Here"]));
        assert_eq!(answers_to(&texts(&["Where?", "When?"]), &before, &answers), ["Here", "Monday"]);
        assert_eq!(answers_to(&texts(&["When exactly?", "Where?", "Why?"]), &before, &answers), ["Monday", "Here", ""]);
    }

    #[test]
    fn what_was_typed_comes_through_a_form_unchanged() {
        let body = b"amount=6+400&answers=a&answers=%0Ab&milestone_title=x&milestone_amount=&version=&seen_question=q&scope_version=2";
        let typed = Typed::sent(&Fields::parse(body));
        assert_eq!(typed.seen_version(), Some(0));
        let mut again = form_urlencoded::Serializer::new(String::new());
        again.extend_pairs(typed.fields());
        assert_eq!(Typed::sent(&Fields::parse(again.finish().as_bytes())).fields(), typed.fields());
        assert_eq!(Typed::sent(&Fields::parse(b"amount=1")).seen_version(), None);
    }
}
