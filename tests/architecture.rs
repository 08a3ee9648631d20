//! Who may import whom, and what stands in one place only. ARCHITECTURE.md says why.

use std::fs;
use std::path::Path;

/// The modules of the domain: they know neither the command line nor the terminal.
const DOMAIN: &[&str] = &[
    "curriculum",
    "quiz",
    "catalog",
    "starter",
    "contract",
    "progress",
    "suggest",
    "shell",
    "yaml",
    "yaml_message",
    "atomic_write",
    "manifest",
    "text_file",
];
/// What the domain never names.
const EDGES: &[&str] = &[
    "crate::cli",
    "crate::commands",
    "crate::terminal",
    "crate::error",
    "clap",
    "console",
    "indicatif",
    "textwrap",
];
/// What each module may use of the others, besides itself and the ground: `suggest`, `shell`, `yaml`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("suggest", &[]),
    ("shell", &[]),
    ("yaml", &["yaml_message"]),
    ("yaml_message", &[]),
    ("atomic_write", &[]),
    ("manifest", &[]),
    ("text_file", &[]),
    ("curriculum", &[]),
    ("progress", &[]),
    ("catalog", &["curriculum"]),
    ("quiz", &["catalog", "curriculum"]),
    ("starter", &["catalog"]),
    ("contract", &[]),
    ("error", &["catalog", "contract", "curriculum", "progress", "quiz", "starter"]),
    ("terminal", &["catalog", "contract", "curriculum", "error", "progress", "quiz", "starter"]),
    ("cli", &["curriculum", "error", "terminal"]),
];
/// What each room of `contract` may use of the others.
const ROOMS: &[(&str, &[&str])] = &[
    ("html", &[]),
    ("xml", &[]),
    ("value", &[]),
    ("format", &["value", "html"]),
    ("client", &["value", "format"]),
    ("metrics", &["value"]),
    ("judge", &["value", "format", "client", "html", "xml", "metrics"]),
    ("server", &["value", "format", "client"]),
    ("run", &["value", "format", "client", "judge", "server", "html", "xml", "metrics"]),
];
/// What every module may use.
const GROUND: &[&str] = &["suggest", "shell", "yaml", "atomic_write", "text_file", "manifest"];
/// The room of `commands` that every command may use; of the others none uses anything.
const SHARED: &str = "shared";
/// A folder, the files in it that each of its rooms may use, and what each room may use of the others.
type Rooms<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a [&'a str])]);
/// Rooms further in, and the files that stand above them.
const INNER_ROOMS: &[Rooms<'_>] = &[
    (
        "starter",
        &["error", "facts", "name", "program", "tree"],
        &[
            ("git", &[]),
            ("disk", &["git"]),
            ("template", &[]),
            ("generate", &["template"]),
            ("toolchain", &["template"]),
        ],
    ),
    (
        "contract/format",
        &["limits"],
        &[
            ("model", &[]),
            ("read", &["model"]),
            ("fingerprint", &[]),
            ("embedded", &["fingerprint", "model"]),
            ("choose", &["model"]),
        ],
    ),
    (
        "contract/client",
        &["address", "body_line", "cookies", "curl", "multipart", "request", "response", "tcp"],
        &[
            ("http", &[]),
            ("events", &["http"]),
            ("subscriber", &["http"]),
            ("websocket", &["http", "events", "subscriber"]),
        ],
    ),
    (
        "contract/run",
        &["cause", "context", "outcome", "repetition", "step_error"],
        &[("steps", &[]), ("runner", &[])],
    ),
    (
        "terminal/views",
        &["lines"],
        &[
            ("roadmap", &[]),
            ("learner", &["roadmap"]),
            ("map", &["roadmap"]),
            ("check", &[]),
            ("adopt", &[]),
            ("doctor", &["roadmap"]),
            ("hint", &["learner"]),
            ("lint", &[]),
            ("list", &[]),
            ("new", &[]),
            ("spec", &[]),
        ],
    ),
];
/// Crates with effects, each in the one file that may name it; signals are sent
/// in two, and two fill templates.
const SINGLE_HOME: &[(&str, &str)] = &[
    ("include_dir", "starter/template/embedded.rs"),
    ("flate2", "starter/git/pack.rs starter/template/embedded.rs"),
    ("handlebars", "starter/template/render.rs terminal/views/map/template.rs"),
    ("git2", "starter/git/commit.rs"),
    ("indicatif", "terminal/progress.rs"),
    ("connect_timeout", "contract/client/tcp.rs"),
    ("httparse", "contract/client/http/reading.rs"),
    ("scraper", "contract/html.rs"),
    ("tungstenite", "contract/client/websocket/connection.rs"),
    ("rustix", "contract/server/process_tree.rs terminal/interrupt.rs"),
    ("shlex", "shell.rs"),
];
/// Where files are written by something else than `atomic_write`: into a stage that is undone as a
/// whole, and a pack, whose name is in a stage's note before.
const WRITERS: &[&str] =
    &["atomic_write.rs", "starter/disk/place.rs", "starter/disk/stage.rs", "starter/git/commit.rs"];
const LONGEST: usize = 400;

/// A file below `src`: its path from there, and its lines of code without comments and tests.
struct File {
    path: String,
    all: String,
    code: Vec<String>,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    assert!(files.len() > 40, "the sources are there");
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(root, &path, files);
            continue;
        }
        let all = fs::read_to_string(&path).expect("UTF-8");
        let own = all.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let code = own.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        let code = code.map(str::to_owned).collect();
        let path = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
        files.push(File { path, all, code });
    }
}

