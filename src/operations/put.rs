//! Putting a project under the name that another system has for it: one place for whoever puts one and whoever brings many.

use serde_json::json;

use crate::db::{Failure, Fault, Tx, events, projects};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, ProjectId, UserId};
use crate::domain::project::{ChangeRefused, ProjectContent, ProjectStatus, Put, Reference};
use crate::operations::reworded;

/// Makes the project, or changes the one that is `known` by this name, at the version that was `seen`, if one was. What is
/// refused is refused before anything is written.
///
/// # Errors
/// [`ChangeRefused`], or whatever broke.
pub fn put(
    tx: &mut Tx<'_>,
    by: UserId,
    organisation: OrganisationId,
    reference: &Reference,
    content: &ProjectContent,
    (known, seen): (Option<ProjectId>, Option<i32>),
) -> Result<Put, Failure<ChangeRefused>> {
    match known {
        Some(id) => update(tx, by, id, content, seen),
        None => make(tx, by, organisation, reference, content, seen),
    }
}

/// What was read before may be old: whoever takes the name makes the project, and whoever finds it taken changes that.
fn make(
    tx: &mut Tx<'_>,
    by: UserId,
    organisation: OrganisationId,
    reference: &Reference,
    content: &ProjectContent,
    seen: Option<i32>,
) -> Result<Put, Failure<ChangeRefused>> {
    let member = projects::membership(tx, organisation, by)?.ok_or(Failure::Refused(ChangeRefused::Missing))?;
    if !member.role.manages_projects() {
        return Err(Failure::Refused(ChangeRefused::NotAllowed));
    }
    let Some(id) = projects::write_referred(tx, organisation, reference)? else {
        // whoever had taken it has let it go meanwhile, if there is none now
        let taken = projects::by_reference(tx, organisation, reference)?.ok_or(Fault::Busy(None))?;
        return update(tx, by, taken, content, seen);
    };
    if let Some(seen) = seen {
        return Err(Failure::Refused(ChangeRefused::Changed { seen, now: 0 }));
    }
    let mut project = projects::draft(tx, projects::DraftRow { organisation, by, id: Some(id) }, content)?;
    let what = Happening::by(by, EventKind::ProjectDrafted)
        .moved(None, ProjectStatus::Draft.as_str())
        .facts(json!({ "version": project.version, "words": project.words_hash(content) }));
    events::append(tx, &mut project, what)?;
    Ok(Put { project: id, new: true, changed: true, version: project.version })
}

fn update(tx: &mut Tx<'_>, by: UserId, id: ProjectId, content: &ProjectContent, seen: Option<i32>) -> Result<Put, Failure<ChangeRefused>> {
    let Some(mut project) = projects::lock(tx, id)? else { return Err(Failure::Refused(ChangeRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    let bid_came = projects::has_sealed_bids(tx, &project)?;
    match project.may_edit(member.as_ref(), content, seen, bid_came, project.at) {
        // A machine that did not hear the answer puts the same once more; one that brings all there is, what was decided long ago.
        Err(ChangeRefused::Changed { .. } | ChangeRefused::ProjectIs(_) | ChangeRefused::Held) if !content.changes(&project) => {}
        judged => judged.map_err(Failure::Refused)?,
    }
    let before = project.version;
    let version = reworded(tx, &mut project, by, content)?;
    Ok(Put { project: id, new: false, changed: version != before, version })
}
