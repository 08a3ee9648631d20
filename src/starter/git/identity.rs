//! Who commits, and when: what `git var GIT_AUTHOR_IDENT` says in the finished repository.
//!
//! libgit2 knows `user.name` and `user.email`, but neither the environment nor what is included
//! for a folder that is not there yet. Where one of those matters an installed git is asked; where
//! there is none, what libgit2 knows has to do.

use crate::starter::error::PlaceError;
use crate::starter::program;
use regex_lite::RegexBuilder;
use std::env;
use std::path::Path;
use std::time::{Duration, Instant};

/// The author where git knows no name. `.invalid` is reserved (RFC 2606).
const FALLBACK_AUTHOR: (&str, &str) = ("roadmap", "roadmap@example.invalid");

/// How long all commands of git may take together.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Variables that git reads for author, committer and time, and libgit2 does not.
const IDENTITY_VARIABLES: [&str; 12] = [
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
    "EMAIL",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG",
];

/// Variables that would lead git to another repository.
const REDIRECTING_VARIABLES: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CEILING_DIRECTORIES",
];

/// An author or committer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub email: String,
    /// Seconds since 1970 and minutes east of UTC; nothing for now and here.
    pub time: Option<(i64, i32)>,
}

/// Author and committer, and what else git knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub author: Person,
    pub committer: Person,
    /// Neither name nor address of the user is known.
    pub nameless: bool,
    /// `init.defaultBranch`, where git was asked for it.
    pub branch: Option<String>,
}

/// What libgit2 reads of the configuration.
#[derive(Debug, Clone, Default)]
pub(super) struct GitConfig {
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether the configuration says more than that: `author.*`, `committer.*`, `includeIf`.
    pub has_more: bool,
    /// Whether something is included for certain folders only.
    pub has_conditions: bool,
}

/// Who commits to the repository that lies in `staged` now and in `target` in the end.
///
/// # Errors
/// `SOURCE_DATE_EPOCH` is no time.
pub(super) fn identity(
    config: &GitConfig,
    staged: &Path,
    target: &Path,
) -> Result<Identity, PlaceError> {
    let fixed =
        parse_epoch(env::var_os("SOURCE_DATE_EPOCH").map(|text| text.to_string_lossy().into()))?;
    let is_set = |variable: &&str| env::var_os(variable).is_some();
    let by_git =
        if config.has_more || config.has_conditions || IDENTITY_VARIABLES.iter().any(is_set) {
            Git::find(staged).and_then(|git| git.identity(config, target))
        } else {
            None
        };
    let mut identity = by_git.unwrap_or_else(|| identity_without_git(config));
    if fixed.is_some() {
        (identity.author.time, identity.committer.time) = (fixed, fixed);
    }
    Ok(identity)
}

/// What the environment and `user.*` say, as far as that needs no git.
fn identity_without_git(config: &GitConfig) -> Identity {
    let text = |variable: &str| env::var(variable).ok();
    let person = |role: &str| {
        let name = text(&format!("GIT_{role}_NAME")).or_else(|| config.name.clone());
        let email = text(&format!("GIT_{role}_EMAIL")).or_else(|| config.email.clone());
        let email = email.or_else(|| text("EMAIL"));
        let (name, email) = (strip_crud(&name?), strip_crud(&email?));
        (!name.is_empty() && !email.is_empty()).then_some(Person { name, email, time: None })
    };
    let author = person("AUTHOR");
    let nobody = Person {
        name: FALLBACK_AUTHOR.0.to_owned(),
        email: FALLBACK_AUTHOR.1.to_owned(),
        time: None,
    };
    let nameless = author.is_none();
    let author = author.unwrap_or(nobody);
    let committer = person("COMMITTER").unwrap_or_else(|| author.clone());
    Identity { author, committer, nameless, branch: None }
}

/// A name or an address as git takes it: without what would end it in a commit, and without
/// signs at its ends (`strbuf_addstr_without_crud`).
fn strip_crud(text: &str) -> String {
    let crud = |c: char| c <= ' ' || ".,:;<>\"\\'".contains(c);
    text.trim_matches(crud).chars().filter(|c| !matches!(c, '\n' | '<' | '>')).collect()
}

