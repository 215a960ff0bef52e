//! Each rule between rows finds what breaks it. The unique indexes and checks that would hinder go first.
use super::finds;
use super::market::Market;

/// Rules' names with what they are about; the guards that were dropped to break them are left out.
#[track_caller]
fn breaks(tamper: impl FnOnce(&Market) -> String, rules: impl FnOnce(&Market) -> Vec<String>) {
    let market = Market::new();
    market.tamper(&tamper(&market));
    let found: Vec<_> = super::found(&market).into_iter().filter(|fault| !fault.starts_with("guard")).collect();
    assert_eq!(found, rules(&market), "{}", super::look(&market));
}

#[test]
fn two_winners() {
    breaks(
        |market| {
            format!("DROP INDEX proposals_one_accepted_per_project; UPDATE proposals SET status = 'ACCEPTED' WHERE id = {}", market.loser)
        },
        |market| {
            vec![
                format!("one_winner: project {}", market.assigned),
                format!("accepted_iff_named: proposal {}", market.loser),
                format!("proposal_has_trace: proposal {}", market.loser),
            ]
        },
    );
}

#[test]
fn a_winner_that_is_not_named() {
    finds(
        |market| format!("UPDATE proposals SET status = 'REJECTED' WHERE id = {}", market.winner),
        |market| vec![format!("accepted_iff_named: proposal {}", market.winner), format!("proposal_has_trace: proposal {}", market.winner)],
    );
}

#[test]
fn an_assigned_project_with_nobody() {
    breaks(
        |market| {
            format!(
                "ALTER TABLE projects DROP CONSTRAINT projects_winner_iff_assigned; \
                 UPDATE projects SET accepted_proposal_id = NULL WHERE id = {}",
                market.assigned
            )
        },
        |market| {
            vec![
                format!("winner_iff_assigned: project {}", market.assigned),
                format!("accepted_iff_named: proposal {}", market.winner),
                format!("contract_of_winner: contract {}", market.contract),
            ]
        },
    );
}

#[test]
fn the_winner_of_another_project() {
    finds(
        |market| format!("UPDATE projects SET accepted_proposal_id = {} WHERE id = {}", market.pending, market.assigned),
        |market| {
            vec![
                format!("accepted_iff_named: proposal {}", market.winner),
                format!("named_is_own: project {}", market.assigned),
                format!("contract_of_winner: contract {}", market.contract),
            ]
        },
    );
}

#[test]
fn a_pending_proposal_beside_a_decided_project() {
    finds(
        |market| format!("UPDATE proposals SET status = 'PENDING' WHERE id = {}", market.loser),
        |market| {
            vec![format!("pending_only_beside_open: proposal {}", market.loser), format!("proposal_has_trace: proposal {}", market.loser)]
        },
    );
}

#[test]
fn two_proposals_of_one_freelancer() {
    breaks(
        |market| {
            format!(
                "ALTER TABLE proposals DROP CONSTRAINT proposals_one_per_freelancer; \
                 UPDATE proposals SET freelancer_id = (SELECT freelancer_id FROM proposals WHERE id = {}) WHERE id = {}",
                market.winner, market.loser
            )
        },
        |market| vec![format!("one_proposal_per_freelancer: project {}", market.assigned)],
    );
}

#[test]
fn a_wrong_count_of_proposals() {
    finds(
        |market| format!("UPDATE projects SET proposal_count = 7 WHERE id = {}", market.open),
        |market| vec![format!("proposal_count: project {}", market.open)],
    );
}

#[test]
fn an_assigned_project_without_a_live_contract() {
    finds(
        |_| "UPDATE contracts SET status = 'COMPLETED'".to_owned(),
        |market| {
            vec![
                format!("live_contract_iff_assigned: project {}", market.assigned),
                format!("contract_ends_with_project: contract {}", market.contract),
                format!("contract_has_trace: contract {}", market.contract),
            ]
        },
    );
}

#[test]
fn a_live_contract_beside_an_open_project() {
    finds(
        |market| format!("UPDATE contracts SET project_id = {0}, proposal_id = {1}", market.open, market.pending),
        |market| {
            vec![
                format!("live_contract_iff_assigned: project {}", market.assigned),
                format!("live_contract_iff_assigned: project {}", market.open),
                format!("contract_of_winner: contract {}", market.contract),
                format!("award_has_trace: contract {}", market.contract),
            ]
        },
    );
}

