//! Where a starter goes, and what it is called.

use crate::cli::NewArgs;
use crate::error::Error;
use crate::shell;
use crate::starter::ProjectName;
use std::path::{Component, Path, PathBuf};
use std::{env, fs, path};

/// A directory and a name, both checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StarterTarget {
    /// Absolute, without `.` and `..`.
    pub path: PathBuf,
    /// As the user typed it.
    pub typed: String,
    pub name: ProjectName,
}

impl StarterTarget {
    /// DEST defaults to `./<name>`; the name to DEST's last component, else to the project.
    pub(super) fn from_args(args: &NewArgs, project: &str) -> Result<Self, Error> {
        let given = args.name.as_deref().map(ProjectName::new).transpose()?;
        let (path, typed) = match &args.dest {
            Some(dest) => (absolute(dest, project)?, dest.display().to_string()),
            None => {
                let name = given.as_ref().map_or(project, ProjectName::as_str);
                (absolute(Path::new(name), project)?, name.to_owned())
            }
        };
        // As typed, where it is a name: a link keeps its own, wherever it leads.
        let dest = args.dest.as_deref().and_then(|dest| dest.components().next_back());
        let typed_last = dest.and_then(|last| match last {
            Component::Normal(name) => Some(name),
            _ => None,
        });
        let Some(last) = typed_last.or(path.file_name()) else {
            return Err(Error::user(format!("{} has no name of its own", path.display()))
                .with_command_hint(
                    "name a directory:",
                    format!("roadmap new {project} my-{project}"),
                ));
        };
        // The directory must bear a good name even where `--name` gives another.
        let own = ProjectName::new(&last.to_string_lossy())?;
        Ok(Self { path, typed, name: given.unwrap_or(own) })
    }
}

/// The path from the root, with links followed as far as it exists.
fn absolute(typed: &Path, project: &str) -> Result<PathBuf, Error> {
    if typed.as_os_str().is_empty() {
        return Err(Error::user("the directory's name is empty")
            .with_command_hint("`.` is the one you stand in:", "roadmap new blog ."));
    }
    if shell::has_unexpanded_tilde(typed) {
        return Err(Error::unexpanded_tilde(typed, &format!("roadmap new {project}")));
    }
    let failed = |error| {
        Error::io(&format!("find {}", typed.display()), &error)
            .hint("name a directory that can be reached")
    };
    env::current_dir().map_err(failed)?;
    let full = path::absolute(typed).map_err(failed)?;
    let mut real = PathBuf::new();
    for part in full.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            other => {
                real.push(other);
                if let Ok(canonical) = fs::canonicalize(&real) {
                    real = canonical;
                }
            }
        }
    }
    Ok(real)
}
