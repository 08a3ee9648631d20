//! Ctrl-C and its kin, noticed instead of dying half-way.

use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What asks a process to end: by a key, by a program, by the end of a terminal.
const ENDINGS: &[c_int] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    #[cfg(unix)]
    signal_hook::consts::SIGHUP,
];

/// A flag that rises when the process is asked to end. From then on it no longer ends by
/// itself, so whoever asks for the flag looks at it.
#[must_use]
pub fn watch_interrupts() -> Arc<AtomicBool> {
    watch(ENDINGS)
}

/// The same while a question stands, for Ctrl-\ too: none of them may end the process while the
/// terminal neither echoes nor shows its cursor.
pub(super) fn watch_questions() -> Arc<AtomicBool> {
    let flag = watch(ENDINGS);
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGQUIT, Arc::clone(&flag));
    flag
}

fn watch(signals: &[c_int]) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in signals {
        // A signal that cannot be watched keeps its own way of ending the process.
        let _ = signal_hook::flag::register(*signal, Arc::clone(&flag));
    }
    flag
}
