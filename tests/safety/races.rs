//! Many runs for one target.

use crate::place::{NEW, Place, Ran, Tried, Verdict, must};
use crate::report::Trial;
use crate::state::{Start, is_whole, prepare};
use crate::table;
use std::process::{Child, Stdio};

const STARTS: [Start; 3] = [Start::Absent, Start::Empty, Start::Git];

pub fn trials() -> Vec<Trial> {
    vec![(table::TWO, || race(2, 60)), (table::TWENTY, || race(20, 12))]
}

fn race(runs: usize, rounds: usize) -> Tried {
    let mut tried = Tried::default();
    for round in 0..rounds {
        let start = STARTS[round % STARTS.len()];
        tried.runs += runs;
        if let Err(problem) = a_single_run_wins(runs, start) {
            tried.failures.push(format!("{start:?}: {problem}"));
        }
    }
    tried
}

fn a_single_run_wins(runs: usize, start: Start) -> Verdict {
    let place = Place::new();
    prepare(&place, start);
    let spawn = |_| -> Child {
        let mut command = place.roadmap(NEW);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let running: Vec<Child> = (0..runs).map(spawn).collect();
    let ended = running.into_iter().map(|run| run.wait_with_output().expect("it ends").into());
    let ended: Vec<Ran> = ended.collect();
    let done = ended.iter().filter(|ran| ran.code == Some(0)).count();
    let outputs = || ended.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ");
    must(done == 1, || format!("{done} of {runs} are done: {}", outputs()))?;
    for ran in ended.iter().filter(|ran| ran.code != Some(0)) {
        ran.refused()?;
        let known = ["is not empty", "another run of roadmap"];
        must(known.iter().any(|text| ran.stderr.contains(text)), || ran.to_string())?;
    }
    is_whole(&place, start)
}
