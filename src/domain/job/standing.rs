//! Who may see a job, and who may steer it.

use super::{Job, JobRefused};
use crate::domain::ids::UserId;
use crate::domain::membership::Role;

/// What a person is to a job.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Who.
    pub user: UserId,
    /// Whether they keep the house.
    pub is_admin: bool,
    /// What they are in the organisation whose job it is.
    pub role: Option<Role>,
}

impl Job {
    /// Members see their organisation's jobs, everybody what they asked for themselves, admins all. To others it is not there.
    pub fn is_seen_by(&self, who: &Standing) -> bool {
        let own = if self.organisation.is_some() { who.role.is_some() } else { self.asked_by == Some(who.user) };
        who.is_admin || own
    }

    /// Whoever asked for it may call it off and have it run again, as may those who manage the organisation's projects, and
    /// admins.
    ///
    /// # Errors
    /// Not there for them, or theirs to see only.
    pub fn is_steered_by(&self, who: &Standing) -> Result<(), JobRefused> {
        if !self.is_seen_by(who) {
            return Err(JobRefused::Missing);
        }
        let may = who.is_admin || self.asked_by == Some(who.user) || who.role.is_some_and(Role::manages_projects);
        if may { Ok(()) } else { Err(JobRefused::NotAllowed) }
    }
}
