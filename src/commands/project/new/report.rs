//! The output about a new starter, as text and as JSON.

use super::target::StarterTarget;
use crate::catalog::Catalog;
use crate::cli::{Format, NewArgs};
use crate::shell;
use crate::starter::{File, Generated, MissingTool, RequiredTool, is_on_path, missing_tools};
use crate::terminal::Screen;
use crate::terminal::views::new::NewStarter;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::env;
use std::time::Duration;

/// How long the tools may take to say their versions, all at once.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The output of `roadmap new`.
#[derive(Debug, Serialize)]
pub(super) struct NewOutput {
    project: String,
    language: String,
    framework: String,
    name: String,
    path: String,
    files: Vec<WrittenFile>,
    pub commit: Option<String>,
    /// Lines to paste.
    next: Vec<String>,
    /// The path that became the pick, as words.
    #[serde(skip)]
    pub picked: Option<String>,
    #[serde(skip)]
    details: TextDetails,
}

/// What only the text tells.
#[derive(Debug)]
struct TextDetails {
    project: String,
    path: String,
    dest: String,
    address: Option<String>,
    dry_run: bool,
    /// Lines that a script may want, and a person need not type.
    needless: Vec<String>,
    test: Vec<String>,
}

#[derive(Debug, Serialize)]
struct WrittenFile {
    path: String,
    bytes: usize,
    /// `None` unless the format is JSON: a checksum of every file takes a tenth of all the time.
    sha256: Option<String>,
    executable: bool,
}

impl NewOutput {
    pub(super) fn new(
        generated: &Generated,
        target: &StarterTarget,
        catalog: &Catalog<'_>,
        args: &NewArgs,
    ) -> Self {
        let request = &generated.request;
        let checksums = args.format == Format::Json;
        let enter = (target.typed != ".").then(|| {
            let typed = target.typed.as_str();
            // A path that starts with a hyphen would be an option.
            let words =
                if typed.starts_with('-') { vec!["cd", "--", typed] } else { vec!["cd", typed] };
            shell::line(words)
        });
        let (language, framework) = (&request.language, &request.framework);
        Self {
            project: request.project.clone(),
            language: language.clone(),
            framework: framework.clone(),
            name: request.name.to_string(),
            path: target.path.display().to_string(),
            files: generated.tree.files.iter().map(|file| written_file(file, checksums)).collect(),
            commit: None,
            picked: None,
            next: enter.into_iter().chain(generated.lines()).collect(),
            details: TextDetails {
                project: request.project_title.clone(),
                path: format!(
                    "{} with {}",
                    catalog.language_title(language),
                    catalog.framework_title(framework)
                ),
                dest: target.typed.clone(),
                address: generated.address.clone(),
                dry_run: args.dry_run,
                needless: generated.needless_lines(),
                test: generated.test_lines(),
            },
        }
    }

    /// Leaves out the lines that `--install` has run.
    pub(super) fn installed(&mut self, generated: &Generated) {
        let done = generated.install_lines();
        self.next.retain(|line| !done.contains(line));
    }

    /// Notes on the tools that are missing or too old. Where speed counts, in scripts, PATH alone is
    /// looked at: asking for versions takes longer than all the rest.
    pub(super) fn tool_notes(
        &self,
        generated: &Generated,
        args: &NewArgs,
        screen: &Screen,
    ) -> Vec<String> {
        let asks = args.format == Format::Text && !args.no_git && !screen.is_quiet();
        let missing = if asks {
            let needed = generated.tools.iter().map(|tool| RequiredTool {
                name: &tool.name,
                minimum: &tool.minimum,
                version: &tool.version,
            });
            missing_tools(&needed.collect::<Vec<_>>(), &env::temp_dir(), TIMEOUT)
        } else {
            let absent = generated.tools.iter().filter(|tool| !is_on_path(&tool.name));
            let absent = absent.map(|tool| MissingTool {
                name: tool.name.clone(),
                minimum: tool.minimum.clone(),
                version: None,
            });
            absent.collect()
        };
        let note = |missing: &MissingTool| {
            let tool = generated.tools.iter().find(|tool| tool.name == missing.name);
            let url = tool.map(|tool| tool.url.as_str()).unwrap_or_default();
            format!("{missing}: {url}")
        };
        missing.iter().map(note).collect()
    }

    pub(super) fn new_starter(&self) -> NewStarter {
        NewStarter {
            path: self.details.path.clone(),
            name: self.name.clone(),
            project: self.details.project.clone(),
            address: self.details.address.clone(),
            picked: self.picked.clone(),
            dest: self.details.dest.clone(),
            files: self.files.iter().map(|file| (file.path.clone(), file.bytes)).collect(),
            commit: self.commit.clone(),
            dry_run: self.details.dry_run,
            next: self
                .next
                .iter()
                .filter(|line| !self.details.needless.contains(line))
                .cloned()
                .collect(),
            test: self.details.test.clone(),
        }
    }
}

fn written_file((path, file): (&String, &File), checksum: bool) -> WrittenFile {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    WrittenFile {
        path: path.clone(),
        bytes: file.bytes.len(),
        sha256: checksum.then(|| hex(&Sha256::digest(&file.bytes))),
        executable: file.executable,
    }
}
