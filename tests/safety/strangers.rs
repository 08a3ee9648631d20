//! Template libraries by somebody who means harm.

use crate::place::{Place, Ran, Tried, Verdict, copy, each, must, ran};
use crate::report::Trial;
use crate::state::{Content, content};
use crate::table;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

pub fn trials() -> Vec<Trial> {
    vec![
        (table::CLASHES, clashes),
        (table::TRAVERSAL, traversal),
        (table::LINKS, links),
        (table::MANY, many),
        (table::LOOPS, loops),
        (table::BOMBS, bombs),
    ]
}

/// What a run may take: memory in KiB, and time.
const MEMORY: &str = "600000";
const TIME: Duration = Duration::from_secs(10);

/// A library with a mistake in it.
type Case = (&'static str, fn(&Path));

/// Refused, in time, with bounded memory, and nothing written anywhere.
fn refused(cases: &[Case]) -> Tried {
    each(cases, |(name, spoil)| {
        let place = Place::new();
        library(&place, *spoil);
        let before = content(&place.path(""));
        let verdict = |ran: Ran, duration: Duration| -> Verdict {
            must(duration < TIME, || format!("it took {duration:?}"))?;
            ran.refused()?;
            same(&before, &content(&place.path("")))
        };
        let (ran, duration) = bounded(&place);
        verdict(ran, duration).map_err(|problem| format!("{name}: {problem}"))
    })
}

fn same(before: &Content, after: &Content) -> Verdict {
    let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    must(before == after, || format!("something was written: {new:?}"))
}

fn library(place: &Place, spoil: fn(&Path)) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/templates");
    copy(&fixtures, &place.path("library"));
    place.write("secret", "secret");
    spoil(&place.path("library"));
}

fn bounded(place: &Place) -> (Ran, Duration) {
    let mut command = place.command("/bin/sh");
    let script = format!("ulimit -v {MEMORY}; ulimit -t 20; exec \"$@\"");
    command.args(["-c", &script, "sh", crate::place::ROADMAP]);
    command.args(["new", "blog", "--lang", "rust", "--templates"]).arg(place.path("library"));
    let start = Instant::now();
    let ran = ran(command);
    (ran, start.elapsed())
}

fn put(library: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = library.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(path, text).expect("written");
}

fn clashes() -> Tried {
    refused(&[
        ("case", |l| put(l, "base/files/readme.MD", "x")),
        ("case of folders", |l| put(l, "frameworks/axum/files/SRC/main.rs", "x")),
        ("case beyond ASCII", |l| {
            put(l, "base/files/Ä", "x");
            put(l, "base/files/ä", "x");
        }),
        ("a file as a folder", |l| put(l, "base/files/src", "x")),
        ("device", |l| put(l, "base/files/con", "x")),
        ("device with an ending", |l| put(l, "base/files/a/aux.txt.hbs", "x")),
        ("device as a folder", |l| put(l, "base/files/NUL/x", "x")),
        ("a dot at the end", |l| put(l, "base/files/a.", "x")),
        ("a space at the end", |l| put(l, "base/files/a /b", "x")),
        ("a colon", |l| put(l, "base/files/a:b", "x")),
        ("a control character", |l| put(l, "base/files/a\u{1b}b", "x")),
        ("over-long path", |l| put(l, &format!("base/files/{}x", "abcdefgh/".repeat(17)), "x")),
        ("over-long name", |l| put(l, &format!("base/files/{}", "x".repeat(200)), "x")),
        ("not UTF-8", |l| {
            use std::os::unix::ffi::OsStrExt;
            let name = std::ffi::OsStr::from_bytes(b"a\xff");
            fs::write(l.join("base/files").join(name), "x").expect("written");
        }),
    ])
}

