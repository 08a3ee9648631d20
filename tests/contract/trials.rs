//! That the reference server is one: it starts, keeps, ends, and knows its faults.

use crate::reference::faults;
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub const PROJECTS: &[&str] = &["tasks", "blog", "shop", "chat"];

/// A reference server under way; it is killed with its last owner.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(project: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["serve", "--project", project]).env("PORT", "0").env_remove("HOST");
    command.env_remove("LOG_LEVEL").stdin(Stdio::null()).stdout(Stdio::null());
    command
}

impl Server {
    fn start(project: &str, database: &Path) -> Self {
        let mut command = program(project);
        command.env("DATABASE_URL", database).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let mut line = String::new();
        let log = child.stderr.take().expect("a log");
        BufReader::new(log).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit("http://").next().unwrap_or_default().to_owned();
        Self { child, address }
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }
}

/// It becomes healthy, has its description and its page with all that the page names, and ends with 0 on SIGTERM.
pub fn starts_and_stops(project: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(project, &folder.path().join("deep/er/data"));
    assert!(server.ask("GET", "/healthz", "").contains(r#"{"status":"ok"}"#));
    for (path, expected) in [("/", "text/html"), ("/openapi.json", r#""openapi":"3.1"#)] {
        let answer = server.ask("GET", path, "");
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.contains(expected),
            "{path}: {answer}"
        );
    }
    let page = server.ask("GET", "/", "");
    for path in words(&page, "=\"/static").filter(|path| !path.is_empty()) {
        let answer = server.ask("GET", &format!("/static{path}"), "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    if cfg!(unix) {
        let pid = server.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
        assert_eq!(server.child.wait().expect("an end").code(), Some(0));
    }
}

/// What was answered with 201 is there after `kill -9`.
pub fn keeps_what_it_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("data");
    for round in 1..=3 {
        let mut server = Server::start("tasks", &file);
        let answer = server.ask("POST", "/api/tasks", r#"{"title": "Kept"}"#);
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        server.child.kill().expect("killed");
        server.child.wait().expect("an end");
        let server = Server::start("tasks", &file);
        let listed = server.ask("GET", "/api/tasks", "");
        assert!(listed.contains(&format!(r#""total":{round}}}"#)), "{listed}");
    }
}

/// An unknown fault is refused by name, and every known one is taken.
pub fn knows_its_faults() {
    for project in PROJECTS {
        let wrong = program(project).args(["--fault", "none-such"]).output().expect("it runs");
        assert_eq!(wrong.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&wrong.stderr).contains("none-such"));
        let names: BTreeSet<String> =
            faults::of(project).into_iter().map(|fault| fault.name).collect();
        assert_eq!(names.len(), faults::of(project).len(), "{project}: a name is given twice");
        assert!(names.len() > 80, "{project}: {} faults", names.len());
    }
}

/// An unknown hostile server is refused; one that dies does so.
pub fn knows_its_hostile_servers() {
    for (mode, code) in [("none-such", 2), ("dies-at-once", 3)] {
        let mut command = Command::new(std::env::current_exe().expect("a path"));
        let ended = command.args(["serve", "--hostile", mode]).output().expect("it runs");
        assert_eq!(ended.status.code(), Some(code), "{mode}");
    }
}

/// Every fault of the lists is asked for in the code, and the code asks for no others.
pub fn lists_the_faults_it_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract/reference");
    let mut code = String::new();
    for path in files(&root) {
        code += &fs::read_to_string(path).expect("UTF-8");
    }
    let asked: BTreeSet<&str> =
        ["fault(\"", "param(\""].iter().flat_map(|call| words(&code, call)).collect();
    let mut listed = BTreeSet::new();
    for fault in PROJECTS.iter().flat_map(|project| faults::of(project)) {
        assert!(fault.wrong.len() > 10, "{} has no sentence", fault.name);
        if !fault.name.contains('.') || fault.name.starts_with("policy") {
            listed.insert(fault.name.split(':').next().unwrap_or_default().to_owned());
        }
    }
    let listed: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
    let differ: Vec<_> = listed.symmetric_difference(&asked).collect();
    assert!(differ.is_empty(), "listed or asked for alone: {differ:?}");
}

fn words<'a>(code: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    code.split(call).skip(1).filter_map(|rest| rest.split('"').next())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("one").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