impl File {
    /// The module at the top that the file belongs to.
    fn module(&self) -> &str {
        let name = self.path.split('/').next().unwrap_or_default();
        name.strip_suffix(".rs").unwrap_or(name)
    }

    /// Whether `word` stands in the code as a word of its own.
    fn names(&self, word: &str) -> bool {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        self.code.iter().any(|line| {
            line.match_indices(word).any(|(at, _)| {
                !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part)
            })
        })
    }
}

#[test]
fn the_domain_knows_neither_command_line_nor_terminal() {
    for file in files().iter().filter(|file| DOMAIN.contains(&file.module())) {
        for edge in EDGES {
            assert!(!file.names(edge), "{} names {edge}", file.path);
        }
    }
}

#[test]
fn files_are_written_whole_or_not_at_all() {
    let ways = ["fs::write", "File::create", "File::create_new", "NamedTempFile", "fs::copy"];
    for file in files().iter().filter(|file| !WRITERS.contains(&file.path.as_str())) {
        for way in ways {
            assert!(!file.names(way), "{} writes by {way}, not by atomic_write", file.path);
        }
    }
}

#[test]
fn modules_use_only_those_below_them() {
    let all: Vec<&str> = MAY_USE.iter().map(|(module, _)| *module).chain(["commands"]).collect();
    for file in &files() {
        let Some((module, allowed)) = MAY_USE.iter().find(|(name, _)| *name == file.module())
        else {
            assert!(["main", "lib", "commands"].contains(&file.module()), "{}", file.path);
            continue;
        };
        for other in all.iter().filter(|other| *other != module) {
            let free = allowed.contains(other) || GROUND.contains(other);
            assert!(free || !file.names(&format!("crate::{other}")), "{} uses {other}", file.path);
        }
    }
}

#[test]
fn rooms_of_contract_use_only_those_below_them() {
    for file in &files() {
        let Some(inside) = file.path.strip_prefix("contract/") else { continue };
        let room = inside.split(['/', '.']).next().unwrap_or_default();
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            assert_eq!(room, "mod", "{} is in no room", file.path);
            continue;
        };
        for (other, _) in ROOMS.iter().filter(|(other, _)| *other != room) {
            let free = allowed.contains(other);
            assert!(
                free || !file.names(&format!("contract::{other}")),
                "{} uses {other}",
                file.path
            );
        }
    }
}

