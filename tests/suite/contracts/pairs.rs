//! Each two rival moves raced against each other: what comes out is what one of the two orders makes.
use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::act::{Act, Deal, Scene, deal_between};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;

const ROUNDS: u32 = 8;

#[test]
fn moves_of_a_contract_that_is_worked_on() {
    use Act::*;
    race_all(
        Scene::Working,
        &[Pause, Terminate, TerminateByFreelancer, Submit(0), TakeBack(0), Request(0), Approve(0), ApproveAll, Cancel(0), Reorder],
    );
}

#[test]
fn answers_to_terms_beside_the_work() {
    use Act::*;
    race_all(Scene::Working, &[Confirm, Decline, WithdrawTerms, Submit(2), Cancel(2), Terminate, Pause]);
}

#[test]
fn completing_beside_everything() {
    use Act::*;
    race_all(Scene::Nearly, &[Complete, Approve(0), Cancel(0), TakeBack(0), Submit(0), TerminateByFreelancer, Pause]);
    race_all(Scene::Done, &[Complete, Confirm, Decline, Terminate, Pause, Reorder]);
}

#[test]
fn resuming_and_opening_again_beside_everything() {
    use Act::*;
    race_all(Scene::Resting, &[Resume, Terminate, Approve(0), Submit(0), Cancel(0)]);
    race_all(Scene::Ended, &[Reopen, Complete, Approve(0), Cancel(0), Terminate]);
}

/// Every pair, each act with itself too.
fn race_all(scene: Scene, acts: &[Act]) {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let freelancers = ["Ada Byron", "Ivo Tanaka"].map(|name| given::freelancer(&mut conn, name));
    let fresh = |conn: &mut PgConnection| {
        let deal = deal_between(conn, &organisation, &freelancers);
        scene.set(conn, &deal);
        deal
    };
    let mut sides = [database.connect(), database.connect()];
    for (place, first) in acts.iter().enumerate() {
        for second in &acts[place..] {
            let mut in_order = |one: Act, two: Act| {
                let deal = fresh(&mut conn);
                let answers = [one.run(&mut conn, &deal), two.run(&mut conn, &deal)];
                (answers, state(&mut conn, &deal))
            };
            let (ab, (ba, end)) = (in_order(*first, *second), in_order(*second, *first));
            let ba = ([ba[1].clone(), ba[0].clone()], end);
            let (mut firsts, mut seconds) = (0, 0);
            for round in 0..ROUNDS {
                let deal = fresh(&mut conn);
                let answers = both(&mut sides, &deal, [*first, *second], round);
                let found = (answers, state(&mut conn, &deal));
                assert!(found == ab || found == ba, "{first:?} beside {second:?} in {scene:?}: {found:#?}, neither {ab:#?} nor {ba:#?}");
                firsts += u32::from(found == ab);
                seconds += u32::from(found == ba);
            }
            println!("{scene:?}: {first:?} beside {second:?}: as if first {firsts}, as if second {seconds} of {ROUNDS}");
        }
    }
    invariants::hold(&database);
}

fn both(sides: &mut [PgConnection; 2], deal: &Deal, acts: [Act; 2], round: u32) -> [Result<(), String>; 2] {
    let start = &Barrier::new(2);
    let go = |conn: &mut PgConnection, act: Act, delay: u32| {
        start.wait();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(200) * delay {
            std::hint::spin_loop();
        }
        act.run(conn, deal)
    };
    let [left, right] = sides;
    std::thread::scope(|threads| {
        let left = threads.spawn(move || go(left, acts[0], round % 5));
        let right = threads.spawn(move || go(right, acts[1], (round + 2) % 5));
        [left.join().expect("one side"), right.join().expect("the other side")]
    })
}

/// All that can be seen of a contract, without ids and times.
fn state(conn: &mut PgConnection, deal: &Deal) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        state: String,
    }
    let query = "SELECT concat_ws(' | ', c.status, c.paused_by, c.amount, c.days, c.terms_number, c.approved_total, p.status, p.version,
            (SELECT string_agg(b.status, ',' ORDER BY b.id) FROM proposals b WHERE b.project_id = p.id),
            (SELECT string_agg(concat_ws(' ', m.title, m.place, m.amount, m.status, m.submission_count), ', ' ORDER BY m.id)
                FROM milestones m WHERE m.contract_id = c.id),
            (SELECT string_agg(concat_ws(' ', m.place, s.number, s.answer), ', ' ORDER BY m.id, s.number)
                FROM submissions s JOIN milestones m ON m.id = s.milestone_id WHERE m.contract_id = c.id),
            (SELECT string_agg(concat_ws(' ', t.number, t.answer), ', ' ORDER BY t.number) FROM contract_terms t WHERE t.contract_id = c.id)
        ) AS state FROM contracts c JOIN projects p ON p.id = c.project_id WHERE c.id = $1";
    let row: Row = diesel::sql_query(query).bind::<BigInt, _>(deal.id.0).get_result(conn).expect("a state");
    row.state
}