fn traversal() -> Tried {
    refused(&[
        ("backslashes", |l| put(l, "base/files/..\\..\\x", "x")),
        ("git's hooks", |l| put(l, "base/files/.git/hooks/pre-commit", "x")),
        ("git's hooks in capitals", |l| put(l, "base/files/.GIT/hooks/pre-commit", "x")),
        ("git's folder below", |l| put(l, "base/files/a/.git/config", "x")),
        ("git's folder by its short name", |l| put(l, "base/files/git~1/config", "x")),
        ("git's folder by an ignorable", |l| put(l, "base/files/.g\u{200c}it/config", "x")),
        ("git's folder by a stream", |l| put(l, "base/files/.git::$INDEX_ALLOCATION/config", "x")),
        ("rendered to nothing", |l| put(l, "base/files/.hbs", "x")),
        ("rendered to git's folder", |l| put(l, "base/files/a/.git.hbs", "x")),
        ("secrets", |l| put(l, "base/files/.env", "x")),
        ("secrets, rendered", |l| put(l, "base/files/.env.hbs", "x")),
        ("secrets in capitals", |l| put(l, "base/files/.ENV", "x")),
        ("our stage", |l| put(l, "base/files/.roadmap-new/moving", "x")),
        ("our stage in capitals", |l| put(l, "base/files/.Roadmap-New/lock", "x")),
        ("executable outside", |l| {
            put(l, "projects/blog/layer.yaml", "executable: [../../secret]\n");
        }),
        ("a framework that leads out", |l| {
            put(l, "frameworks/axum/layer.yaml", "language: ../../..\n");
            fs::remove_dir_all(l.join("languages")).expect("there");
        }),
    ])
}

fn links() -> Tried {
    fn link(library: &Path, from: &str, to: &str) {
        let from = library.join(from);
        fs::create_dir_all(from.parent().expect("a parent")).expect("made");
        symlink(to, from).expect("made");
    }
    refused(&[
        ("a link to a file", |l| link(l, "base/files/x", "../../../secret")),
        ("a link to a folder", |l| link(l, "base/files/x", "../../..")),
        ("a link to nowhere", |l| link(l, "base/files/x", "nowhere")),
        ("a link to itself", |l| link(l, "base/files/x", "x")),
        ("a link to the system", |l| link(l, "base/files/x", "/etc/passwd")),
        ("facts by a link", |l| {
            fs::remove_file(l.join("base/layer.yaml")).expect("there");
            link(l, "base/layer.yaml", "../../secret");
        }),
        ("a layer by a link", |l| {
            fs::rename(l.join("projects/blog"), l.join("../blog")).expect("moved");
            link(l, "projects/blog", "../../blog");
        }),
        ("the folder of files by a link", |l| {
            fs::rename(l.join("base/files"), l.join("../files")).expect("moved");
            link(l, "base/files", "../../files");
        }),
        ("layers' folder by a link", |l| {
            fs::rename(l.join("languages"), l.join("../languages")).expect("moved");
            link(l, "languages", "../languages");
        }),
        ("a framework by a link", |l| {
            fs::rename(l.join("frameworks"), l.join("../frameworks")).expect("moved");
            link(l, "frameworks", "../frameworks");
        }),
        ("a FIFO", |l| {
            let created = Command::new("mkfifo").arg(l.join("base/files/x")).status();
            assert!(created.expect("mkfifo runs").success());
        }),
        ("facts by a FIFO", |l| {
            fs::remove_file(l.join("frameworks/axum/layer.yaml")).expect("there");
            let created = Command::new("mkfifo").arg(l.join("frameworks/axum/layer.yaml")).status();
            assert!(created.expect("mkfifo runs").success());
        }),
        ("a socket", |l| {
            drop(std::os::unix::net::UnixListener::bind(l.join("base/files/x")).expect("bound"));
        }),
        ("a device", |l| {
            let mut make = Command::new("mknod");
            let created = make.arg(l.join("base/files/x")).args(["c", "1", "5"]).status();
            assert!(created.expect("mknod runs").success(), "only root can try this");
        }),
    ])
}

fn many() -> Tried {
    refused(&[
        ("10,000 files", |l| {
            for number in 0..10_000 {
                let path = l.join(format!("base/files/x{number}"));
                File::create(path).expect("made");
            }
        }),
        ("1 GiB", |l| {
            let file = File::create(l.join("base/files/x")).expect("made");
            file.set_len(1 << 30).expect("set");
        }),
        ("facts of 7 MiB", |l| put(l, "base/layer.yaml", "a".repeat(7 << 20))),
        ("many large files", |l| {
            for number in 0..40 {
                let file = File::create(l.join(format!("base/files/x{number}"))).expect("made");
                file.set_len(4 << 20).expect("set");
            }
        }),
        ("1,000 folders deep", |l| put(l, &format!("base/files/{}x", "a/".repeat(1_000)), "x")),
        ("10,000 folders side by side", |l| {
            for number in 0..10_000 {
                fs::create_dir_all(l.join(format!("base/files/x{number}/y"))).expect("made");
            }
        }),
    ])
}

