//! Lists, one page at a time: `after` is the id of the last row of the page before.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problem::Answer;
use crate::web::error::PageError;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `after` for the next page; null on the last one.
    pub next: Option<i64>,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The last row of the page before.
    pub after: Option<i64>,
}

impl<T: Serialize> Listing<T> {
    /// The answer, with a `Link` to the next page of the list at `address`.
    pub fn answer(&self, address: &str) -> Answer {
        let text = serde_json::to_string(self).map_err(|error| PageError::Broken(error.to_string()))?;
        let mut response = HttpResponse::Ok();
        if let Some(next) = self.next {
            let sign = if address.contains('?') { '&' } else { '?' };
            response.insert_header((header::LINK, format!("<{address}{sign}after={next}>; rel=\"next\"")));
        }
        Ok(response.content_type("application/json").body(text))
    }
}
