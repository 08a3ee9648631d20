//! What a run came to, as one text: command, exit code, stdout, stderr and files.

use crate::harness::fixture;
use serde_json::Value;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::path::Path;
use std::process::Output;

pub struct Outcome {
    command: String,
    /// Nothing for a process that a signal ended.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub written: Written,
    home: String,
}

/// What changed on disk: `+` is new, `~` is changed, `-` is gone.
#[derive(Debug, PartialEq, Eq)]
pub struct Written(pub BTreeSet<String>);

impl Written {
    pub fn between(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Self {
        let new = after.keys().filter(|path| !before.contains_key(*path));
        let gone = before.keys().filter(|path| !after.contains_key(*path));
        let changed = after
            .iter()
            .filter(|(path, bytes)| before.get(*path).is_some_and(|earlier| earlier != *bytes));
        let lines = new.map(|path| format!("+ {}", brief(path)));
        let lines = lines.chain(gone.map(|path| format!("- {}", brief(path))));
        Self(lines.chain(changed.map(|(path, _)| format!("~ {}", brief(path)))).collect())
    }
}

/// What git keeps to itself is one line.
fn brief(path: &str) -> String {
    match path.find(".git/") {
        Some(start) => path[..start + ".git/".len()].to_owned(),
        None => path.to_owned(),
    }
}

impl Outcome {
    pub fn new(words: &[OsString], output: &Output, written: Written, home: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let words = words.iter().map(|word| word.to_string_lossy().into_owned());
        let home = home.display().to_string();
        Self {
            command: std::iter::once("roadmap".to_owned())
                .chain(words)
                .collect::<Vec<_>>()
                .join(" "),
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            written,
            home,
        }
    }

    /// The run ended well.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self}");
        self
    }

    /// The run was refused: exit code 2, one `error:` line, advice, and nothing written.
    #[track_caller]
    pub fn refused(self) -> Self {
        assert_eq!(self.code, Some(2), "{self}");
        assert_eq!(self.stdout, "", "{self}");
        let starting =
            |word: &str| self.stderr.lines().filter(|line| line.starts_with(word)).count();
        assert_eq!(starting("error:"), 1, "{self}");
        assert!(self.stderr.starts_with("error:"), "{self}");
        assert!(starting("hint:") >= 1, "{self}");
        assert!(self.written.0.is_empty(), "{self}");
        self
    }

    /// It ended with `code`, with an error on stderr.
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        assert!(self.stderr.contains("error: "), "{self}");
        self
    }

    /// Each of these texts stands in stderr.
    #[track_caller]
    pub fn says(self, all: &[&str]) -> Self {
        for text in all {
            assert!(self.stderr.contains(text), "no `{text}` in\n{self}");
        }
        self
    }

    /// The answer, which must be one JSON object of schema 1 and nothing else.
    #[track_caller]
    pub fn json(&self) -> Value {
        let value: Value =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in\n{self}"));
        assert_eq!(value["schema"], 1, "{self}");
        value
    }

    /// The outcome is what the snapshot of this name says.
    #[track_caller]
    pub fn matches(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/snapshots");
        let expected = Data::read_from(&folder.join(format!("{name}.txt")), Some(DataFormat::Text));
        // `raw`: a snapshot has no wildcards.
        Assert::new()
            .action_env("SNAPSHOTS")
            .eq(Data::text(self.to_string()).raw(), expected.raw());
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
        let mut text = format!("$ {}\nexit: {code}\n", self.command);
        for (heading, part) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !part.is_empty() {
                text.push_str(&format!("\n--- {heading}\n{part}"));
            }
        }
        if !self.written.0.is_empty() {
            text.push_str("\n--- files\n");
            text.extend(self.written.0.iter().map(|line| format!("{line}\n")));
        }
        let fixtures = fixture::folder().display().to_string();
        f.write_str(
            &text
                .replace(&self.home, "[HOME]")
                .replace(&fixtures, "[FIXTURES]")
                .replace('\u{1b}', "␛"),
        )
    }
}
