//! What is at the target already.

use crate::place::{NEW, Place, ROADMAP, Tried, Verdict, each, must, ran};
use crate::report::Trial;
use crate::state::{Start, content, is_untouched, is_whole, no_leftovers, prepare};
use crate::table;
use crate::trace::{SystemCall, system_calls};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

pub fn trials() -> Vec<Trial> {
    vec![
        (table::ABSENT, || each(&[Start::Absent], |start| fills(*start))),
        (table::EMPTY, || each(&[Start::Empty], |start| fills(*start))),
        (table::HERE, here),
        (table::GIT_NEW, || each(&[Start::Git], |start| fills(*start))),
        (table::GIT_OLD, with_commits),
        (table::FILES, files),
        (table::PARENT, not_writable),
    ]
}

fn fills(start: Start) -> Verdict {
    let place = Place::new();
    prepare(&place, start);
    let node = || fs::metadata(place.target()).map(|kind| kind.ino()).ok();
    let before = node();
    place.run(NEW).is(0)?;
    must(before.is_none() || before == node(), || "the directory was replaced".to_owned())?;
    is_whole(&place, start)
}

fn here() -> Tried {
    each(&[Start::Empty, Start::Git], |start| {
        let place = Place::new();
        prepare(&place, *start);
        let mut command = place.roadmap("new blog . --lang rust");
        command.current_dir(place.target());
        ran(command).is(0)?;
        is_whole(&place, *start)
    })
}

fn with_commits() -> Tried {
    each(&["HEAD", "refs/heads/other"], |reference| {
        let place = Place::new();
        let repository = git2::Repository::init(place.target()).expect("made");
        let who = git2::Signature::new("Eve", "eve@example.org", &git2::Time::new(1, 0));
        let who = who.expect("a signature");
        let empty = repository.treebuilder(None).and_then(|tree| tree.write()).expect("a tree");
        let empty = repository.find_tree(empty).expect("there");
        repository.commit(Some(reference), &who, &who, "mine", &empty, &[]).expect("committed");
        let before = content(&place.path("work/blog/.git"));
        let ran = place.run(NEW);
        ran.is(0)?;
        ran.says("has commits already")?;
        must(content(&place.path("work/blog/.git")) == before, || ".git was changed".to_owned())?;
        must(place.target().join("Cargo.toml").exists(), || "no file".to_owned())?;
        no_leftovers(&place)
    })
}

fn files() -> Tried {
    let all = [
        "README.md",
        ".hidden",
        "src/main.rs",
        "empty/",
        ".git/HEAD|notes",
        ".env",
        ".roadmap-new",
    ];
    each(&all, |name| {
        let place = Place::new();
        for part in name.split('|') {
            match part.strip_suffix('/') {
                Some(folder) => fs::create_dir_all(place.target().join(folder)).expect("made"),
                None => drop(place.write(&format!("work/blog/{part}"), "ref: precious")),
            }
        }
        let before = content(&place.path(""));
        for line in [NEW, "new blog --lang rust --no-git", "new blog --lang rust --dry-run"] {
            place.run(line).refused()?;
            must(content(&place.path("")) == before, || format!("{name} was touched"))?;
        }
        Ok(())
    })
}

/// As a user who may not write there; then with the refusal at each call that makes something.
fn not_writable() -> Tried {
    let mut tried =
        each(&[(Start::Absent, "work"), (Start::Empty, "work/blog")], |(start, shut)| {
            let place = Place::new();
            prepare(&place, *start);
            let mode = |below: &str, mode| {
                fs::set_permissions(place.path(below), PermissionsExt::from_mode(mode))
                    .expect("set");
            };
            mode("", 0o755);
            mode(shut, 0o555);
            let mut command = place.command("/usr/bin/setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", ROADMAP]);
            command.args(NEW.split(' '));
            let ran = ran(command);
            mode(shut, 0o755);
            ran.refused()?;
            ran.says("ermission denied")?;
            is_untouched(&place, *start)
        });
    for start in [Start::Absent, Start::Empty] {
        let all = system_calls(start);
        let makes = |call: &&SystemCall| call.needs_room && call.name != "write";
        let calls = all.iter().filter(makes);
        let calls: Vec<_> = calls.cloned().collect();
        let more = each(&calls, |call| {
            let place = Place::new();
            prepare(&place, start);
            let ran = ran(call.run(&place, "error=EACCES", None));
            match ran.code {
                Some(0) => is_whole(&place, start),
                Some(2) => is_untouched(&place, start),
                _ => Err(ran.to_string()),
            }
            .map_err(|problem| format!("EACCES at {}: {problem}; {ran}", call.label()))
        });
        tried.runs += more.runs;
        tried.failures.extend(more.failures);
    }
    tried
}
