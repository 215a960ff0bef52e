//! What a change of a project's words changed, from the versions that are kept.

use jiff::tz::TimeZone;

use crate::db::events::Recorded;
use crate::domain::event::EventKind;
use crate::domain::project::{Project, Revision};
use crate::web::projects::difference::Difference;

/// The versions of a project, and what its events recorded of their words.
pub struct Kept<'h> {
    /// Whose they are.
    pub project: &'h Project,
    /// Oldest first.
    pub revisions: &'h [Revision],
    /// The events of the page.
    pub events: &'h [Recorded],
}

impl Kept<'_> {
    /// What an event changed of what proposals answer; none inside where the words that are kept are not what was
    /// recorded (somebody's were erased) or were never kept.
    pub fn changed_by(&self, event: &Recorded, zone: &TimeZone) -> Option<Option<Difference>> {
        if event.kind != EventKind::ProjectEdited.as_str() {
            return None;
        }
        let place = self.revisions.iter().position(|revision| revision.at == event.at)?;
        let later = self.revisions.get(place)?;
        let earlier = place.checked_sub(1).and_then(|place| self.revisions.get(place));
        let earlier = earlier.filter(|earlier| earlier.scope_version + 1 == later.scope_version && self.is_sound(earlier));
        Some(earlier.filter(|_| self.is_sound(later)).map(|earlier| Difference::between(earlier, later, zone)))
    }

    fn is_sound(&self, revision: &Revision) -> bool {
        let made = self.events.iter().find(|event| event.at == revision.at);
        let recorded = made.and_then(|event| event.facts.get("words")?.as_str());
        recorded.is_none_or(|recorded| recorded == revision.words_hash(&self.project.salt))
    }
}
