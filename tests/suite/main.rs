//! All the tests that need the whole program.
// said once more for clippy, which lets tests fail loudly only where it reads this
#[cfg(test)]
mod award;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod errors;
mod controls;
#[cfg(test)]
mod floors;
#[cfg(test)]
mod freelancers;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod people;
mod proposals;
mod history;
#[cfg(test)]
#[expect(dead_code, reason = "what the next tests stand on")]
mod support;
#[cfg(test)]
mod support_holds;
#[cfg(test)]
mod verify;
