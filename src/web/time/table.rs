//! A week as a table: a row for each kind of work, a column for each day, totals both ways.

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::domain::ids::WorkLogId;
use crate::domain::work::{Minutes, Week, WorkLog};

/// The table.
#[derive(Debug, Default)]
pub struct Table {
    /// One for each note.
    pub rows: Vec<Row>,
    /// What was worked on each day.
    pub days: [Minutes; 7],
    /// In the whole week.
    pub total: Minutes,
}

/// One kind of work.
#[derive(Debug)]
pub struct Row {
    /// The sessions' note.
    pub note: String,
    /// Monday first.
    pub cells: [Cell; 7],
    /// All of it.
    pub total: Minutes,
}

/// What was worked on one thing on one day.
#[derive(Debug, Default, Clone)]
pub struct Cell {
    /// How long.
    pub minutes: Minutes,
    /// The session, if it is a single one and lies on this day alone: its hours can be typed over.
    pub log: Option<(WorkLogId, i32)>,
    /// How many sessions there are, or parts of one.
    pub parts: usize,
}

impl Cell {
    /// As it stands in the table; nothing for none.
    pub fn text(&self) -> String {
        if self.minutes.is_zero() { String::new() } else { self.minutes.to_string() }
    }

    /// What the form remembers of the cell: which session it showed, at which version, how long.
    pub fn was(&self) -> String {
        match self.log {
            Some((id, version)) => format!("{id}:{version}:{}", self.minutes.0),
            None if self.parts > 0 => "-".to_owned(),
            None => String::new(),
        }
    }

    /// Whether hours can be typed into it.
    pub fn takes_hours(&self) -> bool {
        self.parts == 0 || self.log.is_some()
    }
}

impl Table {
    /// The table of some sessions of a week, as it is cut in this zone. What runs is counted when it has ended.
    pub fn new(week: Week, zone: &TimeZone, logs: &[WorkLog]) -> Self {
        let edges = week.day_edges(zone);
        let mut table = Self::default();
        for log in logs.iter().filter(|log| log.deleted_at.is_none()) {
            let Some(ended_at) = log.ended_at else { continue };
            table.add(&edges, log, ended_at);
        }
        table
    }

    fn add(&mut self, edges: &[DateTime<Utc>; 8], log: &WorkLog, ended_at: DateTime<Utc>) {
        let place = self.rows.iter().position(|row| row.note == log.note).unwrap_or_else(|| {
            self.rows.push(Row { note: log.note.clone(), cells: Default::default(), total: Minutes(0) });
            self.rows.len() - 1
        });
        let Some(row) = self.rows.get_mut(place) else { return };
        let days = edges.iter().zip(edges.iter().skip(1)).zip(row.cells.iter_mut().zip(&mut self.days));
        for ((begins, ends), (cell, day)) in days {
            let part = Minutes((ended_at.min(*ends) - log.started_at.max(*begins)).num_minutes());
            if part.0 <= 0 {
                continue;
            }
            let is_whole = log.started_at >= *begins && ended_at <= *ends;
            cell.log = if cell.parts == 0 && is_whole { Some((log.id, log.version)) } else { None };
            cell.parts += 1;
            for sum in [&mut cell.minutes, day, &mut row.total, &mut self.total] {
                sum.0 += part.0;
            }
        }
    }
}
