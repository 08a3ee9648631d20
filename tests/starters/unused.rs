//! Code that nobody calls, reported by a tool of the language; a language whose compiler reports it has no row.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The tool by framework, run in the starter with this machine's own programs; `{}` is the folder of this file,
/// which has its configuration.
const TOOLS: &[(&str, &[&str])] = &[
    ("express", &["npx", "--yes", "knip@6.44.2", "--no-config-hints", "--config", "{}/knip.json"]),
    // The virtual environment of the starter is there already.
    (
        "fastapi",
        &[
            "sh",
            "-c",
            ".venv/bin/python -m pip install --quiet vulture==2.16 && .venv/bin/vulture --config '{}/vulture.toml'",
        ],
    ),
    (
        "django",
        &[
            "sh",
            "-c",
            ".venv/bin/python -m pip install --quiet vulture==2.16 && .venv/bin/vulture --config '{}/vulture-django.toml'",
        ],
    ),
    // It sees what is private to a class: no tool of Java's knows what Spring calls.
    (
        "spring-boot",
        &[
            "mvn",
            "--batch-mode",
            "--no-transfer-progress",
            "org.apache.maven.plugins:maven-pmd-plugin:3.28.0:check",
            "-Dpmd.rulesetfiles={}/pmd.xml",
            "-Dpmd.printFailingErrors=true",
        ],
    ),
    // It tells what it finds and ends with 0.
    (
        "net-http",
        &[
            "sh",
            "-c",
            "found=$(go run golang.org/x/tools/cmd/deadcode@v0.52.0 ./...) && echo \"$found\" && test -z \"$found\"",
        ],
    ),
];

pub fn find(root: &Path, framework: &str) -> Result<(), String> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/starters");
    for (_, words) in TOOLS.iter().filter(|(of, _)| *of == framework) {
        let words = words.iter().map(|word| word.replace("{}", &here.to_string_lossy()));
        let words: Vec<String> = words.collect();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(root);
        let output = command.output().map_err(|error| format!("{}: {error}", words[0]))?;
        if !output.status.success() {
            let (out, err) =
                (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            return Err(format!("unused code, says {}:\n{out}\n{err}", words[2]));
        }
    }
    Ok(())
}
