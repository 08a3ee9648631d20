//! Git's surroundings: variables, configuration, repositories around.

use crate::place::{NEW, Place, Tried, Verdict, each, must, ran};
use crate::report::Trial;
use crate::state::{Start, content, head, is_whole, no_leftovers, prepare};
use crate::table;
use std::fs;
use std::path::Path;
use std::process::Command;

pub fn trials() -> Vec<Trial> {
    vec![
        (table::NO_HOME, no_home),
        (table::GIT_VARIABLES, variables),
        (table::GIT_CONFIG, hostile),
        (table::GIT_BROKEN, broken),
        (table::INSIDE_TREE, inside_tree),
        (table::INSIDE_BARE, inside_bare),
        (table::OTHER_OWNER, other_owner),
        (table::OTHER_GIT, other_git),
    ]
}

const STARTS: [Start; 3] = [Start::Absent, Start::Empty, Start::Git];

fn no_home() -> Tried {
    // There is no git in the sandbox's PATH at any time.
    each(&STARTS, |start| {
        let place = Place::new();
        prepare(&place, *start);
        fs::remove_file(place.path(".gitconfig")).expect("there");
        let mut command = place.roadmap(NEW);
        command.env_remove("HOME").env_remove("PATH").env_remove("ROADMAP_STATE_DIR");
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        let ran = ran(command);
        ran.is(0)?;
        ran.says("user.email")?;
        head(&place.target())?;
        no_leftovers(&place)
    })
}

/// Where the variables lead: another repository, which must stay as it is.
fn variables() -> Tried {
    let all = [
        ("GIT_DIR", "victim/.git"),
        ("GIT_DIR", "nowhere"),
        ("GIT_WORK_TREE", "victim"),
        ("GIT_INDEX_FILE", "victim/.git/index"),
        ("GIT_INDEX_FILE", "nowhere/index"),
        ("GIT_OBJECT_DIRECTORY", "victim/.git/objects"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "victim/.git/objects"),
        ("GIT_NAMESPACE", "theirs"),
        ("GIT_COMMON_DIR", "victim/.git"),
        ("GIT_CEILING_DIRECTORIES", ""),
        ("GIT_CONFIG_GLOBAL", "nowhere"),
        ("GIT_TEMPLATE_DIR", "victim"),
    ];
    let cases: Vec<_> =
        all.iter().flat_map(|pair| STARTS.iter().map(move |start| (*pair, *start))).collect();
    each(&cases, |((variable, leads), start)| {
        let verdict = || {
            let place = Place::new();
            prepare(&place, *start);
            git2::Repository::init(place.path("victim")).expect("made");
            place.write("victim/mine", "mine");
            let before = content(&place.path("victim"));
            let mut command = place.roadmap(NEW);
            command.env(variable, place.path(leads));
            ran(command).is(0)?;
            must(content(&place.path("victim")) == before, || "the other was changed".to_owned())?;
            must(!place.path("nowhere").exists(), || "something was made".to_owned())?;
            is_whole(&place, *start)
        };
        verdict().map_err(|problem: String| format!("{variable}={leads}, {start:?}: {problem}"))
    })
}

