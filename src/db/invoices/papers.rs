//! Papers as files: drawn once, kept for good.

use diesel::prelude::*;

use crate::db::Tx;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::Series;
use crate::schema::invoice_papers;

/// The key of the job that draws a paper.
pub fn paper_key(id: InvoiceId, series: Series) -> String {
    format!("paper:{series}:{id}")
}

/// A paper's bytes, once it is drawn.
pub fn paper(conn: &mut PgConnection, id: InvoiceId, series: Series) -> QueryResult<Option<Vec<u8>>> {
    invoice_papers::table.find((id.0, series.as_str())).select(invoice_papers::bytes).first(conn).optional()
}

/// Keeps a paper. One that was kept already stays: it is the same.
pub fn write_paper(tx: &mut Tx<'_>, id: InvoiceId, series: Series, bytes: &[u8]) -> QueryResult<()> {
    diesel::insert_into(invoice_papers::table)
        .values((invoice_papers::invoice_id.eq(id.0), invoice_papers::series.eq(series.as_str()), invoice_papers::bytes.eq(bytes)))
        .on_conflict((invoice_papers::invoice_id, invoice_papers::series))
        .do_nothing()
        .execute(&mut **tx)
        .map(drop)
}
