//! Who waits for whom, as a list that is read from above: whoever holds everybody up, and below them those who wait.

use crate::db::lock_waits::Held;

/// One line: so deep under whom it waits for.
#[derive(Debug, Clone)]
pub struct Line {
    /// 0 for who waits for nobody.
    pub depth: usize,
    /// Who.
    pub held: Held,
}

/// Puts everybody below the first one that they wait for. Those who wait in a ring, for the moment until PostgreSQL breaks
/// it up, begin with one of them.
pub fn tree(mut all: Vec<Held>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(all.len());
    while !all.is_empty() {
        let known = |pid: &i32| all.iter().any(|held| held.pid == *pid);
        let root = all.iter().position(|held| !held.waits_for.iter().any(known)).unwrap_or(0);
        let held = all.remove(root);
        below(held, 0, &mut all, &mut lines);
    }
    lines
}

/// How many wait for a process, themselves or behind others who do.
pub fn behind(pid: i32, all: &[Held]) -> usize {
    let mut reached = vec![pid];
    while let Some(next) = all.iter().find(|held| !reached.contains(&held.pid) && held.waits_for.iter().any(|one| reached.contains(one))) {
        reached.push(next.pid);
    }
    reached.len() - 1
}

fn below(held: Held, depth: usize, all: &mut Vec<Held>, lines: &mut Vec<Line>) {
    let pid = held.pid;
    lines.push(Line { depth, held });
    while let Some(next) = all.iter().position(|other| other.waits_for.first() == Some(&pid)) {
        let held = all.remove(next);
        below(held, depth + 1, all, lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(pid: i32, waits_for: &[i32]) -> Held {
        Held {
            pid,
            waits_for: waits_for.to_vec(),
            state: String::new(),
            query: String::new(),
            lasts: 0,
            waited: None,
            object: None,
            began: None,
            is_ours: true,
        }
    }

    fn shape(all: Vec<Held>) -> Vec<(i32, usize)> {
        tree(all).iter().map(|line| (line.held.pid, line.depth)).collect()
    }

    #[test]
    fn who_waits_behind_somebody_who_waits_is_held_up_too() {
        let all = [held(1, &[]), held(2, &[1]), held(3, &[2]), held(4, &[9]), held(5, &[6]), held(6, &[5])];
        assert_eq!((behind(1, &all), behind(2, &all), behind(3, &all), behind(5, &all)), (2, 1, 0, 1));
    }

    #[test]
    fn everybody_stands_once_below_whom_they_wait_for() {
        assert_eq!(shape(vec![held(3, &[2]), held(2, &[1]), held(1, &[]), held(4, &[1, 2])]), [(1, 0), (2, 1), (3, 2), (4, 1)]);
        assert_eq!(shape(Vec::new()), []);
        // whom it waits for has gone meanwhile
        assert_eq!(shape(vec![held(5, &[9])]), [(5, 0)]);
        // a ring
        assert_eq!(shape(vec![held(1, &[2]), held(2, &[1])]), [(1, 0), (2, 1)]);
    }
}
