//! The command line. The doc comments of these types are the help text.

mod check;
mod path;
mod spec;

use crate::curriculum::model::Level;
use crate::error::Error;
use crate::terminal::{ColorChoice, Screen, usage};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

pub use check::{CheckArgs, CheckFormat, HintArgs};
pub use path::{
    DoctorArgs, DoneArgs, MarkedArgs, NextArgs, ProgressAction, ProgressArgs, UndoArgs,
};
pub use spec::{AdoptArgs, SpecArgs, SpecFormat};

/// The heading of the options that every command takes.
const EVERYWHERE: &str = "Everywhere";

/// From "where do I start with back-end development?" to a back end of your own
#[derive(Debug, Parser)]
#[command(
    name = "roadmap",
    version,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  roadmap show                        the 14 stages, each on a line
  roadmap show databases              one stage with its topics
  roadmap pick                        find the language and framework for you
  roadmap new blog --lang rust        a blog of your own, running and tested
  roadmap check                       what your server does, and what it lacks
  roadmap spec tasks/create           what is asked, in full
  roadmap next                        what to do now
  roadmap done http                   mark a topic; `progress` counts them

Exit codes:
  0    done
  1    the server does not meet its contract
  2    something you can mend: usage, a name, a file
  3    a check could not be run
  70   a bug in roadmap
  130  interrupted

Environment:
  ROADMAP_FILE, ROADMAP_TEMPLATES     as --roadmap and --templates
  ROADMAP_STATE_DIR                   where your pick and progress are kept
  NO_COLOR, CLICOLOR_FORCE            colour off, colour on
  SOURCE_DATE_EPOCH                   the time of a starter's first commit"
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    /// The output format
    // With a name of its own: the option of a command would be taken for this one.
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    pub own_format: Option<Format>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Args)]
pub struct Global {
    /// Colour: in a terminal unless NO_COLOR is set, or as said
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        value_name = "WHEN",
        help_heading = EVERYWHERE
    )]
    pub color: ColorChoice,
    /// Print the output alone: no notes, no progress
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub quiet: bool,
    /// Use another roadmap
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    pub roadmap: Option<PathBuf>,
    /// Use another template library
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub templates: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Show(ShowArgs),
    Pick(PickArgs),
    New(NewArgs),
    List(ListArgs),
    Check(CheckArgs),
    Spec(SpecArgs),
    Hint(HintArgs),
    Adopt(AdoptArgs),
    Done(DoneArgs),
    Undo(UndoArgs),
    Next(NextArgs),
    Progress(ProgressArgs),
    Doctor(DoctorArgs),
    Lint(LintArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    Help(HelpArgs),
}

/// Show the roadmap: all stages, one stage, or one topic
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap show                        every stage on a line
  roadmap show 4                      the fourth stage; `data` does too
  roadmap show web/http               one topic: what, why, how to practise
  roadmap show --search sql           wherever a word stands
  roadmap show --lang python --level essential
  roadmap show --open                 the map in your browser, to tick
  roadmap show -o roadmap.html        the same as a file of your own
  roadmap show -o roadmap.md          the whole roadmap as a document
  roadmap show -o roadmap.mmd         the same as a Mermaid flowchart
  roadmap show --plain -o roadmap.md  for others: without your ticks")]
pub struct ShowArgs {
    /// A stage by number or id, or a topic as STAGE/TOPIC
    #[arg(value_name = "STAGE[/TOPIC]")]
    pub what: Option<String>,
    /// The output format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ShowFormat>,
    /// Write to a file; its ending chooses the format (.html, .svg, .md, .mmd, .json, .txt)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Open the map in your browser; without `-o` as a temporary file
    #[arg(long)]
    pub open: bool,
    /// Leave out what is for other languages
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// Leave out what is for other frameworks
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// How far down the levels, with all above
    #[arg(long, value_enum, default_value = "all", value_name = "LEVEL")]
    pub level: LevelChoice,
    /// Only topics in which this word stands
    #[arg(long, value_name = "WORD")]
    pub search: Option<String>,
    /// Without your ticks and your path, as a handout
    #[arg(long)]
    pub plain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    Text,
    Json,
    Markdown,
    // A flowchart as Mermaid text. No help of its own: see `ColorChoice`.
    Mermaid,
    // The map, one page.
    Html,
    // A picture of the stages.
    Svg,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelChoice {
    Essential,
    Recommended,
    All,
}

impl LevelChoice {
    /// The lowest level that is kept.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Essential => Level::Essential,
            Self::Recommended => Level::Recommended,
            Self::All => Level::Optional,
        }
    }
}

/// Find the language and framework that fit you
///
/// A short quiz, and the three best paths with the reason for every point.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap pick                        the quiz, in a terminal
  roadmap list questions              its questions and choices
  roadmap pick --answer goal=job --answer ... --keep 2
                                      the second of the three, unasked
  roadmap pick --framework fastapi    keep a path without the quiz

