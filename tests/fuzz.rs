//! Every stored input of the fuzz targets again: those to begin from, and those that once broke a promise. `fuzz/run` looks for more.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use fuzz::TARGETS;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

/// The stored inputs of a target.
fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = fs::read_dir(folder).expect("a folder for each target");
    let mut inputs: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    inputs.sort();
    inputs
}

#[test]
fn no_stored_input_breaks_a_promise() {
    let mut broken = Vec::new();
    for (target, run) in TARGETS {
        let inputs = inputs(target);
        assert!(inputs.len() >= 3, "{target} has inputs to begin from");
        for input in inputs {
            let data = fs::read(&input).expect("a file");
            if catch_unwind(|| run(&data)).is_err() {
                broken.push(input);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
