//! The output of `roadmap new`: a new starter, or with `--dry-run` what it would be.

use super::lines::command;
use crate::terminal::Layout;
use crate::terminal::style::style;
use std::path::Path;

/// What is shown of a starter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStarter {
    pub name: String,
    /// `A blog platform`.
    pub project: String,
    /// `Rust with axum`.
    pub path: String,
    /// The target as the user named it.
    pub dest: String,
    pub files: Vec<(String, usize)>,
    pub commit: Option<String>,
    pub dry_run: bool,
    /// What to type next.
    pub next: Vec<String>,
    /// Where a browser finds it.
    pub address: Option<String>,
    /// What to type to run its tests.
    pub test: Vec<String>,
    /// The path that became the pick.
    pub picked: Option<String>,
}

/// The new starter, and what to type next.
#[must_use]
pub fn text(starter: &NewStarter, layout: Layout) -> String {
    let bytes: usize = starter.files.iter().map(|(_, bytes)| bytes).sum();
    let size = format!("{} files, {} KiB", starter.files.len(), bytes.div_ceil(1024));
    let name = style(&starter.name).bold();
    let what = format!(
        "{name}: {} in {}, {}",
        article(&starter.project),
        starter.path,
        place(&starter.dest)
    );
    let mut text = if starter.dry_run {
        let mut text = layout.paragraph(&format!("Would make {what} ({size}):"), 0);
        text.push('\n');
        text.extend(starter.files.iter().map(|(path, _)| format!("  {path}\n")));
        text
    } else {
        let hash = starter.commit.as_ref().map(|hash| &hash[..hash.len().min(7)]);
        let commit = hash.map(|hash| format!(", commit {hash}")).unwrap_or_default();
        layout.hanging(&format!("{} Made {what} ({size}{commit})", style("✓").green()), 2)
    };
    let heading = if starter.dry_run { "Then run it:" } else { "Run it:" };
    text.push_str(&format!("\n{heading}\n"));
    text.extend(starter.next.iter().map(|line| format!("  {}\n", command(line))));
    if let Some(address) = &starter.address {
        text.push_str(&format!("and open {address}\n"));
    }
    text.push_str("\nTest it:\n");
    text.extend(starter.test.iter().map(|line| format!("  {}\n", command(line))));
    text.push_str(&layout.paragraph("\nCheck it (that installs and builds by itself):", 0));
    text.push_str(&format!("  {}\n", command("roadmap check")));
    text.push_str("\nREADME.md tells what it is and where to go from here.\n");
    if let Some(path) = &starter.picked {
        let sentence = format!("Your path is now {path}; `roadmap pick` finds another.");
        text.push_str(&layout.paragraph(&sentence, 0));
    }
    text
}

/// A title within a sentence: `a blog platform`.
fn article(title: &str) -> String {
    for article in ["A ", "An ", "The "] {
        if let Some(rest) = title.strip_prefix(article) {
            return format!("{}{rest}", article.to_lowercase());
        }
    }
    title.to_owned()
}

fn place(dest: &str) -> String {
    let begins = |start: &str| dest.starts_with(start);
    match dest {
        "." => "here".to_owned(),
        _ if Path::new(dest).is_absolute() || begins("./") || begins("../") || dest == ".." => {
            format!("in {dest}")
        }
        _ => format!("in ./{dest}"),
    }
}
