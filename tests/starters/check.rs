//! `roadmap check` in a starter: every given milestone passes, and the next one is named.

use crate::sandbox::Sandbox;
use serde_json::Value;
use std::path::Path;

/// How many checks passed, and how long they took together, in seconds.
pub fn given_milestones(sandbox: &Sandbox, root: &Path) -> Result<(usize, f64), String> {
    let state = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut process = sandbox.command(env!("CARGO_BIN_EXE_roadmap"), root);
    process.args(["check", "--format", "json"]).env("ROADMAP_STATE_DIR", state.path());
    let output = process.output().map_err(|error| error.to_string())?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("`roadmap check` told no report ({error}):\n{stderr}"))?;
    let milestones = report["milestones"].as_array().cloned().unwrap_or_default();
    let checks: Vec<&Value> = milestones
        .iter()
        .flat_map(|milestone| milestone["checks"].as_array().into_iter().flatten())
        .collect();
    let bad: Vec<String> = checks
        .iter()
        .filter(|check| check["result"] != "passed")
        .map(|check| format!("{}: {:#}", check["id"], check))
        .collect();
    if !output.status.success() || !bad.is_empty() {
        return Err(format!("{} checks did not pass:\n{}\n{stderr}", bad.len(), bad.join("\n")));
    }
    let given = milestones.iter().filter(|milestone| milestone["given"] == true).count();
    if given == 0 || checks.len() < 20 {
        return Err(format!("only {given} milestones with {} checks", checks.len()));
    }
    Ok((checks.len(), checks.iter().filter_map(|check| check["seconds"].as_f64()).sum()))
}
