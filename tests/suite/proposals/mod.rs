//! The pages of proposals, as people use them.
mod accepting;
mod comparing;
mod deciding;
mod refused;
mod sending;

use super::support::given::{self, OpenProject};
use super::support::{database::TestDatabase, site::TestSite};

/// A site with an open project that has so many proposals.
fn site_with_open_project(proposals: usize) -> (TestSite, TestDatabase, OpenProject) {
    let (database, project) = given::database_with_open_project(proposals);
    (TestSite::on(&database), database, project)
}
