//! A starter that was made, or would be.

use crate::terminal::Layout;
use console::style;

/// What is told of a starter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// `Rust, axum`.
    pub path: String,
    pub project: String,
    /// The target as the user named it.
    pub dest: String,
    pub files: Vec<(String, usize)>,
    pub commit: Option<String>,
    pub dry_run: bool,
    /// What to type next.
    pub next: Vec<String>,
    /// What to type to run its tests.
    pub test: Vec<String>,
}

/// What was made, and what to type next.
#[must_use]
pub fn text(made: &Made, layout: Layout) -> String {
    let bytes: usize = made.files.iter().map(|(_, bytes)| bytes).sum();
    let size = format!("{} files, {} KiB", made.files.len(), bytes.div_ceil(1024));
    let what = format!("{} in {}", made.project, made.path);
    let mut text = if made.dry_run {
        let would =
            format!("Would make {} in {} ({size}):", style(&what).bold(), style(&made.dest).bold());
        let mut text = layout.paragraph(&would, 0);
        text.push('\n');
        text.extend(made.files.iter().map(|(path, _)| format!("  {path}\n")));
        text
    } else {
        let commit =
            made.commit.as_ref().map(|hash| format!(", commit {}", &hash[..hash.len().min(7)]));
        let done = format!(
            "{} Made {} in {} ({size}{})",
            style("✓").green(),
            style(&what).bold(),
            style(&made.dest).bold(),
            commit.unwrap_or_default()
        );
        layout.hanging(&done, 2)
    };
    let heading = if made.dry_run { "Then run it:" } else { "Run it:" };
    text.push_str(&format!("\n{heading}\n"));
    text.extend(made.next.iter().map(|line| format!("  {}\n", style(line).cyan())));
    text.push_str("\nTest it:\n");
    text.extend(made.test.iter().map(|line| format!("  {}\n", style(line).cyan())));
    text.push_str(&format!("\nCheck it:\n  {}\n", style("roadmap check").cyan()));
    text.push_str(&format!(
        "\n{}\n",
        style("README.md tells what it is and where to go from here.").dim()
    ));
    text
}