fn hostile() -> Tried {
    each(&STARTS, |start| {
        let place = Place::new();
        prepare(&place, *start);
        let ran_file = place.path("a-hook-ran");
        let hook = format!("#!/bin/sh\necho x > {}\nexit 1\n", ran_file.display());
        for name in ["pre-commit", "post-commit", "reference-transaction", "post-index-change"] {
            executable(&place.write(&format!("hooks/{name}"), &hook));
            executable(&place.write(&format!("template/hooks/{name}"), &hook));
            if *start == Start::Git {
                executable(&place.write(&format!("work/blog/.git/hooks/{name}"), &hook));
            }
        }
        place.write("ignore", "*\n");
        place.write("attributes", "* filter=evil text eol=crlf\n");
        place.write("template/info/exclude", "*\n");
        let home = place.path("");
        let home = home.display();
        place.write(
            ".gitconfig",
            format!(
                "[user]\n\tname = Ada\n\temail = ada@example.org\n\tsigningKey = none\n\
                 [init]\n\tdefaultBranch = trunk\n\ttemplateDir = {home}/template\n\
                 [core]\n\thooksPath = {home}/hooks\n\tautocrlf = true\n\tsafecrlf = true\n\
                 \texcludesFile = {home}/ignore\n\tattributesFile = {home}/attributes\n\
                 \tfsmonitor = {home}/hooks/pre-commit\n\tbigFileThreshold = 1\n\
                 [filter \"evil\"]\n\tclean = {home}/hooks/pre-commit\n\trequired = true\n\
                 [commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {home}/hooks/pre-commit\n"
            ),
        );
        place.run(NEW).is(0)?;
        must(!ran_file.exists(), || "a hook or a program ran".to_owned())?;
        // Judged with a plain configuration: theirs says that all files are changed.
        let plain = "[user]\n\tname = Ada\n\temail = ada@example.org\n";
        place.write(".gitconfig", plain);
        is_whole(&place, *start)
    })
}

fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, PermissionsExt::from_mode(0o755)).expect("set");
}

fn broken() -> Tried {
    let texts: &[&[u8]] =
        &[b"[user\nname", b"[include]\n\tpath = .gitconfig\n", b"\xff\xfe\x00", b"[a]\n\tb = \"c"];
    let cases: Vec<_> =
        texts.iter().flat_map(|text| STARTS.iter().map(move |start| (*text, *start))).collect();
    each(&cases, |(text, start)| {
        let place = Place::new();
        prepare(&place, *start);
        place.write(".gitconfig", text);
        place.run(NEW).is(0)?;
        head(&place.target())?;
        no_leftovers(&place)
    })
}

/// No repository in the target, whose files are all there, and a note.
fn not_nested(place: &Place, target: &str) -> Verdict {
    let ran = place.run(&format!("new blog {target} --lang rust"));
    ran.is(0)?;
    ran.says("note: no repository was made")?;
    let target = place.path("work").join(target);
    must(target.join("Cargo.toml").exists(), || "no file".to_owned())?;
    must(!target.join(".git").exists(), || "a nested repository".to_owned())?;
    no_leftovers(place)
}

fn inside_tree() -> Tried {
    each(&["blog", "a/b/blog", "there"], |target| {
        let place = Place::new();
        git2::Repository::init(place.path("work")).expect("made");
        fs::create_dir(place.path("work/there")).expect("made");
        let before = content(&place.path("work/.git"));
        not_nested(&place, target)?;
        must(content(&place.path("work/.git")) == before, || "theirs was changed".to_owned())
    })
}

fn inside_bare() -> Tried {
    each(&["blog", "a/b/blog", "refs/blog"], |target| {
        let place = Place::new();
        git2::Repository::init_bare(place.path("work")).expect("made");
        not_nested(&place, target)
    })
}

fn give_away(path: &Path) -> Verdict {
    let given = Command::new("chown").args(["-R", "65534:65534"]).arg(path).status();
    must(given.is_ok_and(|status| status.success()), || "only root can try this".to_owned())
}

fn other_owner() -> Tried {
    each(&["blog", "there"], |target| {
        let place = Place::new();
        git2::Repository::init(place.path("work")).expect("made");
        fs::create_dir(place.path("work/there")).expect("made");
        give_away(&place.path("work/.git"))?;
        give_away(&place.path("work"))?;
        not_nested(&place, target)
    })
}

fn other_git() -> Tried {
    each(&[Start::Git], |start| {
        let place = Place::new();
        prepare(&place, *start);
        give_away(&place.target())?;
        let before = content(&place.target());
        let ran = place.run(NEW);
        ran.refused()?;
        ran.says("--no-git")?;
        must(content(&place.target()) == before, || "it was touched".to_owned())?;
        place.run("new blog --lang rust --no-git").is(0)
    })
}
