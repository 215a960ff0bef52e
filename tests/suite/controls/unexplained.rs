//! The check of the raced pairs, tried on twins: what a twin makes of a pair must not pass for one of the two orders.
use super::lab::DROPPED;
use super::twins::naive;
use crate::award::act::Act;
use crate::award::model::State;
use crate::award::pairs::{beginning, order_of};
use crate::support::database::TestDatabase;
use crate::support::given;

/// Twin and rival whose end is the same as if the twin had come first: the rival's act does not touch what the twin's
/// leaves, so that nobody is harmed. In every other pair where the rival leaves the twin nothing to do, there is harm.
const AS_IF_FIRST: [[Act; 2]; 7] = [
    [Act::Withdraw, Act::AcceptOther],
    [Act::Withdraw, Act::Cancel],
    [Act::Revise, Act::Edit],
    [Act::Decline, Act::AcceptOther],
    [Act::Decline, Act::Cancel],
    [Act::Undecline, Act::Revise],
    [Act::LateSubmit, Act::Edit],
];
const HARMFUL: usize = 34;

#[test]
fn no_twin_s_doing_passes_for_one_of_the_two_orders() {
    let database = TestDatabase::weakened(DROPPED);
    let (mut conn, mut other) = (database.connect(), database.connect());
    let organisation = given::organisation(&mut conn);
    let freelancers: Vec<_> = ["Ada Byron", "Ivo Tanaka", "Mira Lindqvist"].map(|name| given::freelancer(&mut conn, name)).into();
    let (mut caught, mut passed) = (Vec::new(), Vec::new());
    for acts in Act::ALL.into_iter().flat_map(|twin| Act::ALL.map(|rival| [twin, rival])) {
        let project = beginning(&mut conn, &organisation, &freelancers, acts);
        let before = State::read(&mut conn, &project);
        let (Ok(_), Ok(between)) = (before.after(acts[0]), before.after(acts[1])) else { continue };
        if between.after(acts[0]).is_ok() {
            continue;
        }
        let mut rival = || acts[1].run(&mut other, &project, 1).expect("the rival comes first");
        naive(acts[0], &mut conn, &project, &mut rival).expect("nothing stops a twin");
        let after = State::read(&mut conn, &project);
        let passes = order_of(acts, &before, &[Ok(()), Ok(())], &after).is_some();
        if passes { passed.push(acts) } else { caught.push(acts) }
    }
    println!("{} twins caught beside their rivals, {} ended as if they had come first", caught.len(), passed.len());
    assert_eq!(passed, AS_IF_FIRST);
    assert_eq!(caught.len(), HARMFUL, "{caught:?}");
}
