//! The program without which the checks of some milestones cannot run.

use std::process::{Command, Stdio};

/// The variable that names programs that must be here, with commas between them.
const REQUIRED: &str = "ROADMAP_REQUIRE";
/// What trials are ignored for where it is missing.
pub const REASON: &str = "needs redis-server";

/// Whether the checks of a milestone start a broker.
pub fn is_needed(milestone: &str) -> bool {
    milestone == "scale-out"
}

/// Whether there is none on this machine, and none is required.
pub fn is_missing() -> bool {
    let required = std::env::var(REQUIRED).unwrap_or_default();
    let runs = |program: &&str| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::null()).status().is_ok()
    };
    !required.split(',').any(|name| name == "redis-server")
        && !["redis-server", "valkey-server"].iter().any(runs)
}