/// The time that `SOURCE_DATE_EPOCH` sets (reproducible-builds.org), so that the same input gives
/// the same hash. A commit holds 32 bits of it in libgit2.
fn parse_epoch(text: Option<String>) -> Result<Option<(i64, i32)>, PlaceError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    match text.parse::<u32>() {
        Ok(seconds) => Ok(Some((i64::from(seconds), 0))),
        Err(_) => Err(PlaceError::Epoch(text)),
    }
}

/// `Ada <ada@example.org> 1700000000 +0100`.
fn parse_person(line: &str) -> Option<Person> {
    let (rest, zone) = line.trim_end().rsplit_once(' ')?;
    let (rest, seconds) = rest.rsplit_once(' ')?;
    let (name, email) = rest.rsplit_once(" <")?;
    let email = email.strip_suffix('>')?;
    let zone: i32 = zone.parse().ok()?;
    let minutes = zone / 100 * 60 + zone % 100;
    let time = Some((seconds.parse().ok()?, minutes));
    Some(Person { name: name.to_owned(), email: email.to_owned(), time })
}

/// An installed git, which runs in the new repository.
struct Git<'a> {
    program: std::path::PathBuf,
    folder: &'a Path,
    end: Instant,
}

impl<'a> Git<'a> {
    fn find(folder: &'a Path) -> Option<Self> {
        let program = program::find("git")?;
        Some(Self { program, folder, end: Instant::now() + TIMEOUT })
    }

    fn output(&self, words: &[String]) -> Option<String> {
        let mut command = std::process::Command::new(&self.program);
        command.arg("-C").arg(self.folder).args(words);
        for variable in REDIRECTING_VARIABLES {
            command.env_remove(variable);
        }
        let timeout = self.end.saturating_duration_since(Instant::now());
        program::output(command, timeout).map(|output| output.stdout)
    }

    fn identity(&self, config: &GitConfig, target: &Path) -> Option<Identity> {
        let words =
            |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        // An include for the target's folder does not apply in the stage folder.
        let include_options =
            if config.has_conditions { self.include_options(target) } else { Vec::new() };
        let output = |last: &[&str]| self.output(&[include_options.clone(), words(last)].concat());
        let author = parse_person(&output(&["var", "GIT_AUTHOR_IDENT"])?)?;
        let committer = parse_person(&output(&["var", "GIT_COMMITTER_IDENT"])?)?;
        let branch = output(&["config", "--get", "init.defaultBranch"]);
        let branch = branch.map(|name| name.trim_end().to_owned());
        Some(Identity { author, committer, nameless: false, branch })
    }

