//! All orders of the model are looked at: none breaks a promise, and without the token of the claim one is found that does.
use stateright::{Checker, Model};

use super::{Act, Protocol};

#[test]
fn no_order_of_things_breaks_a_promise() {
    let checked = Protocol { fenced: true }.checker().spawn_bfs().join();
    println!("{} states, {} of them different", checked.state_count(), checked.unique_state_count());
    assert!(checked.unique_state_count() > 10_000, "a model that hardly moves proves nothing");
    checked.assert_properties();
}

#[test]
fn without_the_token_an_order_is_found_that_does() {
    let checked = Protocol { fenced: false }.checker().spawn_bfs().join();
    let found = checked.discovery("only the claim that holds ends a job").expect("a counter-example");
    let acts = found.into_actions();
    println!("{acts:?}");
    assert!(acts.contains(&Act::Reap) && acts.iter().any(|act| matches!(act, Act::End(..))), "{acts:?}");
}
