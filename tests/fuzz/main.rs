//! What strangers write, to the parts that read it: every stored input again, those to begin from and those that once broke
//! a promise; and, when asked for, changed ones.

mod mutation;
mod targets;

use mutation::Mutator;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// An input that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(20);

fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target)
}

/// The stored inputs of a target.
fn inputs(target: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(target)).expect("a folder for each target");
    let mut inputs: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 3, "{target} has inputs to begin from");
    inputs
}

fn read(input: &PathBuf) -> Vec<u8> {
    fs::read(input).expect("a file")
}

#[test]
fn no_stored_input_breaks_a_promise() {
    let mut broken = Vec::new();
    for (target, run) in TARGETS {
        for input in inputs(target) {
            let data = read(&input);
            if catch_unwind(|| run(&data)).is_err() {
                broken.push(input);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The same 1,000 inputs each time, in seven seconds for each target at most. `FUZZ_SECONDS` searches for so long, `FUZZ_TARGET`
/// names a target, `FUZZ_SEED` another sequence.
#[test]
fn no_changed_input_breaks_a_promise() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let seconds = number("FUZZ_SECONDS");
    let time = Duration::from_secs(seconds.unwrap_or(7));
    let max = if seconds.is_some() { u64::MAX } else { 1_000 };
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let only = std::env::var("FUZZ_TARGET").ok();
    for (target, run) in
        TARGETS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name))
    {
        let corpus = inputs(target).iter().map(read).collect();
        let count = change(run, Mutator::new(corpus, seed), time, max).unwrap_or_else(|input| {
            let path = folder(target).join(format!("found-{:016x}", mutation::hash(&input)));
            fs::write(&path, &input).expect("the corpus can be written");
            panic!("{target} breaks a promise, or hangs, with {}", path.display());
        });
        report(&format!("{target}: {count} executions"));
    }
}

#[expect(clippy::print_stdout, reason = "the figures of a run")]
fn report(line: &str) {
    println!("{line}");
}

/// Runs changed inputs for so long, and `max` at most; returns how many there were; or the one that panics or hangs.
fn change(
    run: &'static Target,
    mut mutator: Mutator,
    time: Duration,
    max: u64,
) -> Result<u64, Vec<u8>> {
    let begin = Instant::now();
    let current = Arc::new(Mutex::new((begin, Vec::new())));
    let shared = Arc::clone(&current);
    let worker = thread::spawn(move || {
        let mut count = 0;
        while begin.elapsed() < time && count < max {
            let input = mutator.next_input();
            *shared.lock().unwrap_or_else(PoisonError::into_inner) =
                (Instant::now(), input.clone());
            catch_unwind(|| run(&input)).map_err(|_| input)?;
            count += 1;
        }
        Ok(count)
    });
    while !worker.is_finished() {
        thread::sleep(Duration::from_millis(20));
        let current = current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0.elapsed() > LIMIT {
            return Err(current.1.clone());
        }
    }
    worker.join().expect("its panics are caught")
}
