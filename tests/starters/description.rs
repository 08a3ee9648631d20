//! The descriptions of the API by Redocly's recommended rules.

use std::path::PathBuf;
use std::process::Command;

const REDOCLY: &str = "@redocly/cli@2.77.0";

/// Lints every description in the templates, as `redocly.yaml` names them.
pub fn lint() -> Result<(), String> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/starters");
    let mut command = Command::new("npx");
    command.args(["--yes", REDOCLY, "lint", "--config", "redocly.yaml", "--format", "stylish"]);
    command.env("REDOCLY_TELEMETRY", "off").env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    let output = command.current_dir(here).output().map_err(|error| format!("npx: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("Redocly finds faults in the descriptions:\n{out}\n{err}"))
}

/// Whether this machine has npx: without Node.js there is no Redocly.
pub fn has_npx() -> bool {
    Command::new("npx").arg("--version").output().is_ok_and(|output| output.status.success())
}
