//! Every trigger, and what it says when it refuses.

/// Triggers, each with the name under which it refuses.
pub const TRIGGERS: &[(&str, &str)] = &[
    ("drafts_at_most_fifty_insert", "drafts_at_most_fifty"),
    ("drafts_at_most_fifty_update", "drafts_at_most_fifty"),
    ("threads_between_both_sides", "threads_between_both_sides"),
    ("messages_only_while_open", "messages_only_while_open"),
    ("messages_stay", "messages_stay"),
    ("projects_public_stays_public", "projects_public_stays_public"),
    ("enquiries_only_before_the_deadline", "enquiries_only_before_the_deadline"),
    ("enquiry_answers_only_while_open", "enquiry_answers_only_while_open"),
    ("enquiry_answers_stay", "enquiry_answers_stay"),
    ("events_stay", "events_stay"),
    ("organisations_keep_an_owner_delete", "organisations_keep_an_owner"),
    ("organisations_keep_an_owner_update", "organisations_keep_an_owner"),
    ("projects_legal_moves", "projects_legal_moves"),
    // refuses nothing: it writes what the key demands
    ("projects_named", "projects_client_by_name"),
    ("projects_opening_insert", "projects_bids_opened_after_deadline"),
    ("projects_opening_update", "projects_bids_opened_once"),
    ("projects_sealed_deadline_only_later", "projects_sealed_deadline_only_later"),
    ("projects_sealed_is_settled", "projects_sealed_is_settled"),
    ("projects_whole_award_insert", "proposals_accepted_iff_named"),
    ("projects_whole_award_update", "proposals_accepted_iff_named"),
    ("proposal_marks_version_rises", "proposal_marks_version_rises"),
    ("proposals_legal_moves", "proposals_legal_moves"),
    ("proposals_only_while_open_insert", "proposals_only_while_open"),
    ("proposals_only_while_open_update", "proposals_only_while_open"),
    ("proposals_scope_is_current", "proposals_scope_is_current"),
    ("proposals_whole_award_insert", "proposals_accepted_iff_named"),
    ("proposals_whole_award_update", "proposals_accepted_iff_named"),
];
