//! What a banner says, as the script that shows it reads it.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::web::respond::Answer;

/// A banner.
#[derive(Debug, Serialize)]
pub struct Banner {
    /// Whole sentences.
    pub text: String,
    /// Where its link leads; "" to the page itself, as it is now.
    pub href: String,
    /// The link's words.
    pub label: &'static str,
}

/// Answers a banner, or nothing where there is no news.
pub fn answer(banner: Option<Banner>) -> Answer {
    Ok(banner.map_or_else(|| HttpResponse::NoContent().finish(), |banner| HttpResponse::Ok().json(banner)))
}

/// `2 new proposals, 1 changed proposal.`; nothing where nothing is counted. Each with its words for one and for several.
pub fn counted(all: impl IntoIterator<Item = (usize, &'static str, &'static str)>) -> Option<String> {
    let parts: Vec<String> = all
        .into_iter()
        .filter_map(|(count, one, many)| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}
