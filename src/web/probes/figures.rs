//! The figures of the house, as Prometheus reads them: for whoever has the token, and for nobody where there is none.

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use metrics::gauge;
use metrics_exporter_prometheus::PrometheusHandle;
use sha2::{Digest, Sha256};

use super::recorder::{GAUGES, start};
use crate::db::database::PoolState;
use crate::db::gauges::{Gauges, read};
use crate::db::{Database, Failure};

/// What opens the figures, as its hash; nothing: they are closed.
#[derive(Clone)]
pub struct MetricsToken(Option<[u8; 32]>);

impl MetricsToken {
    /// From the settings.
    #[must_use]
    pub fn new(token: Option<&str>) -> Self {
        Self(token.map(|token| Sha256::digest(token).into()))
    }

    /// Compared as hashes, so that the time it takes tells nothing about the token.
    fn opens(&self, request: &HttpRequest) -> bool {
        let said = request.headers().get(AUTHORIZATION).and_then(|said| said.to_str().ok()).and_then(|said| said.split_once(' '));
        let given = said.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| Sha256::digest(token.trim()).into());
        self.0.is_some() && self.0 == given
    }
}

/// `GET /metrics`. What the database tells is left out while it is away; what this process has counted stands.
pub async fn show(request: HttpRequest, token: Data<MetricsToken>, database: Database) -> HttpResponse {
    let Some(recorder) = start().filter(|_| token.opens(&request)) else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("There is nothing here.\n");
    };
    let kept = database.run(|conn| Ok::<_, Failure<()>>(read(conn)?)).await.ok();
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).content_type("text/plain; version=0.0.4; charset=utf-8").body(told(
        recorder,
        database.pool(),
        kept,
    ))
}

fn told(recorder: &PrometheusHandle, pool: PoolState, kept: Option<Gauges>) -> String {
    let [connections, idle, limit] = [pool.connections, pool.idle, pool.limit].map(f64::from);
    // counts beyond 2^53 would lose their last figure
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "Prometheus knows no other numbers")]
    let number = |count: i64| count as f64;
    let process = [connections, idle, limit];
    let house = kept.map(|kept| {
        [
            number(kept.jobs_due),
            number(kept.jobs_running),
            kept.jobs_oldest_due,
            number(kept.job_conflicts),
            number(kept.mails_due),
            kept.mails_oldest_due,
            number(kept.named_locks_held),
            number(kept.named_locks_taken),
            number(kept.named_locks_timed_out),
            number(kept.waiting),
            number(kept.deadlocks),
        ]
    });
    let absent = [f64::NAN; 11];
    for (figure, value) in GAUGES.iter().zip(process.into_iter().chain(house.unwrap_or(absent))) {
        gauge!(figure.name).set(value);
    }
    recorder.render()
}
