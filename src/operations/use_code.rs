//! Using a code up: what everything that asks for one does, under the account's lock.

use serde_json::json;

use crate::db::{Failure, Locked, Tx, events, second_factors, sign_in_attempts};
use crate::domain::event::{EventKind, Happening};
use crate::domain::user::{Code, FactorRefused, SignedInBy, User, Vault};

/// Uses a code of the app's or a recovery code, and forgets the account's failed attempts. The locked row is what keeps two
/// from using the same one; behind it stand `second_factors_step_rises` and `recovery_codes_used_once`.
pub(super) fn use_code(tx: &mut Tx<'_>, user: &mut Locked<User>, code: &Code, vault: &Vault) -> Result<SignedInBy, Failure<FactorRefused>> {
    let factor = second_factors::find(tx, user.id)?.filter(|factor| factor.is_on());
    let factor = factor.ok_or(Failure::Refused(FactorRefused::Off))?;
    let by = match code {
        Code::App(code) => {
            let step = factor.judge(*code, vault, user.at).map_err(Failure::Refused)?;
            second_factors::write_used(tx, user, step)?;
            SignedInBy::AppCode(step.number())
        }
        Code::Recovery(code) => {
            let number = second_factors::write_recovered(tx, user, code)?.ok_or(Failure::Refused(FactorRefused::Wrong))?;
            let left = second_factors::codes_left(tx, user.id)?;
            let facts = json!({ "number": number, "left": left });
            let by = user.id;
            events::append(tx, user, Happening::by(by, EventKind::RecoveryCodeUsed).facts(facts))?;
            SignedInBy::RecoveryCode
        }
    };
    sign_in_attempts::forget_account(tx, &user.email)?;
    Ok(by)
}
