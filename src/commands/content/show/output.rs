//! Where the output of `roadmap show` goes: the terminal, a file, or the browser.

use crate::atomic_write::{self, DOCUMENT};
use crate::cli::{ShowArgs, ShowFormat};
use crate::commands::shared::session::Session;
use crate::error::Error;
use crate::shell;
use crate::terminal::plain;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a launcher (`xdg-open` and its like) has to fail; one that still runs has opened the page.
const TIMEOUT: Duration = Duration::from_secs(2);
/// How often to look whether it has.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// The format that `--format` names, else the ending of the file, else text (with `--open` the map).
pub(super) fn format(show: &ShowArgs) -> Result<ShowFormat, Error> {
    let format = match (show.format, file(show)) {
        (Some(format), _) => format,
        (None, Some(path)) => from_extension(path)?,
        (None, None) if show.open => ShowFormat::Html,
        (None, None) => ShowFormat::Text,
    };
    if show.open && !matches!(format, ShowFormat::Html | ShowFormat::Svg) {
        return Err(Error::user("a browser shows the map, as html or svg, and no other format")
            .with_command_hint("the map:", "roadmap show --open"));
    }
    Ok(format)
}

fn from_extension(path: &Path) -> Result<ShowFormat, Error> {
    let ending = path.extension().map(|ending| ending.to_string_lossy());
    match ending.as_deref() {
        Some("txt") => Ok(ShowFormat::Text),
        Some("json") => Ok(ShowFormat::Json),
        Some("md" | "markdown") => Ok(ShowFormat::Markdown),
        Some("mmd" | "mermaid") => Ok(ShowFormat::Mermaid),
        Some("html" | "htm") => Ok(ShowFormat::Html),
        Some("svg") => Ok(ShowFormat::Svg),
        _ => Err(Error::user(format!("the ending of {} names no format", path.display()))
            .hint("the endings are .html, .svg, .md, .mmd, .json and .txt")
            .with_command_hint(
                "or name the format:",
                "roadmap show --format markdown -o roadmap.md",
            )),
    }
}

/// The file that the output goes to; `-` stands for stdout.
pub(super) fn file(show: &ShowArgs) -> Option<&Path> {
    show.output.as_deref().filter(|path| *path != Path::new("-"))
}

/// Prints the output, or writes it to a file and opens that with `--open`.
pub(super) fn print_or_write(
    show: &ShowArgs,
    format: ShowFormat,
    text: &str,
    session: &Session<'_>,
) -> Result<(), Error> {
    let path = match file(show) {
        None if !show.open => return session.screen.print(text),
        None => write_temporary(text, format)?,
        Some(path) => {
            write(path, text)?;
            path.to_owned()
        }
    };
    if !show.open {
        session.screen.note(&format!("written to {}", path.display()));
        return Ok(());
    }
    session.screen.print(&format!("{}\n", path.display()))?;
    session.screen.note(if open(&path) {
        "opened in your browser"
    } else {
        "no browser was found here: open this file in one"
    });
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    if shell::has_unexpanded_tilde(path) {
        return Err(Error::unexpanded_tilde(path, "roadmap show --output"));
    }
    atomic_write::write(path, whole_lines(text).as_bytes(), DOCUMENT).map_err(|error| {
        Error::io(&format!("write {}", path.display()), &error).hint("name another file")
    })
}

/// Writes to a new file among the temporary ones, which stays when this process has ended.
fn write_temporary(text: &str, format: ShowFormat) -> Result<PathBuf, Error> {
    let ending = if format == ShowFormat::Svg { ".svg" } else { ".html" };
    let folder = env::temp_dir();
    let failed = |error: &std::io::Error| {
        Error::io(&format!("write into {}", folder.display()), error)
            .with_command_hint("name a file:", "roadmap show --open -o roadmap.html")
    };
    let file = tempfile::Builder::new().prefix("roadmap-").suffix(ending).tempfile_in(&folder);
    let mut file = file.map_err(|error| failed(&error))?;
    std::io::Write::write_all(&mut file, whole_lines(text).as_bytes())
        .map_err(|error| failed(&error))?;
    let (_, path) = file.keep().map_err(|error| failed(&error.error))?;
    Ok(path)
}

fn whole_lines(text: &str) -> String {
    let mut text = plain(text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Whether a program of this system took the page.
fn open(path: &Path) -> bool {
    // A relative path could be taken for an option or an address.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    open::commands(path).into_iter().any(launch)
}

fn launch(mut launcher: Command) -> bool {
    launcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = launcher.spawn() else {
        return false;
    };
    let end = Instant::now() + TIMEOUT;
    while Instant::now() < end {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(POLL_INTERVAL),
            Err(_) => return false,
        }
    }
    true
}
