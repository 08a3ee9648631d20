//! The commands of the contract: check a server, and hints on what it lacks.

use super::Format;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Check your server against its contract
///
/// In a starter's repository: runs its install and build commands where needed, starts its server
/// on a free port with a fresh database, and checks what is given and what has passed before.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap check                       what is given, and what passed before
  roadmap check next                  the next milestone
  roadmap check accounts pages        milestones by id, or of a stage
  roadmap check --all                 every milestone
  roadmap check --watch               again whenever a file changes
  roadmap check --url http://127.0.0.1:8000 --project blog
                                      a server that runs, in any language
  roadmap check --url http://127.0.0.1:8000 --contract notes.yaml
                                      against a contract of your own

What passed is kept in .roadmap/passed.json; milestones that are yours mark
their topics as done. With --url nothing is kept, and that server's database
is written to.")]
pub struct CheckArgs {
    /// Milestones or stages by id, or an unambiguous start of one; `next` is the next milestone
    #[arg(value_name = "MILESTONE")]
    pub milestones: Vec<String>,
    /// Check every milestone
    #[arg(long, conflicts_with = "milestones")]
    pub all: bool,
    /// Check a server that already runs
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The project whose contract counts, outside a starter's repository
    #[arg(long, value_name = "PROJECT", requires = "url")]
    pub project: Option<String>,
    /// Check against this contract instead of the project's; nothing is kept of what passes
    #[arg(long, value_name = "FILE", conflicts_with_all = ["project", "watch"])]
    pub contract: Option<PathBuf>,
    /// Check again whenever a file changes
    #[arg(long, conflicts_with = "url")]
    pub watch: bool,
    /// Show every failure in full, not that of the first milestone alone
    #[arg(long)]
    pub verbose: bool,
    /// End at the first check that fails
    #[arg(long)]
    pub fail_fast: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Junit,
}

/// Give the next hint of a milestone
///
/// A milestone that is yours to build has three: a nudge, the approach, the pieces to use. Each
/// call gives one more.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap hint accounts               in a starter's repository
  roadmap hint accounts --project tasks")]
pub struct HintArgs {
    /// A milestone by id, or an unambiguous start of one; without it, or with `next`, the next milestone
    pub milestone: Option<String>,
    /// The project, outside a starter's repository
    #[arg(long, value_name = "PROJECT")]
    pub project: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}
