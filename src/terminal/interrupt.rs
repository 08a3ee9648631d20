//! Ctrl-C and its kin, noticed instead of dying half-way.

use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
#[cfg(unix)]
use std::{sync::atomic::Ordering, thread, time::Duration};

/// How long a signal that came just before a wait may go unnoticed.
#[cfg(unix)]
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// What asks a process to end: by a key, by a program, by the end of a terminal.
const END_SIGNALS: &[c_int] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    #[cfg(unix)]
    signal_hook::consts::SIGHUP,
];

/// A flag that rises when the process is asked to end. From then on it no longer ends by
/// itself, so the caller has to check the flag.
#[must_use]
pub fn watch_interrupts() -> Arc<AtomicBool> {
    watch(END_SIGNALS)
}

/// The same while a question stands, for Ctrl-\ too: none of them may end the process while the
/// terminal neither echoes nor shows its cursor.
pub(super) fn watch_questions() -> Arc<AtomicBool> {
    let flag = watch(END_SIGNALS);
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGQUIT, Arc::clone(&flag));
    flag
}

/// Runs `wait`, which ends at a signal that comes while it lasts (EINTR). One that comes between the
/// last look at `flag` and the wait has been handled by then, and nothing would end the wait: so it
/// is sent again. The system hands it to the first thread, which is the one that asks.
#[cfg(unix)]
pub(super) fn interruptible<T>(flag: &AtomicBool, wait: impl FnOnce() -> T) -> T {
    let is_over = AtomicBool::new(false);
    let send_again = || {
        while !is_over.load(Ordering::Relaxed) {
            thread::park_timeout(POLL_INTERVAL);
            if flag.load(Ordering::Relaxed) && !is_over.load(Ordering::Relaxed) {
                let _ = rustix::process::kill_process(rustix::process::getpid(), WAKE_SIGNAL);
            }
        }
    };
    thread::scope(|scope| {
        // Without a thread the first signal has to do.
        let sender = thread::Builder::new().spawn_scoped(scope, send_again);
        let result = wait();
        is_over.store(true, Ordering::Relaxed);
        if let Ok(sender) = sender {
            sender.thread().unpark();
        }
        result
    })
}

/// Any that raises the flag.
#[cfg(unix)]
const WAKE_SIGNAL: rustix::process::Signal = rustix::process::Signal::TERM;

/// Windows ends no wait by a signal.
#[cfg(not(unix))]
pub(super) fn interruptible<T>(_flag: &AtomicBool, wait: impl FnOnce() -> T) -> T {
    wait()
}

fn watch(signals: &[c_int]) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    for signal in signals {
        // A signal that cannot be watched keeps its own way of ending the process.
        let _ = signal_hook::flag::register(*signal, Arc::clone(&flag));
    }
    flag
}
