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

/// Who commits where git knows nobody. `.invalid` is reserved (RFC 2606).
const NOBODY: (&str, &str) = ("roadmap", "roadmap@example.invalid");

/// How long git may take for all that it is asked.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Variables by which git knows more of who commits, and when, than libgit2 does.
const VARIABLES: [&str; 12] = [
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
const ELSEWHERE: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CEILING_DIRECTORIES",
];

/// Somebody who commits.
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
    /// Nobody that the user named.
    pub nameless: bool,
    /// `init.defaultBranch`, where git was asked for it.
    pub branch: Option<String>,
}

/// What libgit2 knows.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
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
    known: &Known,
    staged: &Path,
    target: &Path,
) -> Result<Identity, PlaceError> {
    let fixed = epoch(env::var_os("SOURCE_DATE_EPOCH").map(|text| text.to_string_lossy().into()))?;
    let is_set = |variable: &&str| env::var_os(variable).is_some();
    let asked = if known.has_more || known.has_conditions || VARIABLES.iter().any(is_set) {
        Git::find(staged).and_then(|git| git.identity(known, target))
    } else {
        None
    };
    let mut identity = asked.unwrap_or_else(|| plain(known));
    if fixed.is_some() {
        (identity.author.time, identity.committer.time) = (fixed, fixed);
    }
    Ok(identity)
}

/// What the environment and `user.*` say, as far as that needs no git.
fn plain(known: &Known) -> Identity {
    let text = |variable: &str| env::var(variable).ok();
    let person = |role: &str| {
        let name = text(&format!("GIT_{role}_NAME")).or_else(|| known.name.clone());
        let email = text(&format!("GIT_{role}_EMAIL")).or_else(|| known.email.clone());
        let email = email.or_else(|| text("EMAIL"));
        let (name, email) = (clean(&name?), clean(&email?));
        (!name.is_empty() && !email.is_empty()).then_some(Person { name, email, time: None })
    };
    let author = person("AUTHOR");
    let nobody = Person { name: NOBODY.0.to_owned(), email: NOBODY.1.to_owned(), time: None };
    let nameless = author.is_none();
    let author = author.unwrap_or(nobody);
    let committer = person("COMMITTER").unwrap_or_else(|| author.clone());
    Identity { author, committer, nameless, branch: None }
}

/// A name or an address as git takes it: without what would end it in a commit, and without
/// signs at its ends (`strbuf_addstr_without_crud`).
fn clean(text: &str) -> String {
    let crud = |c: char| c <= ' ' || ".,:;<>\"\\'".contains(c);
    text.trim_matches(crud).chars().filter(|c| !matches!(c, '\n' | '<' | '>')).collect()
}

/// The time that `SOURCE_DATE_EPOCH` sets (reproducible-builds.org), so that the same input gives
/// the same hash. A commit holds 32 bits of it in libgit2.
fn epoch(text: Option<String>) -> Result<Option<(i64, i32)>, PlaceError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    match text.parse::<u32>() {
        Ok(seconds) => Ok(Some((i64::from(seconds), 0))),
        Err(_) => Err(PlaceError::Epoch(text)),
    }
}

/// `Ada <ada@example.org> 1700000000 +0100`.
fn person(line: &str) -> Option<Person> {
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

    fn says(&self, words: &[String]) -> Option<String> {
        let mut command = std::process::Command::new(&self.program);
        command.arg("-C").arg(self.folder).args(words);
        for variable in ELSEWHERE {
            command.env_remove(variable);
        }
        let left = self.end.saturating_duration_since(Instant::now());
        program::printed(command, left).map(|printed| printed.out)
    }

    fn identity(&self, known: &Known, target: &Path) -> Option<Identity> {
        let words =
            |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        // An include for the target's folder does not apply in the stage folder.
        let included = if known.has_conditions { self.included(target) } else { Vec::new() };
        let asked = |last: &[&str]| self.says(&[included.clone(), words(last)].concat());
        let author = person(&asked(&["var", "GIT_AUTHOR_IDENT"])?)?;
        let committer = person(&asked(&["var", "GIT_COMMITTER_IDENT"])?)?;
        let branch = asked(&["config", "--get", "init.defaultBranch"]);
        let branch = branch.map(|name| name.trim_end().to_owned());
        Some(Identity { author, committer, nameless: false, branch })
    }

    /// `-c include.path=FILE` for each file that is included for the target and not for the stage
    /// folder.
    fn included(&self, target: &Path) -> Vec<String> {
        let asked = ["config", "--null", "--show-origin", "--get-regexp", r"^includeif\..*\.path$"];
        let asked = asked.map(str::to_owned);
        let text = self.says(&asked).unwrap_or_default();
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
            let holds = |folder: &Path| holds(condition, origin, &folder.join(".git"));
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
fn holds(condition: &str, origin: &Path, git_folder: &Path) -> bool {
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
    let matcher = RegexBuilder::new(&regex(&pattern)).case_insensitive(any_case).build();
    matcher.is_ok_and(|matcher| matcher.is_match(&git_folder.to_string_lossy()))
}

/// A pattern of git's for paths as a regular expression: `*` stays in a folder, `**` does not.
fn regex(pattern: &str) -> String {
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
        let time = |text: &str| epoch(Some(text.to_owned()));
        assert!(matches!(time("1700000000"), Ok(Some((1_700_000_000, 0)))));
        assert!(matches!(time("4294967295"), Ok(Some((4_294_967_295, 0)))));
        assert!(matches!((epoch(None), time("")), (Ok(None), Ok(None))));
        for refused in ["abc", "-5", "4294967296", "1.5", " 1"] {
            assert!(matches!(time(refused), Err(PlaceError::Epoch(text)) if text == refused));
        }
    }

    #[test]
    fn names_are_cleaned_as_git_does_it() {
        assert_eq!(clean("<c@example.org>"), "c@example.org");
        assert_eq!(clean(" \"Ada <L> Lovelace\". "), "Ada L Lovelace");
        assert_eq!(clean("<>"), "");
    }

    #[test]
    fn what_git_says_of_a_person_is_read() {
        let ada = person("Ada Lovelace <ada@example.org> 1700000000 -0330\n").expect("a person");
        assert_eq!((ada.name.as_str(), ada.email.as_str()), ("Ada Lovelace", "ada@example.org"));
        assert_eq!(ada.time, Some((1_700_000_000, -210)));
        assert_eq!(person("nonsense"), None);
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
            assert!(holds(pattern, origin, git), "{pattern}");
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
            assert!(!holds(pattern, origin, git), "{pattern}");
        }
    }
}
