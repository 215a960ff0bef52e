//! All the tests that need the whole program.

// Said once more for clippy, which lets tests fail loudly only where it reads this.
#[cfg(test)]
mod award;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod controls;
#[cfg(test)]
mod dashboard;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod freelancers;
#[cfg(test)]
mod history;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod people;
mod projects;
#[cfg(test)]
mod projects;
#[cfg(test)]
mod proposals;
#[cfg(test)]
mod schema;
#[cfg(test)]
#[expect(dead_code, reason = "what the next tests stand on")]
mod support;
#[cfg(test)]
mod support_holds;
#[cfg(test)]
mod verify;
