//! What must hold of time worked, of the weeks that it lies in, and of the invoices made of them.

use super::rules::Rule;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "no_minute_twice",
        about: "session",
        broken: "SELECT id, 'begins before an earlier one of the same freelancer ends' FROM (SELECT id, started_at, \
                     max(coalesce(ended_at, 'infinity')) OVER (PARTITION BY freelancer_id ORDER BY started_at, id \
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken \
                     FROM work_logs WHERE deleted_at IS NULL) s \
                 WHERE started_at < taken",
    },
    Rule {
        name: "session_lies_in_its_week",
        about: "session",
        broken: "SELECT w.id, 'lies outside week ' || t.id FROM work_logs w JOIN timesheets t ON t.id = w.timesheet_id \
                 WHERE w.deleted_at IS NULL AND (w.started_at < t.starts_at OR w.ended_at > t.ends_at)",
    },
    Rule {
        name: "week_was_worked",
        about: "week",
        broken: "SELECT t.id, 'was sent with ' || t.minutes || ' minutes, its sessions have ' || w.minutes FROM timesheets t, LATERAL ( \
                     SELECT coalesce(sum(extract(epoch FROM ended_at - started_at)), 0)::bigint / 60 AS minutes FROM work_logs \
                     WHERE freelancer_id = t.freelancer_id AND started_at >= t.starts_at AND started_at < t.ends_at \
                         AND timesheet_id = t.id AND deleted_at IS NULL) w \
                 WHERE t.state IN ('SUBMITTED', 'APPROVED', 'INVOICED') AND w.minutes <> t.minutes",
    },
    Rule {
        name: "week_is_invoiced",
        about: "week",
        broken: "SELECT t.id, 'is ' || t.state || CASE WHEN t.state = 'INVOICED' THEN ', but on no invoice' ELSE ', but on an invoice' END \
                 FROM timesheets t WHERE (t.state = 'INVOICED') <> EXISTS (SELECT FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id \
                     WHERE l.timesheet_id = t.id AND i.status IN ('ISSUED', 'PAID'))",
    },
    Rule {
        name: "milestone_is_paid",
        about: "milestone",
        broken: "SELECT m.id, 'is ' || m.status || CASE WHEN m.status = 'PAID' THEN ', but on no paid invoice' ELSE ', but on a paid invoice' END \
                 FROM milestones m WHERE (m.status = 'PAID') <> EXISTS (SELECT FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id \
                     WHERE l.milestone_id = m.id AND i.status = 'PAID')",
    },
    Rule {
        name: "invoiced_once",
        about: "invoice",
        broken: "SELECT max(i.id), 'has what another has: ' || coalesce('week ' || l.timesheet_id, 'milestone ' || l.milestone_id) \
                 FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE i.status <> 'VOID' \
                 GROUP BY l.timesheet_id, l.milestone_id HAVING count(*) > 1",
    },
    Rule {
        name: "invoice_adds_up",
        about: "invoice",
        broken: "SELECT i.id, 'comes to ' || i.subtotal || ' and ' || i.tax || ' of tax, its lines to ' || l.amount || ' and ' || t.amount \
                 FROM invoices i, LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM invoice_lines WHERE invoice_id = i.id) l, \
                     LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM invoice_taxes WHERE invoice_id = i.id) t \
                 WHERE (i.subtotal, i.tax) IS DISTINCT FROM (l.amount, t.amount)",
    },
    Rule {
        name: "invoice_numbers_without_gap",
        about: "freelancer",
        broken: "SELECT coalesce(n.issuer_id, c.issuer_id), coalesce(n.series, c.series) || ' ' || coalesce(n.year, c.year) || ': ' \
                     || coalesce(n.drawn, 0) || ' numbers up to ' || coalesce(n.highest, 0) || ', the counter stands at ' || coalesce(c.last, 0) \
                 FROM (SELECT issuer_id, series, year, count(DISTINCT seq) AS drawn, max(seq) AS highest, count(*) AS papers FROM ( \
                     SELECT issuer_id, 'INVOICE' AS series, year, seq FROM invoices WHERE seq IS NOT NULL \
                     UNION ALL SELECT issuer_id, 'CREDIT_NOTE', year, seq FROM credit_notes) papers GROUP BY issuer_id, series, year) n \
                 FULL JOIN invoice_counters c ON (c.issuer_id, c.series, c.year) = (n.issuer_id, n.series, n.year) \
                 WHERE (n.papers, n.drawn, n.highest) IS DISTINCT FROM (n.drawn, n.highest::bigint, c.last)",
    },
    Rule {
        name: "void_iff_credited",
        about: "invoice",
        broken: "SELECT i.id, 'is ' || i.status || CASE WHEN i.status = 'VOID' THEN ' without a credit note' ELSE ' and has a credit note' END \
                 FROM invoices i WHERE (i.status = 'VOID') <> EXISTS (SELECT FROM credit_notes n WHERE n.invoice_id = i.id)",
    },
    Rule {
        name: "invoice_has_trace",
        about: "invoice",
        broken: "SELECT i.id, 'is ' || i.status || ', its history ends with ' || coalesce(e.to_state, 'nothing') FROM invoices i \
                 LEFT JOIN LATERAL (SELECT to_state FROM events WHERE stream_kind = 'CONTRACT' AND stream_id = i.contract_id \
                     AND (facts ->> 'invoice')::bigint = i.id ORDER BY seq DESC LIMIT 1) e ON true \
                 WHERE i.status <> 'DRAFT' AND e.to_state IS DISTINCT FROM i.status",
    },
];
