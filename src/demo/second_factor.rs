//! Somebody who signs in with a code, too: who looks after other people's security.

use diesel::prelude::*;

use super::done;
use crate::db::{Connection, Patience, clock, users};
use crate::domain::ids::UserId;
use crate::domain::organisation::InvitationToken;
use crate::domain::user::{FactorSecret, RECOVERY_CODES, RecoveryCode, Vault};
use crate::operations::people::{begin_second_factor, confirm_second_factor};

/// Who.
pub const GUARDED: &str = "daniel@freelance.example";
/// What the app is told; nobody’s secret.
const SECRET: [u8; 20] = *b"a secret for samples";

/// The secret, to be typed into an app.
pub fn secret() -> String {
    FactorSecret::new(SECRET).groups()
}

/// Who has begun to set one up.
const BEGUN: &str = "beth@aldermoor.example";

/// Sets them up as the pages do, sealed under the site's own key.
///
/// # Errors
/// The first operation that failed; the database is then of no use.
pub fn fill_second_factors(url: &str, vault: &Vault) -> anyhow::Result<()> {
    let mut pg = <PgConnection as diesel::Connection>::establish(url)?;
    let mut conn = Connection::new(&mut pg, Patience::None);
    begin(&mut conn, BEGUN, &FactorSecret::new(rand::random()), vault)?;
    let secret = FactorSecret::new(SECRET);
    let person = begin(&mut conn, GUARDED, &secret, vault)?;
    // the code of half a minute ago, so that the one of now is not used up
    let before = clock(&mut conn)? - chrono::TimeDelta::seconds(30);
    let Some(code) = secret.code_at(before) else { anyhow::bail!("there is no code") };
    let random = |_| RecoveryCode::derived(&InvitationToken::new(rand::random()).hash());
    let codes: Vec<_> = (0..RECOVERY_CODES).map(random).collect();
    done(confirm_second_factor(&mut conn, person, code, vault, &codes))
}

fn begin(conn: &mut Connection<'_>, email: &str, secret: &FactorSecret, vault: &Vault) -> anyhow::Result<UserId> {
    let Some(person) = users::by_email(conn, email)? else { anyhow::bail!("{email} has no account") };
    let Some(sealed) = vault.seal(person.id, secret, rand::random()) else { anyhow::bail!("the secret was not sealed") };
    done(begin_second_factor(conn, person.id, &person.password_hash, &sealed))?;
    Ok(person.id)
}
