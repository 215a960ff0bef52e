// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "tsvector", schema = "pg_catalog"))]
    pub struct Tsvector;
}

diesel::table! {
    abuse_reports (id) {
        id -> Int8,
        kind -> Text,
        subject_id -> Int8,
        reporter_id -> Int8,
        reason -> Text,
        reported_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
        settled_by -> Nullable<Int8>,
        outcome -> Nullable<Text>,
        settled_word -> Nullable<Text>,
    }
}

diesel::table! {
    account_links (id) {
        id -> Int8,
        user_id -> Int8,
        purpose -> Text,
        nonce -> Text,
        token_hash -> Bytea,
        email -> Text,
        made_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    act_words (stream_kind, stream_id, seq) {
        stream_kind -> Text,
        stream_id -> Int8,
        seq -> Int8,
        words -> Text,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Int8,
        user_id -> Int8,
        organisation_id -> Nullable<Int8>,
        name -> Text,
        scopes -> Array<Text>,
        secret_hash -> Bytea,
        hint -> Text,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        last_used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    contract_endings (contract_id) {
        contract_id -> Int8,
        ended_by -> Int8,
        ended_at -> Timestamptz,
        fault -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    contract_terms (contract_id, number) {
        contract_id -> Int8,
        number -> Int4,
        side -> Text,
        proposed_by -> Int8,
        proposed_at -> Timestamptz,
        amount -> Int8,
        days -> Int4,
        weekly_limit -> Nullable<Int4>,
        ends_on -> Nullable<Date>,
        words -> Text,
        milestones -> Jsonb,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Int8>,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    contracts (id) {
        id -> Int8,
        project_id -> Int8,
        proposal_id -> Int8,
        organisation_id -> Int8,
        freelancer_id -> Int8,
        status -> Text,
        kind -> Text,
        amount -> Int8,
        currency -> Text,
        days -> Int4,
        start_on -> Nullable<Date>,
        milestones -> Jsonb,
        proposal_version -> Int4,
        scope_version -> Int4,
        accepted_by -> Int8,
        accepted_at -> Timestamptz,
        version -> Int4,
        ended_by -> Nullable<Text>,
        event_count -> Int8,
        chain_head -> Bytea,
        salt -> Bytea,
        updated_at -> Timestamptz,
        paused_by -> Nullable<Text>,
        approved_total -> Int8,
        paid_total -> Int8,
        terms_number -> Int4,
        weekly_limit -> Nullable<Int4>,
        ends_on -> Nullable<Date>,
        terms_words -> Text,
    }
}

diesel::table! {
    credit_notes (invoice_id) {
        invoice_id -> Int8,
        issuer_id -> Int8,
        year -> Int4,
        seq -> Int4,
        issued_at -> Timestamptz,
        issued_on -> Date,
    }
}

diesel::table! {
    drafts (id) {
        id -> Int8,
        user_id -> Int8,
        kind -> Text,
        subject_id -> Int8,
        state -> Text,
        fields -> Jsonb,
        page -> Text,
        turn -> Int8,
        typed_at -> Timestamptz,
        begun_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    enquiries (id) {
        id -> Int8,
        project_id -> Int8,
        asker_id -> Int8,
        words -> Text,
        asked_at -> Timestamptz,
    }
}

diesel::table! {
    enquiry_answers (enquiry_id, number) {
        enquiry_id -> Int8,
        number -> Int4,
        words -> Text,
        answered_by -> Int8,
        answered_at -> Timestamptz,
    }
}

diesel::table! {
    events (stream_kind, stream_id, seq) {
        stream_kind -> Text,
        stream_id -> Int8,
        seq -> Int8,
        at -> Timestamptz,
        actor_id -> Nullable<Int8>,
        kind -> Text,
        proposal_id -> Nullable<Int8>,
        subject_id -> Nullable<Int8>,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        facts -> Jsonb,
        prev_hash -> Bytea,
        hash -> Bytea,
    }
}

diesel::table! {
    export_chunks (export_id, number) {
        export_id -> Int8,
        number -> Int4,
        bytes -> Bytea,
    }
}

diesel::table! {
    exports (id) {
        id -> Int8,
        user_id -> Int8,
        key -> Text,
        wanted -> Jsonb,
        name -> Text,
        asked_at -> Timestamptz,
        made_at -> Nullable<Timestamptz>,
        lines -> Nullable<Int8>,
        size -> Nullable<Int8>,
    }
}

diesel::table! {
    file_leftovers (place) {
        place -> Text,
        left_at -> Timestamptz,
    }
}

diesel::table! {
    files (id) {
        id -> Int8,
        owner_id -> Int8,
        place -> Text,
        name -> Text,
        kind -> Text,
        size -> Int8,
        added_at -> Timestamptz,
        proposal_id -> Nullable<Int8>,
        message_id -> Nullable<Int8>,
        submission_id -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Tsvector;

    freelancers (user_id) {
        user_id -> Int8,
        headline -> Text,
        skills -> Array<Text>,
        rate -> Nullable<Int8>,
        currency -> Text,
        about -> Text,
        version -> Int4,
        created_at -> Timestamptz,
        listed -> Bool,
        available_from -> Nullable<Date>,
        hours_a_week -> Nullable<Int4>,
        skill_keys -> Array<Text>,
        search -> Tsvector,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    house_hours (id) {
        id -> Int4,
        zone -> Text,
        opens -> Array<Nullable<Int4>>,
        closes -> Array<Nullable<Int4>>,
        holidays -> Array<Nullable<Date>>,
        edition -> Int8,
        changed_at -> Timestamptz,
        changed_by -> Nullable<Int8>,
    }
}

diesel::table! {
    import_rows (import_id, number) {
        import_id -> Int8,
        number -> Int4,
        fields -> Array<Text>,
        ref_key -> Text,
        outcome -> Nullable<Text>,
        project_id -> Nullable<Int8>,
        wrong -> Array<Text>,
    }
}

diesel::table! {
    imports (id) {
        id -> Int8,
        organisation_id -> Int8,
        user_id -> Int8,
        source -> Text,
        name -> Text,
        row_count -> Int4,
        brought_at -> Timestamptz,
        runs -> Int4,
        finished_at -> Nullable<Timestamptz>,
        created -> Nullable<Int4>,
        updated -> Nullable<Int4>,
        unchanged -> Nullable<Int4>,
        failed -> Nullable<Int4>,
    }
}

diesel::table! {
    invitations (id) {
        id -> Int8,
        organisation_id -> Int8,
        role -> Text,
        token_hash -> Bytea,
        note -> Text,
        invited_by -> Int8,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_by -> Nullable<Int8>,
        used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    invoice_counters (issuer_id, series, year) {
        issuer_id -> Int8,
        series -> Text,
        year -> Int4,
        last -> Int4,
    }
}

diesel::table! {
    invoice_lines (invoice_id, place) {
        invoice_id -> Int8,
        place -> Int4,
        contract_id -> Int8,
        issuer_id -> Int8,
        live -> Bool,
        timesheet_id -> Nullable<Int8>,
        milestone_id -> Nullable<Int8>,
        words -> Text,
        minutes -> Nullable<Int4>,
        rate -> Nullable<Int8>,
        amount -> Int8,
    }
}

diesel::table! {
    invoice_papers (invoice_id, series) {
        invoice_id -> Int8,
        series -> Text,
        bytes -> Bytea,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    invoice_taxes (invoice_id, place) {
        invoice_id -> Int8,
        place -> Int4,
        label -> Text,
        basis_points -> Int4,
        base -> Int8,
        amount -> Int8,
    }
}

diesel::table! {
    invoices (id) {
        id -> Int8,
        contract_id -> Int8,
        issuer_id -> Int8,
        organisation_id -> Int8,
        currency -> Text,
        status -> Text,
        live -> Bool,
        version -> Int4,
        issuer_name -> Nullable<Text>,
        client_name -> Nullable<Text>,
        issuer_details -> Text,
        client_details -> Text,
        note -> Text,
        due_on -> Date,
        subtotal -> Int8,
        tax -> Int8,
        total -> Int8,
        created_at -> Timestamptz,
        issued_at -> Nullable<Timestamptz>,
        issued_on -> Nullable<Date>,
        year -> Nullable<Int4>,
        seq -> Nullable<Int4>,
        paid_at -> Nullable<Timestamptz>,
        paid_by -> Nullable<Int8>,
        paid_reference -> Nullable<Text>,
        voided_at -> Nullable<Timestamptz>,
        voided_by -> Nullable<Int8>,
        void_reason -> Nullable<Text>,
    }
}

diesel::table! {
    job_events (id) {
        id -> Int8,
        job_id -> Int8,
        at -> Timestamptz,
        kind -> Text,
        attempt -> Int4,
        version -> Int4,
        found -> Nullable<Int4>,
        progress -> Nullable<Int2>,
        step -> Nullable<Text>,
        error -> Nullable<Text>,
        worker -> Nullable<Text>,
        actor_id -> Nullable<Int8>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Int8,
        organisation_id -> Nullable<Int8>,
        asked_by -> Nullable<Int8>,
        queue -> Text,
        kind -> Text,
        arguments -> Jsonb,
        unique_key -> Text,
        priority -> Int2,
        run_at -> Timestamptz,
        status -> Text,
        attempts -> Int4,
        most_attempts -> Int4,
        version -> Int4,
        lock_token -> Nullable<Uuid>,
        worker -> Nullable<Text>,
        heartbeat_at -> Nullable<Timestamptz>,
        leased_until -> Nullable<Timestamptz>,
        stop_asked_at -> Nullable<Timestamptz>,
        stop_asked_by -> Nullable<Int8>,
        progress -> Int2,
        step -> Text,
        result -> Nullable<Jsonb>,
        error -> Nullable<Text>,
        retry_of -> Nullable<Int8>,
        created_at -> Timestamptz,
        started_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    link_requests (id) {
        id -> Int8,
        purpose -> Text,
        user_id -> Nullable<Int8>,
        email -> Nullable<Text>,
        account -> Bytea,
        address -> Text,
        at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mail_choices (user_id) {
        user_id -> Int8,
        off -> Array<Text>,
        digest -> Text,
    }
}

diesel::table! {
    mail_rounds (one) {
        one -> Bool,
        gathered_up_to -> Int8,
        domain -> Text,
    }
}

diesel::table! {
    mails (id) {
        id -> Int8,
        user_id -> Int8,
        kind -> Text,
        cause -> Text,
        reference -> Text,
        notice_id -> Nullable<Int8>,
        address -> Nullable<Text>,
        message_id -> Text,
        state -> Text,
        attempts -> Int4,
        unsure -> Bool,
        sent_again -> Int4,
        due_at -> Timestamptz,
        made_at -> Timestamptz,
        done_at -> Nullable<Timestamptz>,
        error -> Nullable<Text>,
        link_id -> Nullable<Int8>,
    }
}

diesel::table! {
    memberships (organisation_id, user_id) {
        organisation_id -> Int8,
        user_id -> Int8,
        role -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    message_reports (id) {
        id -> Int8,
        message_id -> Int8,
        reporter_id -> Int8,
        reason -> Text,
        reported_at -> Timestamptz,
    }
}

diesel::table! {
    messages (id) {
        id -> Int8,
        thread_id -> Int8,
        number -> Int4,
        author_id -> Int8,
        words -> Text,
        sent_at -> Timestamptz,
    }
}

diesel::table! {
    milestones (id) {
        id -> Int8,
        contract_id -> Int8,
        place -> Int4,
        title -> Text,
        amount -> Int8,
        due_on -> Nullable<Date>,
        status -> Text,
        submission_count -> Int4,
        version -> Int4,
        moved_at -> Timestamptz,
    }
}

diesel::table! {
    named_lock_waiters (id) {
        id -> Int8,
        key -> Text,
        who -> Text,
        since -> Timestamptz,
        gives_up_at -> Timestamptz,
    }
}

diesel::table! {
    named_locks (key) {
        key -> Text,
        kind -> Text,
        token -> Int8,
        holder -> Nullable<Text>,
        taken_at -> Nullable<Timestamptz>,
        leased_until -> Nullable<Timestamptz>,
        taken -> Int8,
        timed_out -> Int8,
        lapsed -> Int8,
        given_back -> Int8,
        held -> Interval,
    }
}

diesel::table! {
    notice_settings (user_id, kind) {
        user_id -> Int8,
        kind -> Text,
    }
}

diesel::table! {
    notices (user_id, id) {
        id -> Int8,
        user_id -> Int8,
        kind -> Text,
        stream_kind -> Text,
        stream_id -> Int8,
        seq -> Int8,
        proposal_id -> Nullable<Int8>,
        channel -> Text,
        seen_at -> Nullable<Timestamptz>,
        written_in -> Int8,
    }
}

diesel::table! {
    organisations (id) {
        id -> Int8,
        name -> Text,
        version -> Int4,
        event_count -> Int8,
        chain_head -> Bytea,
        salt -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    project_invitations (project_id, freelancer_id) {
        project_id -> Int8,
        freelancer_id -> Int8,
        invited_by -> Int8,
        invited_at -> Timestamptz,
    }
}

diesel::table! {
    project_looks (project_id, user_id) {
        project_id -> Int8,
        user_id -> Int8,
        seen -> Int8,
    }
}

diesel::table! {
    project_references (project_id) {
        project_id -> Int8,
        organisation_id -> Int8,
        source -> Text,
        external_ref -> Text,
        source_key -> Text,
        ref_key -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    project_reminders (project_id, kind, deadline) {
        project_id -> Int8,
        kind -> Text,
        deadline -> Timestamptz,
        told_at -> Timestamptz,
    }
}

diesel::table! {
    project_revisions (project_id, scope_version) {
        project_id -> Int8,
        scope_version -> Int4,
        at -> Timestamptz,
        title -> Text,
        description -> Text,
        skills -> Array<Text>,
        kind -> Text,
        budget_min -> Int8,
        budget_max -> Int8,
        currency -> Text,
        deadline -> Timestamptz,
        questions -> Array<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Tsvector;

    projects (id) {
        id -> Int8,
        organisation_id -> Int8,
        organisation_name -> Text,
        created_by -> Int8,
        status -> Text,
        title -> Text,
        description -> Text,
        excerpt -> Text,
        skills -> Array<Text>,
        kind -> Text,
        budget_min -> Int8,
        budget_max -> Int8,
        currency -> Text,
        deadline -> Timestamptz,
        sealed -> Bool,
        bids_opened_at -> Nullable<Timestamptz>,
        questions -> Array<Text>,
        version -> Int4,
        scope_version -> Int4,
        proposal_count -> Int4,
        accepted_proposal_id -> Nullable<Int8>,
        cancel_reason -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        event_count -> Int8,
        chain_head -> Bytea,
        salt -> Bytea,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        visibility -> Text,
        reopened_at -> Nullable<Timestamptz>,
        held_at -> Nullable<Timestamptz>,
        held_for -> Nullable<Text>,
    }
}

diesel::table! {
    proposal_looks (proposal_id, user_id) {
        proposal_id -> Int8,
        user_id -> Int8,
        looked_at -> Timestamptz,
    }
}

diesel::table! {
    proposal_marks (proposal_id, kind) {
        proposal_id -> Int8,
        kind -> Text,
        stands -> Bool,
        shared -> Bool,
        words -> Text,
        version -> Int4,
        set_by -> Int8,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    proposals (id) {
        id -> Int8,
        project_id -> Int8,
        freelancer_id -> Int8,
        status -> Text,
        amount -> Int8,
        days -> Int4,
        start_on -> Nullable<Date>,
        cover_letter -> Text,
        questions -> Array<Text>,
        answers -> Array<Text>,
        milestones -> Jsonb,
        version -> Int4,
        scope_version -> Int4,
        declined_at -> Nullable<Timestamptz>,
        declined_by -> Nullable<Int8>,
        decline_reason -> Nullable<Text>,
        salt -> Bytea,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        accepted_for -> Nullable<Int8>,
        decline_shared -> Bool,
    }
}

diesel::table! {
    race_runs (id) {
        id -> Int8,
        ran_at -> Timestamptz,
        wrong -> Int4,
        result -> Jsonb,
    }
}

diesel::table! {
    ready_answers (id) {
        id -> Int8,
        title -> Text,
        words -> Text,
        version -> Int4,
        changed_by -> Int8,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    recovery_codes (user_id, number) {
        user_id -> Int8,
        number -> Int2,
        hash -> Bytea,
        made_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    refused_attempts (id) {
        id -> Int8,
        at -> Timestamptz,
        user_id -> Int8,
        act -> Text,
        project_id -> Nullable<Int8>,
        proposal_id -> Nullable<Int8>,
        why -> Text,
    }
}

diesel::table! {
    refused_counts (user_id, hour) {
        user_id -> Int8,
        hour -> Timestamptz,
        count -> Int4,
    }
}

diesel::table! {
    request_keys (user_id, key) {
        user_id -> Int8,
        key -> Text,
        act -> Text,
        digest -> Bytea,
        made_id -> Nullable<Int8>,
        created_at -> Timestamptz,
        made_new -> Bool,
    }
}

diesel::table! {
    reviews (id) {
        id -> Int8,
        contract_id -> Int8,
        side -> Text,
        rating -> Int4,
        words -> Text,
        written_by -> Int8,
        written_at -> Timestamptz,
        version -> Int4,
        shown_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    saved_searches (id) {
        id -> Int8,
        user_id -> Int8,
        name -> Text,
        query -> Text,
        looked_at -> Timestamptz,
    }
}

diesel::table! {
    second_factors (user_id) {
        user_id -> Int8,
        sealed -> Bytea,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Nullable<Int8>,
    }
}

diesel::table! {
    sessions (key_hash) {
        key_hash -> Bytea,
        user_id -> Int8,
        epoch -> Int4,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        id -> Int8,
        agent -> Text,
        address -> Text,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_attempts (id) {
        id -> Int8,
        account -> Bytea,
        address -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    sign_ins (id) {
        id -> Int8,
        user_id -> Int8,
        outcome -> Text,
        agent -> Text,
        address -> Text,
        at -> Timestamptz,
        step -> Nullable<Int8>,
    }
}

diesel::table! {
    submissions (id) {
        id -> Int8,
        milestone_id -> Int8,
        number -> Int4,
        words -> Text,
        sent_at -> Timestamptz,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Int8>,
        answered_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    thread_reads (thread_id, user_id) {
        thread_id -> Int8,
        user_id -> Int8,
        read_up_to -> Int4,
    }
}

diesel::table! {
    threads (id) {
        id -> Int8,
        project_id -> Int8,
        proposal_id -> Int8,
        contract_id -> Nullable<Int8>,
        organisation_id -> Int8,
        freelancer_id -> Int8,
        opened_by -> Int8,
        opened_at -> Timestamptz,
        message_count -> Int4,
        last_message_id -> Int8,
    }
}

diesel::table! {
    ticket_policies (topic) {
        topic -> Text,
        answer_minutes -> Int4,
        next_minutes -> Int4,
    }
}

diesel::table! {
    ticket_words (id) {
        id -> Int8,
        ticket_id -> Int8,
        number -> Int4,
        author_id -> Int8,
        internal -> Bool,
        words -> Text,
        written_at -> Timestamptz,
    }
}

diesel::table! {
    tickets (id) {
        id -> Int8,
        opener_id -> Int8,
        contract_id -> Nullable<Int8>,
        topic -> Text,
        title -> Text,
        status -> Text,
        level -> Int4,
        assignee_id -> Nullable<Int8>,
        merged_into -> Nullable<Int8>,
        clock_from -> Timestamptz,
        due_at -> Nullable<Timestamptz>,
        clock_is_next -> Bool,
        due_under -> Int8,
        history -> Jsonb,
        facts -> Jsonb,
        event_count -> Int8,
        chain_head -> Bytea,
        salt -> Bytea,
        opened_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    timesheets (id) {
        id -> Int8,
        contract_id -> Int8,
        freelancer_id -> Int8,
        week -> Date,
        zone -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        state -> Text,
        version -> Int4,
        minutes -> Nullable<Int4>,
        submitted_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Int8>,
        decided_at -> Nullable<Timestamptz>,
        query_reason -> Nullable<Text>,
    }
}

diesel::table! {
    users (id) {
        id -> Int8,
        email -> Text,
        email_key -> Text,
        name -> Text,
        password_hash -> Text,
        is_admin -> Bool,
        time_zone -> Text,
        theme -> Text,
        version -> Int4,
        session_epoch -> Int4,
        event_count -> Int8,
        chain_head -> Bytea,
        salt -> Bytea,
        created_at -> Timestamptz,
        email_confirmed_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        suspended_at -> Nullable<Timestamptz>,
        suspended_for -> Nullable<Text>,
        appeal_id -> Nullable<Int8>,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Int8,
        hook_id -> Int8,
        project_id -> Int8,
        seq -> Int8,
        kind -> Text,
        created_at -> Timestamptz,
        tries -> Int4,
        tried_at -> Nullable<Timestamptz>,
        status -> Nullable<Int4>,
        error -> Nullable<Text>,
        delivered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_places (hook_id, project_id) {
        hook_id -> Int8,
        project_id -> Int8,
        seq -> Int8,
    }
}

diesel::table! {
    webhooks (id) {
        id -> Int8,
        organisation_id -> Int8,
        address -> Text,
        kinds -> Array<Text>,
        secret -> Text,
        made_by -> Int8,
        created_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    work_logs (id) {
        id -> Int8,
        timesheet_id -> Int8,
        contract_id -> Int8,
        freelancer_id -> Int8,
        started_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        note -> Text,
        origin -> Text,
        stopped_by_house -> Bool,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(account_links -> users (user_id));
diesel::joinable!(api_tokens -> organisations (organisation_id));
diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(contract_endings -> contracts (contract_id));
diesel::joinable!(contract_endings -> users (ended_by));
diesel::joinable!(contract_terms -> contracts (contract_id));
diesel::joinable!(contracts -> users (accepted_by));
diesel::joinable!(credit_notes -> freelancers (issuer_id));
diesel::joinable!(credit_notes -> invoices (invoice_id));
diesel::joinable!(drafts -> users (user_id));
diesel::joinable!(enquiries -> freelancers (asker_id));
diesel::joinable!(enquiries -> projects (project_id));
diesel::joinable!(enquiry_answers -> enquiries (enquiry_id));
diesel::joinable!(enquiry_answers -> users (answered_by));
diesel::joinable!(events -> users (actor_id));
diesel::joinable!(export_chunks -> exports (export_id));
diesel::joinable!(exports -> users (user_id));
diesel::joinable!(files -> messages (message_id));
diesel::joinable!(files -> proposals (proposal_id));
diesel::joinable!(files -> submissions (submission_id));
diesel::joinable!(files -> users (owner_id));
diesel::joinable!(freelancers -> users (user_id));
diesel::joinable!(house_hours -> users (changed_by));
diesel::joinable!(import_rows -> imports (import_id));
diesel::joinable!(import_rows -> projects (project_id));
diesel::joinable!(imports -> organisations (organisation_id));
diesel::joinable!(imports -> users (user_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(invoice_counters -> freelancers (issuer_id));
diesel::joinable!(invoice_papers -> invoices (invoice_id));
diesel::joinable!(invoice_taxes -> invoices (invoice_id));
diesel::joinable!(invoices -> contracts (contract_id));
diesel::joinable!(invoices -> organisations (organisation_id));
diesel::joinable!(job_events -> jobs (job_id));
diesel::joinable!(job_events -> users (actor_id));
diesel::joinable!(jobs -> organisations (organisation_id));
diesel::joinable!(link_requests -> users (user_id));
diesel::joinable!(mail_choices -> users (user_id));
diesel::joinable!(mails -> users (user_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(memberships -> users (user_id));
diesel::joinable!(message_reports -> messages (message_id));
diesel::joinable!(message_reports -> users (reporter_id));
diesel::joinable!(messages -> threads (thread_id));
diesel::joinable!(messages -> users (author_id));
diesel::joinable!(milestones -> contracts (contract_id));
diesel::joinable!(named_lock_waiters -> named_locks (key));
diesel::joinable!(notice_settings -> users (user_id));
diesel::joinable!(project_invitations -> freelancers (freelancer_id));
diesel::joinable!(project_invitations -> projects (project_id));
diesel::joinable!(project_invitations -> users (invited_by));
diesel::joinable!(project_looks -> users (user_id));
diesel::joinable!(project_references -> organisations (organisation_id));
diesel::joinable!(project_reminders -> projects (project_id));
diesel::joinable!(project_revisions -> projects (project_id));
diesel::joinable!(projects -> users (created_by));
diesel::joinable!(proposal_looks -> proposals (proposal_id));
diesel::joinable!(proposal_looks -> users (user_id));
diesel::joinable!(proposal_marks -> proposals (proposal_id));
diesel::joinable!(proposal_marks -> users (set_by));
diesel::joinable!(proposals -> freelancers (freelancer_id));
diesel::joinable!(proposals -> users (declined_by));
diesel::joinable!(ready_answers -> users (changed_by));
diesel::joinable!(recovery_codes -> second_factors (user_id));
diesel::joinable!(refused_attempts -> users (user_id));
diesel::joinable!(refused_counts -> users (user_id));
diesel::joinable!(request_keys -> users (user_id));
diesel::joinable!(reviews -> contracts (contract_id));
diesel::joinable!(reviews -> users (written_by));
diesel::joinable!(saved_searches -> users (user_id));
diesel::joinable!(second_factors -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(sign_ins -> users (user_id));
diesel::joinable!(submissions -> milestones (milestone_id));
diesel::joinable!(submissions -> users (answered_by));
diesel::joinable!(thread_reads -> threads (thread_id));
diesel::joinable!(thread_reads -> users (user_id));
diesel::joinable!(threads -> contracts (contract_id));
diesel::joinable!(threads -> freelancers (freelancer_id));
diesel::joinable!(threads -> organisations (organisation_id));
diesel::joinable!(threads -> projects (project_id));
diesel::joinable!(threads -> users (opened_by));
diesel::joinable!(ticket_words -> tickets (ticket_id));
diesel::joinable!(ticket_words -> users (author_id));
diesel::joinable!(tickets -> contracts (contract_id));
diesel::joinable!(timesheets -> contracts (contract_id));
diesel::joinable!(timesheets -> users (decided_by));
diesel::joinable!(webhook_deliveries -> projects (project_id));
diesel::joinable!(webhook_deliveries -> webhooks (hook_id));
diesel::joinable!(webhook_places -> projects (project_id));
diesel::joinable!(webhook_places -> webhooks (hook_id));
diesel::joinable!(webhooks -> organisations (organisation_id));
diesel::joinable!(webhooks -> users (made_by));

diesel::allow_tables_to_appear_in_same_query!(
    abuse_reports,
    account_links,
    act_words,
    api_tokens,
    contract_endings,
    contract_terms,
    contracts,
    credit_notes,
    drafts,
    enquiries,
    enquiry_answers,
    events,
    export_chunks,
    exports,
    file_leftovers,
    files,
    freelancers,
    house_hours,
    import_rows,
    imports,
    invitations,
    invoice_counters,
    invoice_lines,
    invoice_papers,
    invoice_taxes,
    invoices,
    job_events,
    jobs,
    link_requests,
    mail_choices,
    mail_rounds,
    mails,
    memberships,
    message_reports,
    messages,
    milestones,
    named_lock_waiters,
    named_locks,
    notice_settings,
    notices,
    organisations,
    project_invitations,
    project_looks,
    project_references,
    project_reminders,
    project_revisions,
    projects,
    proposal_looks,
    proposal_marks,
    proposals,
    race_runs,
    ready_answers,
    recovery_codes,
    refused_attempts,
    refused_counts,
    request_keys,
    reviews,
    saved_searches,
    second_factors,
    sessions,
    sign_in_attempts,
    sign_ins,
    submissions,
    thread_reads,
    threads,
    ticket_policies,
    ticket_words,
    tickets,
    timesheets,
    users,
    webhook_deliveries,
    webhook_places,
    webhooks,
    work_logs,
);
