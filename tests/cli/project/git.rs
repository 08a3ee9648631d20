//! The first commit, seen by git itself.

use crate::harness::sandbox::Sandbox;
use std::process::Command;

/// Whether there is a git to ask. Without one, what libgit2 says has to do.
fn git_is_here() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

/// What git says in a directory of the sandbox. The machine's own configuration is left out.
fn git(sandbox: &Sandbox, folder: &str, line: &str) -> String {
    let output = Command::new("git")
        .args(line.split_whitespace())
        .current_dir(sandbox.path(folder))
        .env("HOME", sandbox.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .expect("git runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {line}: {stderr}");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

#[test]
fn the_first_commit_is_clean_sound_and_on_the_users_branch() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    let answer = sandbox.run("new blog --lang rust --format json").done().json();
    let ask = |line: &str| git(&sandbox, "work/blog", line);
    assert_eq!(ask("status --porcelain"), "");
    ask("fsck --strict --no-dangling");
    assert_eq!(ask("branch --show-current"), "trunk");
    assert_eq!(ask("rev-parse HEAD"), answer["commit"].as_str().expect("a hash"));
    assert_eq!(ask("log --format=%an/%ae/%at"), "Ada/ada@example.org/1700000000");
    let paths = answer["files"].as_array().expect("a list").iter();
    let paths: Vec<_> = paths.filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(ask("ls-files"), paths.join("\n"));
    assert_eq!(ask("check-ignore .env"), ".env");
    assert!(ask("ls-files --stage scripts/run.sh").starts_with("100755"));
    assert_eq!(ask("diff HEAD --stat"), "");
}

#[test]
fn the_first_commit_is_clean_by_libgit2_too() {
    let sandbox = Sandbox::new();
    let answer = sandbox.run("new blog --lang rust --format json").done().json();
    let repository = git2::Repository::open(sandbox.path("work/blog")).expect("a repository");
    let statuses = repository.statuses(None).expect("a status");
    let changed = statuses.iter().filter(|entry| entry.status() != git2::Status::IGNORED);
    assert_eq!(changed.count(), 0);
    let head = repository.head().expect("a commit");
    assert_eq!(head.name(), Ok("refs/heads/trunk"));
    let commit = head.peel_to_commit().expect("a commit");
    assert_eq!(commit.id().to_string(), answer["commit"].as_str().expect("a hash"));
    assert_eq!(commit.parent_count(), 0);
    let tree = commit.tree().expect("a tree");
    for file in answer["files"].as_array().expect("a list") {
        let path = file["path"].as_str().expect("a path");
        let entry = tree.get_path(std::path::Path::new(path)).expect("it is committed");
        assert_eq!(entry.filemode() == 0o100_755, file["executable"] == true, "{path}");
    }
    assert!(tree.get_name(".env").is_none());
}

#[test]
fn the_same_input_gives_the_same_hash() {
    let hash = |epoch: &str| {
        let sandbox = Sandbox::new();
        let run = sandbox.small("new blog --lang rust --format json");
        run.env("SOURCE_DATE_EPOCH", epoch).go().done().json()["commit"].clone()
    };
    assert_eq!(hash("1700000000"), hash("1700000000"));
    assert_ne!(hash("1700000000"), hash("1700000001"));
}

#[test]
fn without_an_identity_or_a_branch_name_there_are_fallbacks_and_a_note() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    for config in ["", "[user]\n\tname = \n[init]\n\tdefaultBranch = bad..name\n"] {
        sandbox.write(".gitconfig", config);
        let name = format!("blog-{}", config.len());
        sandbox.run(&format!("new blog {name} --lang rust")).done().says(&["note:", "user.email"]);
        let folder = format!("work/{name}");
        assert_eq!(git(&sandbox, &folder, "branch --show-current"), "main");
        assert_eq!(git(&sandbox, &folder, "log --format=%ae"), "roadmap@example.invalid");
    }
}

