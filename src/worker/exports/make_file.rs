//! Making a file: a long list part by part, or all that is kept about a person.

use serde_json::{Value, json};

use crate::db::exports::{self, Export};
use crate::domain::ids::ExportId;
use crate::exports::{Archive, Format, List, NotShown, Wanted, Writer};
use crate::operations::exports::{begin_export, finish_export, keep_part};
use crate::worker::{Hand, Trouble};

/// Makes the file as its reader may have it now. An attempt that was broken off leaves nothing in it.
///
/// # Errors
/// [`Trouble`].
pub async fn make_file(hand: &Hand, id: ExportId) -> Result<Value, Trouble> {
    let found: Option<Export> = hand.database().run(move |conn| Ok::<_, crate::db::Failure<NotShown>>(exports::find(conn, id)?)).await?;
    let Some(export) = found else { return Ok(json!({ "gone": true })) };
    if export.made_at.is_some() {
        return Ok(json!({ "export": id }));
    }
    let wanted: Wanted = serde_json::from_value(export.wanted.clone()).map_err(|error| Trouble::Failed(error.to_string()))?;
    let claim = hand.claim;
    if !hand.database().change(move |conn| begin_export(conn, &claim, id)).await? {
        return Err(Trouble::Stopped);
    }
    let mut file = File { hand, export: &export, place: 1, lines: 0 };
    match wanted {
        Wanted::List { list, format } => file.list(&list, format).await?,
        Wanted::Everything => file.everything().await?,
    }
    let (lines, user) = (file.lines, export.user_id);
    if !hand.database().change(move |conn| finish_export(conn, &claim, id, user, lines)).await? {
        return Err(Trouble::Stopped);
    }
    Ok(json!({ "export": id, "lines": lines, "href": format!("/exports/{id}"), "label": "See the file" }))
}

/// A file as far as it is made.
struct File<'h> {
    hand: &'h Hand,
    export: &'h Export,
    /// Where the next piece goes.
    place: i32,
    /// Rows so far.
    lines: i64,
}

impl File<'_> {
    async fn list(&mut self, list: &List, format: Format) -> Result<(), Trouble> {
        let mut writer = Writer::new(format, list.heads());
        let mut after = None;
        loop {
            let rows = self.read(list, &mut after).await?;
            self.keep(writer.rows(&rows).map_err(Trouble::Failed)?).await?;
            if after.is_none() {
                break;
            }
        }
        self.keep(writer.end().map_err(Trouble::Failed)?).await
    }

    async fn everything(&mut self) -> Result<(), Trouble> {
        let mut archive = Archive::new();
        for list in List::all_own() {
            let mut writers = [Format::Csv, Format::Json].map(|format| (format, Writer::new(format, list.heads()), Vec::new()));
            let mut after = None;
            loop {
                let rows = self.read(&list, &mut after).await?;
                for (_, writer, bytes) in &mut writers {
                    bytes.extend(writer.rows(&rows).map_err(Trouble::Failed)?);
                }
                if after.is_none() {
                    break;
                }
            }
            for (format, mut writer, mut bytes) in writers {
                bytes.extend(writer.end().map_err(Trouble::Failed)?);
                archive.put(&format!("{}.{format}", list.name()), &bytes).map_err(Trouble::Failed)?;
            }
        }
        self.keep(archive.end().map_err(Trouble::Failed)?).await
    }

    /// The rows behind `after`, which moves on: to nothing at the end. What the reader may no longer see has no rows.
    async fn read(&mut self, list: &List, after: &mut Option<i64>) -> Result<Vec<Vec<crate::exports::Cell>>, Trouble> {
        let (wanted, reader, from) = (list.clone(), self.export.user_id, *after);
        let part = self.hand.database().run(move |conn| wanted.read(conn, Some(reader), from)).await?;
        self.lines += i64::try_from(part.rows.len()).unwrap_or_default();
        *after = part.next;
        // How many there are is not known before the end.
        let progress = 95 - 95 / (self.lines / 5000 + 2);
        self.hand.report(i16::try_from(progress).unwrap_or(95), &format!("{} rows", self.lines)).await?;
        Ok(part.rows)
    }

    async fn keep(&mut self, bytes: Vec<u8>) -> Result<(), Trouble> {
        let (claim, id, place) = (self.hand.claim, self.export.id, self.place);
        let kept = self.hand.database().change(move |conn| keep_part(conn, &claim, id, place, &bytes)).await?;
        self.place = kept.ok_or(Trouble::Stopped)?;
        Ok(())
    }
}
