//! Ctrl-C and its kin, noticed instead of dying half-way.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A flag that rises when the process is asked to end. From then on it no longer ends by
/// itself, so whoever asks for the flag looks at it.
#[must_use]
pub fn watch_interrupts() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in [
        signal_hook::consts::SIGINT,
        signal_hook::consts::SIGTERM,
        #[cfg(unix)]
        signal_hook::consts::SIGHUP,
    ] {
        // A signal that cannot be watched keeps its own way of ending the process.
        let _ = signal_hook::flag::register(signal, Arc::clone(&flag));
    }
    flag
}