#[test]
fn inner_rooms_use_only_those_below_them() {
    for (folder, ground, rooms) in INNER_ROOMS {
        let module = folder.replace('/', "::");
        for file in &files() {
            let Some(inside) = file.path.strip_prefix(&format!("{folder}/")) else { continue };
            let room = inside.split(['/', '.']).next().unwrap_or_default();
            if room == "mod" {
                continue;
            }
            let own = rooms.iter().find(|(name, _)| *name == room);
            assert!(own.is_some() || ground.contains(&room), "{} is in no room", file.path);
            let allowed = own.map_or(&[] as &[&str], |(_, allowed)| allowed);
            let others = rooms.iter().map(|(name, _)| name).filter(|name| **name != room);
            for other in others.filter(|other| !allowed.contains(other)) {
                let beside = format!("super::{other}");
                let used = file.names(&format!("{module}::{other}"))
                    || (!inside.contains('/') && file.names(&beside));
                assert!(!used, "{} uses {other}", file.path);
            }
        }
    }
}

#[test]
fn a_command_knows_no_other_command() {
    let files = files();
    // The room and the name of a command, or of what commands share.
    let command = |file: &File| {
        let below = file.path.strip_prefix("commands/")?;
        let (room, file) = below.split_once('/')?;
        let name = file.split(['/', '.']).next().unwrap_or_default();
        (name != "mod").then(|| (room.to_owned(), name.to_owned()))
    };
    let commands: Vec<(String, String)> =
        files.iter().filter_map(command).filter(|(room, _)| room != SHARED).collect();
    assert!(commands.len() > 15, "the commands are there");
    for file in &files {
        let Some(own) = command(file) else { continue };
        let deep = file.path.matches('/').count() > 2;
        for (room, name) in commands.iter().filter(|command| **command != own) {
            let mut ways = vec![format!("commands::{room}::{name}"), format!("commands::{name}")];
            if *room == own.0 {
                let beside = if deep { "super::super" } else { "super" };
                ways.push(format!("{beside}::{name}"));
            }
            let used = ways.iter().find(|way| file.names(way));
            assert_eq!(used, None, "{} knows another command", file.path);
        }
    }
}

#[test]
fn a_room_of_contract_is_used_by_its_face() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| !["html", "xml"].contains(room)) {
        let face = files().into_iter().find(|file| file.path == format!("contract/{room}/mod.rs"));
        let face = face.unwrap_or_else(|| panic!("{room} has a face"));
        let open = face.code.iter().filter(|line| line.starts_with("pub mod")).count();
        // How long is waited where a step does not say it is asked by name.
        assert_eq!(open, usize::from(*room == "format"), "{room} shows a module whole");
    }
}

#[test]
fn a_crate_with_effects_has_a_single_home() {
    for (name, home) in SINGLE_HOME {
        let files = files();
        let users = files.iter().filter(|file| file.names(name));
        let mut users: Vec<&str> = users.map(|file| file.path.as_str()).collect();
        users.sort_unstable();
        assert_eq!(users, home.split(' ').collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn only_the_terminal_touches_the_streams() {
    for file in files().iter().filter(|file| file.module() != "terminal") {
        for word in ["println", "eprintln", "print", "eprint", "dbg", "io::stdout", "io::stderr"] {
            let used = if word.contains("::") { word.to_owned() } else { format!("{word}!") };
            let named = file.code.iter().any(|line| {
                line.match_indices(&used).any(|(at, _)| !line[..at].ends_with(char::is_alphabetic))
            });
            assert!(!named, "{} has {used}", file.path);
        }
    }
}

#[test]
fn nobody_is_shown_a_debug_text() {
    for file in files() {
        for form in [":?}", ":#?}"] {
            let line = file.code.iter().find(|line| line.contains(form));
            assert_eq!(line, None, "{} has {form}", file.path);
        }
    }
}

#[test]
fn a_mod_rs_only_declares() {
    for file in files().iter().filter(|file| file.path.ends_with("mod.rs")) {
        // The commands' own holds the one match that runs them.
        let allowed = usize::from(file.path == "commands/mod.rs");
        let functions = file.code.iter().filter(|line| line.contains("fn ")).count();
        assert!(functions <= allowed, "{} has a function", file.path);
    }
}

#[test]
fn every_file_says_what_it_owns_and_is_short() {
    for file in files() {
        let first = match file.path.rsplit_once('.') {
            Some((_, "css")) => "/* ",
            Some((_, "js")) => "// ",
            Some((_, "hbs")) => "{{! ",
            _ => "//! ",
        };
        assert!(file.all.starts_with(first), "{} does not say what it owns", file.path);
        let lines = file.all.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.path);
    }
}
