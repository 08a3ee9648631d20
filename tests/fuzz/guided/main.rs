//! One target, which `FUZZ_TARGET` names, with libFuzzer.

#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

use libfuzzer_sys::fuzz_target;
use std::env;
use std::sync::LazyLock;
use targets::{TARGETS, Target};

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = env::var("FUZZ_TARGET").expect("FUZZ_TARGET names a target");
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    target.expect("one of the folders in tests/fuzz/corpus").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
