//! Who comes in: whoever brings a token that holds, and not more often than it may. Cookies open nothing here.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};

use super::limit::{Allowance, Limits};
use crate::db::Database;
use crate::domain::token::{Caller, TokenSecret};
use crate::operations::tokens::use_token;
use crate::web::error::PageError;

/// What anybody may read.
const OPEN: &str = "/api/v1/openapi.json";

/// Lets through who may come in, as [`Caller`] among the request's extensions, and says how much of the allowance is left.
pub async fn door(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.path() == OPEN {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let allowance = match enter(&request).await {
        Ok((caller, allowance)) => {
            request.extensions_mut().insert(caller);
            allowance
        }
        Err((error, allowance)) => {
            let mut answer = ServiceResponse::from_err(error, request.into_parts().0);
            allowance.say(answer.headers_mut());
            return Ok(answer);
        }
    };
    let mut answer = next.call(request).await?.map_into_boxed_body();
    allowance.say(answer.headers_mut());
    Ok(answer)
}

async fn enter(request: &ServiceRequest) -> Result<(Caller, Allowance), (PageError, Allowance)> {
    let without = |error| (error, Allowance::Unlimited);
    let secret = secret(request).ok_or_else(|| without(PageError::NoToken))?;
    let app = |what: &str| without(PageError::Broken(format!("no {what}")));
    let database = request.app_data::<Database>().ok_or_else(|| app("database"))?;
    let limits = request.app_data::<Data<Limits>>().ok_or_else(|| app("limits"))?;
    let caller = database.run(move |conn| use_token(conn, &secret)).await.map_err(|failure| without(failure.into()))?;
    let caller = caller.ok_or_else(|| without(PageError::NoToken))?;
    match limits.take(caller.token) {
        Allowance::Spent { limit, seconds } => Err((PageError::TooMany(seconds), Allowance::Spent { limit, seconds })),
        left => Ok((caller, left)),
    }
}

/// `Authorization: Bearer guildhall_…`.
fn secret(request: &ServiceRequest) -> Option<TokenSecret> {
    let said = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = said.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { TokenSecret::parse(secret.trim()) } else { None }
}