#[test]
fn a_contract_with_somebody_else() {
    finds(
        |market| format!("UPDATE contracts SET freelancer_id = (SELECT freelancer_id FROM proposals WHERE id = {})", market.loser),
        |market| vec![format!("contract_parties: contract {}", market.contract)],
    );
}

#[test]
fn a_decision_over_sealed_bids() {
    breaks(
        |market| {
            format!(
                "ALTER TABLE projects DROP CONSTRAINT projects_sealed_until_opened; UPDATE projects SET sealed = true WHERE id = {}",
                market.assigned
            )
        },
        |market| vec![format!("sealed_until_opened: project {}", market.assigned)],
    );
}

#[test]
fn an_opening_that_nobody_recorded() {
    finds(
        |market| format!("UPDATE projects SET sealed = true, bids_opened_at = deadline WHERE id = {}", market.open),
        |market| vec![format!("opening_has_trace: project {}", market.open)],
    );
}

#[test]
fn a_bid_that_came_after_the_opening() {
    let market = Market::new();
    market.tamper(&format!("UPDATE events SET kind = 'BIDS_OPENED', proposal_id = NULL WHERE stream_id = {} AND seq = 2", market.open));
    let found = super::found(&market);
    assert!(found.contains(&format!("no_bid_after_opening: proposal {}", market.pending)), "{found:?}");
}

#[test]
fn an_organisation_without_an_owner() {
    finds(
        |_| "UPDATE memberships SET role = 'MANAGER'".to_owned(),
        |market| vec![format!("organisation_has_owner: organisation {}", market.organisation)],
    );
}

#[test]
fn a_state_that_nobody_recorded() {
    finds(
        |market| {
            format!(
                "UPDATE proposals SET status = 'WITHDRAWN' WHERE project_id = {0}; UPDATE projects SET status = 'CANCELLED', proposal_count = 0 WHERE id = {0}",
                market.open
            )
        },
        |market| vec![format!("state_has_trace: project {}", market.open), format!("proposal_has_trace: proposal {}", market.pending)],
    );
}

#[test]
fn a_notice_of_nothing() {
    finds(
        |market| {
            format!(
                "INSERT INTO notices (id, user_id, kind, stream_kind, stream_id, seq) SELECT 7, id, 'AWARDED', 'PROJECT', {0}, 99 FROM users LIMIT 1; \
                 INSERT INTO notices (id, user_id, kind, stream_kind, stream_id, seq) VALUES (8, -1, 'AWARDED', 'PROJECT', {0}, 1)",
                market.open
            )
        },
        |_| vec!["notice_has_event: notice 7".to_owned(), "notice_has_event: notice 8".to_owned()],
    );
}

#[test]
fn a_letter_about_nothing() {
    finds(
        |_| {
            "INSERT INTO mails (id, user_id, kind, cause, reference, message_id) SELECT 7, min(id), 'AWARDED', 'PROJECT:77:1', 'PRJ-0077', 'a' FROM users".to_owned()
        },
        |_| vec!["mail_has_event: letter 7".to_owned()],
    );
}

#[test]
fn a_link_that_did_two_things() {
    let market = Market::new();
    market.tamper(
        "INSERT INTO events (stream_kind, stream_id, seq, at, kind, facts, prev_hash, hash) SELECT 'PERSON', id, event_count + n, now(), \
            'EMAIL_CONFIRMED', '{\"link\": 7}', '', sha256('') FROM users, generate_series(1, 2) n WHERE id = (SELECT min(id) FROM users)",
    );
    assert!(super::found(&market).contains(&"link_once: link 7".to_owned()), "{}", super::look(&market));
}

#[test]
fn a_membership_of_whoever_left() {
    let market = Market::new();
    let left = "UPDATE users SET name = 'Somebody who left', email = 'closed-' || id, password_hash = '', salt = '', is_admin = false, \
        email_confirmed_at = NULL, closed_at = now() WHERE id = (SELECT min(user_id) FROM memberships)";
    market.tamper(left);
    let found = super::found(&market);
    assert!(found.iter().any(|fault| fault.starts_with("nothing_open_of_whoever_left: person")), "{found:?}");
}

#[test]
fn a_look_at_what_has_not_happened() {
    finds(
        |market| {
            format!("INSERT INTO project_looks SELECT {}, min(id), 99 FROM users; INSERT INTO project_looks VALUES (77, 1, 1)", market.open)
        },
        |market| vec!["look_at_what_was: project 77".to_owned(), format!("look_at_what_was: project {}", market.open)],
    );
}
