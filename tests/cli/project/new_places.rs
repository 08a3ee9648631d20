//! `roadmap new`: where a starter may go.

use crate::harness::sandbox::Sandbox;
use std::collections::BTreeSet;
use std::fs;

/// The files of the starter below `folder`, without `.git` and `.env`.
fn files(sandbox: &Sandbox, folder: &str) -> BTreeSet<String> {
    let start = format!("{folder}/");
    let paths = sandbox.content().into_keys().filter(|path| !path.contains(".git/"));
    let inside = paths.filter_map(|path| path.strip_prefix(&start).map(str::to_owned));
    inside.filter(|path| path != ".env" && !path.is_empty()).collect()
}

#[test]
fn an_empty_directory_and_the_current_directory_are_filled() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang rust").done();
    let whole = files(&sandbox, "work/blog");
    assert!(whole.contains("Cargo.toml"));
    fs::create_dir_all(sandbox.path("work/empty")).expect("made");
    sandbox.run("new blog empty --lang rust").done();
    assert_eq!(files(&sandbox, "work/empty"), whole);
    fs::create_dir_all(sandbox.path("stand-here")).expect("made");
    let here = sandbox.small("new blog . --lang rust").inside("stand-here").go().done();
    assert_eq!(files(&sandbox, "stand-here"), whole);
    here.matches("new_here");
}

#[cfg(unix)]
#[test]
fn the_directory_itself_is_never_replaced() {
    use std::os::unix::fs::MetadataExt;
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("work/empty")).expect("made");
    let node = || fs::metadata(sandbox.path("work/empty")).expect("there").ino();
    let before = node();
    sandbox.run("new blog empty --lang rust").done();
    assert_eq!(node(), before);
}

#[test]
fn parent_directories_are_created() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("new blog a/b/my-blog --lang rust").done();
    assert!(sandbox.path("work/a/b/my-blog/Cargo.toml").exists(), "{outcome}");
    let left = outcome.written.0.iter().any(|line| line.contains(".roadmap-new"));
    assert!(!left, "{outcome}");
}

#[test]
fn no_git_makes_no_repository() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("new blog --lang rust --no-git --format json").done();
    assert!(outcome.json()["commit"].is_null());
    assert!(!sandbox.path("work/blog/.git").exists());
    assert!(sandbox.path("work/blog/.env").exists());
}

#[test]
fn the_name_defaults_to_the_directory_and_the_directory_to_the_name() {
    let sandbox = Sandbox::new();
    let name = |line: &str| {
        let answer =
            sandbox.run(&format!("new blog {line} --lang rust --format json")).done().json();
        let path = answer["path"].as_str().expect("a path");
        let last = path.rsplit('/').next().expect("a name").to_owned();
        (answer["name"].as_str().expect("a name").to_owned(), last)
    };
    let pair = |first: &str, second: &str| (first.to_owned(), second.to_owned());
    assert_eq!(name(""), pair("blog", "blog"));
    assert_eq!(name("--name zebra"), pair("zebra", "zebra"));
    assert_eq!(name("./x/../there"), pair("there", "there"));
    assert_eq!(name("here --name zebra"), pair("zebra", "here"));
}

#[cfg(unix)]
#[test]
fn a_link_to_an_empty_directory_is_followed_and_stays() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("elsewhere")).expect("made");
    std::os::unix::fs::symlink(sandbox.path("elsewhere"), sandbox.path("work/link")).expect("made");
    sandbox.run("new blog link --lang rust").done();
    assert!(sandbox.path("elsewhere/Cargo.toml").exists());
    assert!(fs::symlink_metadata(sandbox.path("work/link")).expect("there").is_symlink());
}

#[test]
fn a_killed_runs_leftovers_are_cleared_by_the_next() {
    let sandbox = Sandbox::new();
    // Beside a target that is absent.
    sandbox.write("work/.roadmap-new-Ab12Cd/lock", "");
    sandbox.write("work/.roadmap-new-Ab12Cd/tree/README.md", "half");
    // Inside a target: one entry moved, one not.
    sandbox.write("work/there/.roadmap-new/lock", "");
    sandbox.write("work/there/.roadmap-new/moving", "README.md\nsrc");
    sandbox.write("work/there/.roadmap-new/tree/src/main.rs", "half");
    sandbox.write("work/there/README.md", "moved");
    sandbox.run("new blog --lang rust").done();
    assert!(!sandbox.path("work/.roadmap-new-Ab12Cd").exists());
    sandbox.run("new blog there --lang rust").done();
    assert!(!sandbox.path("work/there/.roadmap-new").exists());
    assert_eq!(files(&sandbox, "work/there"), files(&sandbox, "work/blog"));
}

#[test]
fn a_journal_that_leads_out_of_the_target_is_not_followed() {
    let sandbox = Sandbox::new();
    sandbox.write("work/there/.roadmap-new/lock", "");
    sandbox.write("work/there/.roadmap-new/moving", "../precious\n..\n/etc\nx/../../precious");
    sandbox.write("work/precious", "kept");
    sandbox.run("new blog there --lang rust").done();
    assert_eq!(sandbox.read("work/precious"), "kept");
}

#[cfg(unix)]
#[test]
fn a_link_to_an_empty_directory_gives_the_starter_its_own_name() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.path("work/elsewhere")).expect("made");
    std::os::unix::fs::symlink("elsewhere", sandbox.path("work/my-blog")).expect("linked");
    let answer = sandbox.run("new blog my-blog --lang rust --format json").done().json();
    assert_eq!(answer["name"], "my-blog");
    assert!(sandbox.path("work/elsewhere/Cargo.toml").exists());
}

#[test]
fn a_workspace_around_the_starter_is_reported_with_a_way_out() {
    for (lang, manifest, text) in [
        ("rust", "Cargo.toml", "[workspace]\nmembers = []\n"),
        ("javascript", "package.json", "{\"workspaces\": [\"packages/*\"]}\n"),
    ] {
        let sandbox = Sandbox::new();
        let path = sandbox.write(&format!("work/{manifest}"), text).display().to_string();
        let line = format!("new blog packages/blog --lang {lang}");
        let outcome = sandbox.bare(&line).go().done();
        let stderr = outcome.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(stderr.contains(&format!("this lies in the workspace of {path}")), "{outcome}");
        fs::remove_file(path).expect("there");
        let outcome = sandbox.bare(&line.replace("packages/blog", "other")).go().done();
        assert!(!outcome.stderr.contains("workspace"), "{outcome}");
    }
}
