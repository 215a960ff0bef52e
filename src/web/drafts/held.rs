//! The body of a long form, held while it is served: if it is refused it becomes a draft; if nobody is signed in, or
//! the database is away, the page that says so carries it.

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};

use super::carried::Carried;
use super::save::keep;
use super::stamp;
use super::words;
use crate::db::Database;
use crate::domain::draft::{DraftFields, Form};
use crate::web::context::Context;
use crate::web::files::sent::{Begun, Whole};
use crate::web::form::{Fields, LARGEST, is_form, new_key};
use crate::web::multipart::{Parts, is_multipart};

/// A long form as it was sent.
#[derive(Debug, Clone)]
pub struct Held {
    form: Form,
    /// Where it was sent to: path and query.
    pub action: String,
    body: Body,
}

/// What is held of it: all of it, or where it comes in parts the texts in front of its files.
#[derive(Debug, Clone)]
enum Body {
    Whole(Bytes),
    Texts(Fields),
}

impl Held {
    /// Holds what is sent to the address of a long form; the handlers read it as ever.
    pub async fn of(request: &mut ServiceRequest) -> Option<Self> {
        let in_parts = is_multipart(request.headers());
        if request.method() != Method::POST || !in_parts && !is_form(request.headers().get(header::CONTENT_TYPE)) {
            return None;
        }
        let action = request.uri().path_and_query()?.as_str().to_owned();
        let form = if request.path() == "/drafts" {
            Form::at(Fields::parse(request.query_string().as_bytes()).get("form"))
        } else {
            Form::at(&action)
        };
        let form = form?;
        if in_parts {
            let body = request.take_payload();
            let mut rest = Parts::of(request.headers(), body);
            let texts = Fields::from_texts(rest.texts().await.ok()?);
            request.extensions_mut().insert(Begun { fields: texts.clone(), rest });
            return Some(Self { form, action, body: Body::Texts(texts) });
        }
        let (mut payload, mut body, mut end) = (request.take_payload(), BytesMut::new(), None);
        while let Some(part) = payload.next().await {
            match part {
                Ok(part) => body.extend_from_slice(&part),
                Err(error) => {
                    end = Some(error);
                    break;
                }
            }
            if u64::try_from(body.len()).is_ok_and(|length| length > LARGEST) {
                break;
            }
        }
        let body = body.freeze();
        let whole = end.is_none() && u64::try_from(body.len()).is_ok_and(|length| length <= LARGEST);
        let heard: Vec<Result<Bytes, PayloadError>> = std::iter::once(Ok(body.clone())).chain(end.map(Err)).collect();
        let again = stream::iter(heard);
        request.set_payload(if whole { boxed(again) } else { boxed(again.chain(payload)) });
        whole.then_some(Self { form, action, body: Body::Whole(body) })
    }

    fn fields(&self) -> Fields {
        match &self.body {
            Body::Whole(body) => Fields::parse(body),
            Body::Texts(texts) => texts.clone(),
        }
    }

    /// For the page that asks to sign in again.
    pub fn carried(&self) -> Option<Carried> {
        Carried::new(self.form, &self.fields())
    }

    /// Every field, for a page that can send the same once more, and then lets go what was kept of it.
    pub fn all(&self) -> Vec<(String, String)> {
        let sent = self.fields();
        let page = Some(sent.get("draft")).filter(|page| !page.is_empty()).map_or_else(new_key, str::to_owned);
        let others = sent.iter().filter(|(name, _)| *name != "draft").map(|(name, value)| (name.to_owned(), value.to_owned()));
        others.chain([("draft".to_owned(), page)]).collect()
    }

    /// What was typed, to be read and copied.
    pub fn readable(&self) -> Vec<(&'static str, String)> {
        words::readable(self.form, self.fields().iter())
    }

    /// Makes a draft of what was refused. Where that cannot be, the page that says so still has the words.
    pub async fn keep_if_refused(&self, answer: &ServiceResponse<impl MessageBody>) {
        let is_refused = matches!(answer.status(), StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY);
        if !is_refused || answer.request().path() == "/drafts" {
            return;
        }
        let (Some(person), Some(database)) = (Context::of(answer.request()).person, answer.request().app_data::<Database>()) else {
            return;
        };
        let sent = answer.request().extensions().get::<Whole>().map(|whole| whole.0.clone()).unwrap_or_else(|| self.fields());
        let fields = DraftFields::gather(self.form, sent.iter());
        if let Err(error) = keep(database, person.id, self.form, fields, stamp(&sent)).await {
            tracing::warn!(%error, "what was refused could not be kept as a draft");
        }
    }
}

fn boxed(stream: impl futures_util::Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Payload {
    Payload::Stream { payload: Box::pin(stream) }
}