    /// `-c include.path=FILE` for each file that is included for the target and not for the stage
    /// folder.
    fn include_options(&self, target: &Path) -> Vec<String> {
        let command =
            ["config", "--null", "--show-origin", "--get-regexp", r"^includeif\..*\.path$"];
        let command = command.map(str::to_owned);
        let text = self.output(&command).unwrap_or_default();
        let mut parts = text.split('\0');
        let mut words = Vec::new();
        while let (Some(origin), Some(entry)) = (parts.next(), parts.next()) {
            let origin = Path::new(origin.strip_prefix("file:").unwrap_or_default());
            let Some((key, path)) = entry.split_once('\n') else { continue };
            let Some(condition) =
                key.strip_prefix("includeif.").and_then(|key| key.strip_suffix(".path"))
            else {
                continue;
            };
            let holds = |folder: &Path| condition_holds(condition, origin, &folder.join(".git"));
            if holds(target) && !holds(self.folder) {
                let file = from_home(path)
                    .unwrap_or_else(|| folder_of(origin).join(path).display().to_string());
                words.extend(["-c".to_owned(), format!("include.path={file}")]);
            }
        }
        words
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().unwrap_or(file)
}

/// A path that begins with `~/`, from the user's home.
fn from_home(path: &str) -> Option<String> {
    let rest = path.strip_prefix("~/")?;
    Some(format!("{}/{rest}", env::var("HOME").ok()?))
}

/// Whether `gitdir:` or `gitdir/i:` holds for a repository at `git_folder` (git-config, Conditional
/// includes); other conditions do not depend on where it lies.
fn condition_holds(condition: &str, origin: &Path, git_folder: &Path) -> bool {
    let (pattern, any_case) = match condition.split_once(':') {
        Some(("gitdir", pattern)) => (pattern, false),
        Some(("gitdir/i", pattern)) => (pattern, true),
        _ => return false,
    };
    let mut pattern = if let Some(full) = from_home(pattern) {
        full
    } else if let Some(rest) = pattern.strip_prefix("./") {
        format!("{}/{rest}", folder_of(origin).display())
    } else if pattern.starts_with('/') {
        pattern.to_owned()
    } else {
        format!("**/{pattern}")
    };
    if pattern.ends_with('/') {
        pattern.push_str("**");
    }
    let matcher = RegexBuilder::new(&regex_of_pattern(&pattern)).case_insensitive(any_case).build();
    matcher.is_ok_and(|matcher| matcher.is_match(&git_folder.to_string_lossy()))
}

/// A pattern of git's for paths as a regular expression: `*` stays in a folder, `**` does not.
fn regex_of_pattern(pattern: &str) -> String {
    let mut text = String::from("^");
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        let (part, length) = if rest.starts_with("**/") {
            ("(?:.*/)?".to_owned(), 3)
        } else if rest.starts_with("**") {
            (".*".to_owned(), 2)
        } else {
            let part = match next {
                '*' => "[^/]*".to_owned(),
                '?' => "[^/]".to_owned(),
                '[' | ']' => next.to_string(),
                other => regex_lite::escape(&other.to_string()),
            };
            (part, next.len_utf8())
        };
        text.push_str(&part);
        rest = &rest[length..];
    }
    text.push('$');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_of_seconds_that_a_commit_can_hold() {
        let time = |text: &str| parse_epoch(Some(text.to_owned()));
        assert!(matches!(time("1700000000"), Ok(Some((1_700_000_000, 0)))));
        assert!(matches!(time("4294967295"), Ok(Some((4_294_967_295, 0)))));
        assert!(matches!((parse_epoch(None), time("")), (Ok(None), Ok(None))));
        for refused in ["abc", "-5", "4294967296", "1.5", " 1"] {
            assert!(matches!(time(refused), Err(PlaceError::Epoch(text)) if text == refused));
        }
    }

    #[test]
    fn names_are_cleaned_as_git_does_it() {
        assert_eq!(strip_crud("<c@example.org>"), "c@example.org");
        assert_eq!(strip_crud(" \"Ada <L> Lovelace\". "), "Ada L Lovelace");
        assert_eq!(strip_crud("<>"), "");
    }

    #[test]
    fn what_git_says_of_a_person_is_read() {
        let ada =
            parse_person("Ada Lovelace <ada@example.org> 1700000000 -0330\n").expect("a person");
        assert_eq!((ada.name.as_str(), ada.email.as_str()), ("Ada Lovelace", "ada@example.org"));
        assert_eq!(ada.time, Some((1_700_000_000, -210)));
        assert_eq!(parse_person("nonsense"), None);
    }

    #[test]
    fn a_condition_holds_for_the_folders_that_git_says() {
        let origin = Path::new("/home/ada/.gitconfig");
        let git = Path::new("/home/ada/work/my-blog/.git");
        for pattern in [
            "gitdir:/home/ada/work/my-blog/",
            "gitdir:/home/ada/work/",
            "gitdir:/home/ada/work/my-*/",
            "gitdir:/home/ada/work/my-blog/.git",
            "gitdir:./work/",
            "gitdir:my-blog/",
            "gitdir:**/my-blog/**",
            "gitdir:/home/**/my-blog/.git",
            "gitdir/i:/HOME/Ada/Work/",
            "gitdir:/home/ada/work/my-blo[a-g]/",
        ] {
            assert!(condition_holds(pattern, origin, git), "{pattern}");
        }
        for pattern in [
            "gitdir:/home/ada/work/my-blog",
            "gitdir:/home/ada/other/",
            "gitdir:/home/*/my-blog/",
            "gitdir:/HOME/ada/work/",
            "gitdir:blog/",
            "onbranch:main",
            "hasconfig:remote.*.url:x",
        ] {
            assert!(!condition_holds(pattern, origin, git), "{pattern}");
        }
    }
}
