//! The commands of the path: what is done, what comes next, what is needed.

use super::Format;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Mark topics as done
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap done http                   one topic
  roadmap done http sql               several
  roadmap done web                    every topic of a stage, for your path

What is done has a tick in `roadmap show`; `roadmap undo` takes it back.")]
pub struct DoneArgs {
    #[command(flatten)]
    pub marked: MarkedArgs,
}

/// Take back what was marked as done
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap undo http
  roadmap undo web                    every topic of a stage")]
pub struct UndoArgs {
    #[command(flatten)]
    pub marked: MarkedArgs,
}

/// Say the next step
///
/// First a path to pick, then a starter to make, then the essential topics of your path, each
/// when what it needs is done.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// Show how far you are, and take it along
#[derive(Debug, Args)]
#[command(
    disable_help_subcommand = true,
    after_help = "\
Examples:
  roadmap progress                    a bar for each stage
  roadmap progress export > progress.json
  roadmap progress import progress.json
  ssh other roadmap progress export | roadmap progress import -"
)]
pub struct ProgressArgs {
    #[command(subcommand)]
    pub action: Option<ProgressAction>,
    /// The output format
    #[arg(long, value_enum, global = true, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Subcommand)]
pub enum ProgressAction {
    /// Print your progress as one JSON file, for `import` on another machine
    Export,
    /// Take in what was exported elsewhere: all that is done on either side is done
    Import {
        /// A file that `roadmap progress export` printed; `-` is standard input
        file: PathBuf,
    },
    /// Forget your pick and progress in this roadmap
    Reset {
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// Say which tools your path needs, and which are here
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap doctor                      for this starter, else for the path
                                      that you picked; before a pick, for all
  roadmap doctor --lang rust
  roadmap doctor --strict             exit code 2 if one is missing or too old")]
pub struct DoctorArgs {
    /// The tools of this language's starters
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// The tools of this framework's starters
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// End with exit code 2 if one is missing or too old
    #[arg(long)]
    pub strict: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct MarkedArgs {
    /// Topics by id, and stages by number or id for all their topics
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}