fn loops() -> Tried {
    refused(&[
        ("loops in loops", |l| {
            let list = vec!["1"; 1_000].join(",");
            put(l, "projects/blog/layer.yaml", format!("facts: {{l: [{list}]}}\n"));
            let each = "{{#each @root.facts.l}}".repeat(6);
            put(l, "base/files/x.hbs", format!("{each}x{}", "{{/each}}".repeat(6)));
        }),
        ("loops in loops that print nothing", |l| {
            let list = vec!["1"; 1_000].join(",");
            put(l, "projects/blog/layer.yaml", format!("facts: {{l: [{list}]}}\n"));
            let each = "{{#each @root.facts.l}}".repeat(6);
            put(l, "base/files/x.hbs", format!("{each}{}", "{{/each}}".repeat(6)));
        }),
        ("loops in a sorted block", |l| {
            let list = vec!["1"; 1_000].join(",");
            put(l, "projects/blog/layer.yaml", format!("facts: {{l: [{list}]}}\n"));
            let each = "{{#each @root.facts.l}}".repeat(4);
            let text = format!("{each}xxxxxxxxxxxxxxxx{}", "{{/each}}".repeat(4));
            put(l, "base/files/x.hbs", format!("{{{{#sort_lines}}}}{text}{{{{/sort_lines}}}}"));
        }),
        ("slots that double", |l| {
            let mut facts = String::from("slots:\n");
            for number in 0..40 {
                facts.push_str(&format!("  s{number}: one\n"));
                let next = format!("{{{{> s{}}}}}", number + 1);
                let text = if number == 39 { "x".to_owned() } else { next.repeat(2) };
                put(l, &format!("projects/blog/slots/s{number}.md.hbs"), text);
            }
            put(l, "projects/blog/layer.yaml", facts);
            put(l, "projects/blog/files/x.hbs", "{{> s0}}");
        }),
        ("slots in a circle", |l| {
            put(l, "projects/blog/layer.yaml", "slots: {a: one, b: one}\n");
            put(l, "projects/blog/slots/a.md.hbs", "{{> b}}");
            put(l, "projects/blog/slots/b.md.hbs", "{{> a}}");
            put(l, "projects/blog/files/x.hbs", "{{> a}}");
        }),
        ("a partial that names itself by a value", |l| {
            put(l, "projects/blog/layer.yaml", "facts: {me: base/files/x.hbs}\n");
            put(l, "base/files/x.hbs", "{{> (lookup facts \"me\")}}");
        }),
        ("an inline partial that names itself", |l| {
            put(l, "projects/blog/layer.yaml", "slots: {me: many}\n");
            put(l, "base/files/x.hbs", "{{#*inline \"me\"}}{{> me}}{{/inline}}{{> me}}");
        }),
        ("a block partial in a circle", |l| {
            put(l, "projects/blog/layer.yaml", "slots: {me: many}\n");
            put(l, "base/files/x.hbs", "{{#> me}}{{> @partial-block}}{{/me}}");
        }),
        ("blocks 100,000 deep", |l| {
            let depth = 100_000;
            let text = ["{{#each name}}".repeat(depth), "{{/each}}".repeat(depth)].concat();
            put(l, "base/files/x.hbs", text);
        }),
        ("brackets 100,000 deep", |l| {
            let depth = 100_000;
            let text = format!("{{{{json {}name{}}}}}", "(json ".repeat(depth), ")".repeat(depth));
            put(l, "base/files/x.hbs", text);
        }),
        ("lists 100,000 deep", |l| {
            let text = format!("{{{{json {}1{}}}}}", "[".repeat(100_000), "]".repeat(100_000));
            put(l, "base/files/x.hbs", text);
        }),
    ])
}

fn bombs() -> Tried {
    refused(&[
        ("aliases that double", |l| {
            let mut text = String::from("facts:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
            for number in 1..12 {
                let list = vec![format!("*a{}", number - 1); 10].join(",");
                text.push_str(&format!("  a{number}: &a{number} [{list}]\n"));
            }
            put(l, "projects/blog/layer.yaml", text);
        }),
        ("an alias in itself", |l| put(l, "projects/blog/layer.yaml", "facts: &a\n  x: *a\n")),
        ("lists 100,000 deep", |l| {
            let text = format!("facts: {{x: {}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
            put(l, "projects/blog/layer.yaml", text);
        }),
        ("blocks 10,000 deep", |l| {
            let mut text = String::from("facts:\n");
            for depth in 1..10_000 {
                text.push_str(&" ".repeat(depth % 700 + 1));
                text.push_str("a:\n");
            }
            put(l, "projects/blog/layer.yaml", text);
        }),
        ("a million documents", |l| {
            put(l, "projects/blog/layer.yaml", "---\na: 1\n".repeat(900_000));
        }),
    ])
}
