//! A machine on which a starter has its own toolchain alone: `PATH` and an empty `HOME`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use tempfile::TempDir;

/// What a README may use on any machine: a shell, the small programs of a Unix system, git and curl.
const EVERYWHERE: &[&str] = &[
    "sh", "env", "basename", "cat", "chmod", "cp", "cut", "date", "dirname", "echo", "expr",
    "head", "id", "ln", "ls", "mkdir", "mktemp", "mv", "printf", "pwd", "readlink", "realpath",
    "rm", "rmdir", "sleep", "sort", "tail", "tee", "touch", "tr", "true", "uname", "wc", "git",
    "curl",
];

/// The programs of a toolchain, by the name of its tool in `starter.toml`.
const TOOLCHAINS: &[(&str, &[&str])] = &[
    // No Python, no make, no compiler: npm must have nothing to build.
    ("node", &["node", "npm", "npx"]),
    (
        "cargo",
        &[
            "cargo",
            "rustc",
            "rustdoc",
            "rustfmt",
            "cargo-fmt",
            "cargo-clippy",
            "clippy-driver",
            // rustc links with the system's compiler, and SQLite is compiled.
            "cc",
            "ld",
            "as",
            "ar",
        ],
    ),
    ("python3", &["python3"]),
    // No compiler of C: SQLite is a Go module.
    ("go", &["go", "gofmt"]),
    ("java", &["java", "javac"]),
    ("mvn", &["mvn"]),
];

/// What the environment must still give: how this machine reaches the registries (addresses, certificates,
/// proxies). A variable is passed on if its name has one of these in it, in whatever case.
const PASSED_ON: &[&str] = &[
    "CERT",
    "CA_BUNDLE",
    "_PROXY",
    "PIP_INDEX",
    "PIP_FIND_LINKS",
    "PIP_CONFIG_FILE",
    "NPM_CONFIG_REGISTRY",
    "CARGO_REGISTRIES",
    "CARGO_SOURCE",
    "CARGO_HTTP",
    "CARGO_NET",
    "RUSTUP_",
    "GOPROXY",
    "GOSUMDB",
];

pub struct Sandbox {
    folder: TempDir,
    variables: BTreeMap<OsString, OsString>,
}

impl Sandbox {
    /// For a starter whose tools these are.
    pub fn new<'a>(tools: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let (bin, home) = (folder.path().join("bin"), folder.path().join("home"));
        for new in [&bin, &home] {
            fs::create_dir(new).map_err(|error| error.to_string())?;
        }
        let mut variables: BTreeMap<OsString, OsString> =
            env::vars_os().filter(|(name, _)| is_passed_on(&name.to_string_lossy())).collect();
        EVERYWHERE.iter().for_each(|name| link(name, &bin));
        for tool in tools {
            let of_tool = TOOLCHAINS.iter().find(|(name, _)| *name == tool);
            let (_, programs) = of_tool.ok_or(format!("{tool}: not in TOOLCHAINS"))?;
            programs.iter().for_each(|name| link(name, &bin));
            variables.extend(caches(tool));
            if tool == "mvn" {
                variables.insert("MAVEN_OPTS".into(), maven(&home)?);
            }
        }
        let set = |name: &str, value: &Path| (OsString::from(name), value.as_os_str().to_owned());
        variables.extend([set("PATH", &bin), set("HOME", &home)]);
        variables.extend([
            // `git commit --amend --reset-author` needs to know who it is.
            set("GIT_AUTHOR_NAME", Path::new("A Learner")),
            set("GIT_AUTHOR_EMAIL", Path::new("learner@example.invalid")),
            set("GIT_COMMITTER_NAME", Path::new("A Learner")),
            set("GIT_COMMITTER_EMAIL", Path::new("learner@example.invalid")),
        ]);
        Ok(Self { folder, variables })
    }

    /// A command that sees nothing but this machine.
    pub fn command(&self, program: impl AsRef<Path>, root: &Path) -> Command {
        // The program is looked for on the `PATH` of the command, which is not ours.
        let own = self.folder.path().join("bin").join(program.as_ref());
        let program = if own.exists() { &own } else { program.as_ref() };
        let mut command = Command::new(program);
        command.env_clear().envs(&self.variables).current_dir(root);
        command
    }
}

fn is_passed_on(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    PASSED_ON.iter().any(|part| upper.contains(part))
}

/// What makes the second starter of a toolchain quick: packages that were fetched, crates that were built.
fn caches(tool: &str) -> Vec<(OsString, OsString)> {
    let home = PathBuf::from(env::var_os("HOME").unwrap_or_default());
    let shared = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("starters");
    let own = |name: &str, usual: PathBuf| env::var_os(name).unwrap_or(usual.into_os_string());
    let values = match tool {
        "cargo" => vec![
            ("CARGO_HOME", own("CARGO_HOME", home.join(".cargo"))),
            // Where rustup has the toolchains.
            ("RUSTUP_HOME", own("RUSTUP_HOME", home.join(".rustup"))),
            ("CARGO_TARGET_DIR", shared.join("cargo").into_os_string()),
        ],
        "node" => vec![("npm_config_cache", own("npm_config_cache", home.join(".npm")))],
        "go" => vec![
            ("GOMODCACHE", own("GOMODCACHE", home.join("go/pkg/mod"))),
            ("GOCACHE", own("GOCACHE", home.join(".cache/go-build"))),
            ("STATICCHECK_CACHE", own("STATICCHECK_CACHE", home.join(".cache/staticcheck"))),
        ],
        "python3" => vec![("PIP_CACHE_DIR", own("PIP_CACHE_DIR", home.join(".cache/pip")))],
        _ => Vec::new(),
    };
    values.into_iter().map(|(name, value)| (name.into(), value)).collect()
}

/// Java asks the system for the user's folder, not `HOME`, so Maven is given it. The settings of this machine say
/// how it reaches the registry; the packages that it has fetched are shared.
fn maven(home: &Path) -> Result<OsString, String> {
    let usual = PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".m2");
    let own = home.join(".m2");
    fs::create_dir(&own).map_err(|error| error.to_string())?;
    let settings = usual.join("settings.xml");
    if settings.is_file() {
        fs::copy(settings, own.join("settings.xml")).map_err(|error| error.to_string())?;
    }
    let mut options = env::var_os("MAVEN_OPTS").unwrap_or_default();
    options.push(" -Duser.home=");
    options.push(home);
    options.push(" -Dmaven.repo.local=");
    options.push(usual.join("repository"));
    Ok(options)
}

/// A name in `bin` for the program that this machine has; one that is not here is left out.
fn link(name: &str, bin: &Path) {
    let path = env::var_os("PATH").unwrap_or_default();
    let installed =
        env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    // A version manager's `python3` is a script that needs the manager: the interpreter is asked for.
    let program = if name == "python3" { interpreter() } else { installed };
    if let Some(program) = program {
        symlink(program, bin.join(name)).expect("a link in a new folder");
    }
}

fn interpreter() -> Option<PathBuf> {
    let output = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
    Some(PathBuf::from(String::from_utf8(output.ok()?.stdout).ok()?.trim()))
}
