//! `roadmap new` against everything that could make it hurt somebody: the real binary, run
//! some thousand times, on Linux with strace. It ends with the table of docs/safety.md.
//!
//! `cargo test --test safety -- kill` tries the situations that have the word in their text.

#[cfg(target_os = "linux")]
mod faults;
#[cfg(target_os = "linux")]
mod gits;
#[cfg(target_os = "linux")]
mod pauses;
#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod races;
#[cfg(target_os = "linux")]
mod report;
#[cfg(target_os = "linux")]
mod state;
#[cfg(target_os = "linux")]
mod strangers;
#[cfg(target_os = "linux")]
mod table;
#[cfg(target_os = "linux")]
mod targets;
#[cfg(target_os = "linux")]
mod trace;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    report::run()
}

#[cfg(not(target_os = "linux"))]
fn main() {}
