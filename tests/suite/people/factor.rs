//! People with a second factor, and the codes of their apps.
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::domain::user::{FactorSecret, RECOVERY_CODES, RecoveryCode, Vault};
use guildhall::operations::people::{begin_second_factor, confirm_second_factor};
use guildhall::schema::users;

use crate::support::given::{self, Somebody, patient};
use crate::support::site::cookies;

/// What a test's site seals secrets with.
pub fn vault() -> Vault {
    Vault::new(cookies().encryption())
}

/// The database's clock.
pub fn now(conn: &mut PgConnection) -> DateTime<Utc> {
    guildhall::db::clock(conn).expect("the time")
}

/// The code of a moment.
pub fn code(secret: &FactorSecret, at: DateTime<Utc>) -> String {
    secret.code_at(at).expect("a code").shown()
}

/// Everybody's recovery codes.
pub fn last_codes() -> Vec<RecoveryCode> {
    (0..RECOVERY_CODES).map(|number| RecoveryCode::derived(&[u8::try_from(number).expect("a small number"); 10])).collect()
}

/// The hash that somebody proved to know.
pub fn proved(conn: &mut PgConnection, somebody: &Somebody) -> QueryResult<String> {
    users::table.find(somebody.id.0).select(users::password_hash).first(conn)
}

/// Lets somebody begin to set one up.
pub fn begin(conn: &mut PgConnection, somebody: &Somebody) -> FactorSecret {
    let secret = FactorSecret::new(rand::random());
    let sealed = vault().seal(somebody.id, &secret, rand::random()).expect("a sealed secret");
    let proved = proved(conn, somebody).expect("the account");
    begin_second_factor(&mut patient(conn), somebody.id, &proved, &sealed).expect("a second factor that is begun");
    secret
}

/// Gives somebody one, by a code of a while ago: that of now was not used.
pub fn guard(conn: &mut PgConnection, somebody: &Somebody) -> FactorSecret {
    let secret = begin(conn, somebody);
    let before = secret.code_at(now(conn) - TimeDelta::seconds(30)).expect("a code");
    confirm_second_factor(&mut patient(conn), somebody.id, before, &vault(), &last_codes()).expect("a second factor");
    secret
}

/// Somebody new who has one.
pub fn guarded(conn: &mut PgConnection, name: &str) -> (Somebody, FactorSecret) {
    let somebody = given::somebody(conn, name);
    let secret = guard(conn, &somebody);
    (somebody, secret)
}
