//! The commands for a server in any language: what is asked of it, and how it is started.

use super::Format;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Show what a project and its milestones ask for, in full
///
/// The rules of the project, then those of each milestone, given ones too, with the checks that
/// decide it. In a repository that can be checked its own contract is shown.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap spec tasks                  everything that is asked of a task API
  roadmap spec tasks/create           one milestone
  roadmap spec                        the contract of this repository
  roadmap spec create                 one milestone of it
  roadmap spec tasks --format markdown > tasks.md
                                      to print it
  roadmap spec tasks --openapi > openapi.json
                                      the API's description (OpenAPI)")]
pub struct SpecArgs {
    /// A project, or one of its milestones; in a repository a milestone alone will do
    #[arg(value_name = "PROJECT[/MILESTONE]")]
    pub what: Option<String>,
    /// Print the project's OpenAPI description
    #[arg(long, conflicts_with = "format")]
    pub openapi: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: SpecFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpecFormat {
    Text,
    Markdown,
    Json,
}

/// Make a repository in any language one that `roadmap check` can start
///
/// Writes .roadmap/starter.toml (how the server is built and run), .roadmap/contract.yaml (what is
/// checked), and what a server of the project can serve as it is: openapi.json, the page in static/ and,
/// for the shop, its products.json. Files that are there stay as they are.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap adopt tasks --run ./server --build 'go build -o server .'
  roadmap adopt blog --run 'ruby app.rb' --install 'bundle install' \\
      --database 'DATABASE_PATH={path}'
  roadmap adopt notes --contract notes.yaml --run 'php -S 127.0.0.1:8000'

The server is started with HOST, PORT and the database's variable in its
environment; {path} stands for a fresh file. `roadmap spec PROJECT`
says what is asked of it.")]
pub struct AdoptArgs {
    /// The project that you build: blog, shop, chat, tasks
    pub project: String,
    /// The command that runs the server, as one word for your shell
    #[arg(long, value_name = "COMMAND")]
    pub run: String,
    /// A command that installs what it needs; may be given several times
    #[arg(long, value_name = "COMMAND")]
    pub install: Vec<String>,
    /// A command that builds it; may be given several times
    #[arg(long, value_name = "COMMAND")]
    pub build: Vec<String>,
    /// The variable that tells the server where its database is
    #[arg(long, value_name = "VARIABLE=URL", default_value = "DATABASE_URL=sqlite:///{path}")]
    pub database: String,
    /// Another contract than the project's
    #[arg(long, value_name = "FILE")]
    pub contract: Option<PathBuf>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}