Of equal scores, a framework with starters comes first, then the language
that your answers speak for, then the order of `roadmap list frameworks`.")]
pub struct PickArgs {
    /// Answer a question (repeatable); several choices with commas where it takes several
    #[arg(long = "answer", value_name = "QUESTION=CHOICE")]
    pub answers: Vec<String>,
    /// Which of the three paths to keep: 1, 2, 3, or its framework
    #[arg(long, value_name = "PLACE", conflicts_with = "no_save")]
    pub keep: Option<String>,
    /// Keep the path of this framework, without the quiz
    #[arg(long, value_name = "FRAMEWORK", conflicts_with_all = ["answers", "keep"])]
    pub framework: Option<String>,
    /// Do not keep the pick
    #[arg(long)]
    pub no_save: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// Make a starter repository that runs and passes its tests
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap new                         asks for what is missing
  roadmap new blog --lang rust        a blog in ./blog
  roadmap new blog ../my-blog --framework axum
  roadmap new blog . --name my-blog   here, if the directory is empty
  roadmap new blog --lang rust --dry-run --format json

All or nothing: whatever goes wrong, no half of a starter is left behind.")]
pub struct NewArgs {
    /// What to build: blog, shop, chat or tasks
    pub project: Option<String>,
    /// Where: a directory that is new, empty, or holds only .git
    #[arg(value_name = "DEST")]
    pub dest: Option<PathBuf>,
    /// The language (its default framework is taken)
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
    /// The framework (its language is taken)
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// The name in manifests and texts
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub name: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Make no repository and no commit
    #[arg(long)]
    pub no_git: bool,
    /// Run the starter's install commands too
    #[arg(long, conflicts_with = "dry_run")]
    pub install: bool,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// List starters, projects, languages, frameworks, milestones or questions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap list                        how many there are of each
  roadmap list starters               what `roadmap new` can make
  roadmap list milestones tasks       the milestones of one project
  roadmap list questions --format json")]
pub struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    pub what: Option<Listed>,
    /// The project whose milestones to list
    #[arg(value_name = "PROJECT")]
    pub project: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    Starters,
    Projects,
    Languages,
    Frameworks,
    Milestones,
    Questions,
}

/// Check a roadmap or a contract of your own
///
/// Which of the two it is, the keys at its top say.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap lint my-roadmap.yaml
  roadmap lint .roadmap/contract.yaml
  roadmap lint my-roadmap.yaml --format json

A mistake ends with exit code 2. A warning does not: a need that cannot be
followed, a topic on its own, no free link, a text that is too long.

The format of a contract, key by key, is the page docs/contract.md in roadmap's
sources; each starter has an example, .roadmap/contract.yaml.")]
pub struct LintArgs {
    /// A roadmap or a contract, as YAML
    pub file: PathBuf,
    /// The output format
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// Print completions for a shell
///
/// Of commands and options, and of languages, frameworks, projects, stages, topics and
/// milestones.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  roadmap completions bash > ~/.local/share/bash-completion/completions/roadmap
  roadmap completions zsh > ~/.zfunc/_roadmap
              with `fpath=(~/.zfunc $fpath)` before `compinit` in ~/.zshrc
  roadmap completions fish > ~/.config/fish/completions/roadmap.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  roadmap man > roadmap.1 && man ./roadmap.1")]
pub struct ManArgs {}

/// Print the help of a command
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// The command; without one, the help of the program
    pub command: Vec<String>,
}

/// A command line, read.
#[derive(Debug)]
pub enum Parsed {
    /// A command to run.
    Run(Box<Cli>),
    /// Help or version: a text to print.
    Print(String),
}

/// Reads the command line, and makes the screen as it and the environment want it.
pub fn parse(words: &[OsString]) -> (Screen, Result<Parsed, Error>) {
    if let Some(words) = usage::rewrite_help(words) {
        return parse(&words);
    }
    match Cli::command().try_get_matches_from(words) {
        Ok(matches) => match Cli::from_arg_matches(&matches) {
            Ok(cli) => {
                let screen = Screen::new(cli.global.color, cli.global.quiet);
                (screen, Ok(Parsed::Run(Box::new(cli))))
            }
            Err(error) => refused(words, &error),
        },
        Err(error) => refused(words, &error),
    }
}

fn refused(words: &[OsString], error: &clap::Error) -> (Screen, Result<Parsed, Error>) {
    let screen = Screen::new(usage::color_in(words), false);
    let parsed = if error.use_stderr() {
        let command = Cli::command();
        let commands: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        Err(usage::explain(error, words, &commands))
    } else {
        // The same words again, now that it is known that help is wanted: other runs need no fitting.
        let again = usage::with_fitted_notes(Cli::command()).try_get_matches_from(words);
        let error = again.as_ref().err().unwrap_or(error);
        Ok(Parsed::Print(usage::help(error, usage::color_in(words))))
    };
    (screen, parsed)
}
