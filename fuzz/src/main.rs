//! libFuzzer on one target, which the environment variable `FUZZ_TARGET` names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use roadmap_fuzz::{TARGETS, Target};
use std::sync::LazyLock;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let target = TARGETS.iter().find(|(target, _)| *target == name);
    target.expect("FUZZ_TARGET names a target of lib.rs").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