#[test]
fn a_hostile_configuration_changes_nothing_in_the_commit() {
    let sandbox = Sandbox::new();
    let plain = sandbox.run("new blog plain --lang rust --name a --format json").done().json();
    sandbox.write("hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    sandbox.write("ignore", "*\n");
    sandbox.write("attributes", "* filter=evil text eol=crlf\n");
    let home = sandbox.path("");
    let home = home.display();
    sandbox.write(
        ".gitconfig",
        &format!(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = trunk\n\
             \ttemplateDir = {home}/hooks\n[core]\n\thooksPath = {home}/hooks\n\tautocrlf = true\n\
             \texcludesFile = {home}/ignore\n\tattributesFile = {home}/attributes\n\
             [filter \"evil\"]\n\tclean = false\n\trequired = true\n[commit]\n\tgpgSign = true\n"
        ),
    );
    let hostile = sandbox.run("new blog hostile --lang rust --name a --format json").done().json();
    assert_eq!(hostile["commit"], plain["commit"]);
}

#[test]
fn a_configuration_that_git_cannot_read_does_not_break_the_starter() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitconfig", "[user\nname = broken");
    sandbox.run("new blog --lang rust").done();
    assert!(sandbox.path("work/blog/Cargo.toml").exists());
}

#[test]
fn an_own_repository_without_commits_gets_the_first() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/mine/keep", "");
    git(&sandbox, "work/mine", "init --quiet --initial-branch=theirs");
    std::fs::remove_file(sandbox.path("work/mine/keep")).expect("it was there");
    git(&sandbox, "work/mine", "config core.whitespace trailing-space");
    sandbox.run("new blog mine --lang rust").done();
    assert_eq!(git(&sandbox, "work/mine", "branch --show-current"), "theirs");
    assert_eq!(git(&sandbox, "work/mine", "rev-list --count HEAD"), "1");
    assert_eq!(git(&sandbox, "work/mine", "status --porcelain"), "");
    assert_eq!(git(&sandbox, "work/mine", "config core.whitespace"), "trailing-space");
}

#[test]
fn an_own_repository_with_commits_gets_files_and_a_note() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/mine/keep", "");
    git(&sandbox, "work/mine", "init --quiet");
    git(&sandbox, "work/mine", "commit --quiet --allow-empty -m mine");
    std::fs::remove_file(sandbox.path("work/mine/keep")).expect("it was there");
    let outcome = sandbox.run("new blog mine --lang rust").done();
    outcome.matches("git_with_commits");
    assert_eq!(git(&sandbox, "work/mine", "log --format=%s"), "mine");
    assert!(git(&sandbox, "work/mine", "status --porcelain").contains("?? Cargo.toml"));
}

#[test]
fn inside_another_work_tree_no_repository_is_nested() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    git(&sandbox, "work", "init --quiet");
    let outcome = sandbox.run("new blog below/blog --lang rust").done();
    let around = sandbox.path("work").display().to_string();
    assert!(outcome.stderr.starts_with("note: no repository was made"), "{outcome}");
    assert!(outcome.stderr.contains(&around), "{outcome}");
    assert!(!sandbox.path("work/below/blog/.git").exists());
    assert!(git(&sandbox, "work", "status --porcelain -uall").contains("below/blog/Cargo.toml"));
}

#[test]
fn a_git_folder_that_is_none_is_refused_and_left_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("work/mine/.git/HEAD", "nonsense");
    sandbox.run("new blog mine --lang rust").refused().says(&["--no-git"]);
    sandbox.run("new blog mine --lang rust --no-git").done();
}

#[test]
fn what_is_staged_already_stays_staged_and_a_note_says_so() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/mine/theirs", "precious");
    git(&sandbox, "work/mine", "init --quiet");
    git(&sandbox, "work/mine", "add theirs");
    std::fs::remove_file(sandbox.path("work/mine/theirs")).expect("it was there");
    sandbox.run("new blog mine --lang rust").done().says(&["note:", "staged"]);
    assert_eq!(git(&sandbox, "work/mine", "show :theirs"), "precious");
    assert!(git(&sandbox, "work/mine", "status --porcelain").contains("?? Cargo.toml"));
}

#[test]
fn a_starter_within_a_linked_worktree_names_its_folder() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/main/file", "");
    git(&sandbox, "work/main", "init --quiet");
    git(&sandbox, "work/main", "add file");
    git(&sandbox, "work/main", "commit --quiet -m First");
    git(&sandbox, "work/main", "worktree add --quiet ../linked");
    let outcome = sandbox.small("new blog --lang rust").arg("linked/mine").go().done();
    drop(outcome.says(&["no repository was made", "work/linked"]));
}

#[test]
fn a_linked_worktree_without_commits_gets_a_sound_commit() {
    if !git_is_here() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.write("work/mine/.keep", "");
    git(&sandbox, "work", "init --quiet --bare bare.git");
    // As `git worktree add --orphan` of git 2.42 makes it.
    let bare = sandbox.path("work/bare.git");
    let worktree = sandbox.path("work/mine");
    sandbox.write("work/bare.git/worktrees/mine/HEAD", "ref: refs/heads/fresh\n");
    sandbox.write("work/bare.git/worktrees/mine/commondir", "../..\n");
    let pointer = format!("{}/.git\n", worktree.display());
    sandbox.write("work/bare.git/worktrees/mine/gitdir", &pointer);
    let pointer = format!("gitdir: {}/worktrees/mine\n", bare.display());
    sandbox.write("work/mine/.git", &pointer);
    std::fs::remove_file(sandbox.path("work/mine/.keep")).expect("it was there");
    sandbox.run("new blog mine --lang rust").done();
    git(&sandbox, "work/mine", "fsck --strict --no-dangling");
    assert_eq!(git(&sandbox, "work/mine", "rev-list --count fresh"), "1");
    assert_eq!(git(&sandbox, "work/mine", "status --porcelain"), "");
    assert!(!bare.join("worktrees/mine/objects").exists());
}
