//! Who commits, and when: `git var` in the finished repository is the measure.

use crate::harness::sandbox::{Run, Sandbox};
use std::path::Path;
use std::process::Command;

/// The machine's git; nothing where there is none, and nothing to compare with.
fn git() -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("git")).find(|file| file.is_file())
}

/// The same environment, for `roadmap` and for git; the machine's git is on its PATH.
fn environment<'a>(mut run: Run<'a>, git: &Path, more: &[(&str, &str)]) -> Run<'a> {
    let folder = git.parent().expect("a folder").to_path_buf();
    run = run.env("PATH", folder).env("GIT_CONFIG_NOSYSTEM", "1");
    for (key, value) in more {
        run = run.env(key, value.to_string());
    }
    run.without("SOURCE_DATE_EPOCH")
}

/// Makes a starter, and compares its commit with what git says there.
#[track_caller]
fn as_git_says(sandbox: &Sandbox, more: &[(&str, &str)]) -> Option<String> {
    let git = git()?;
    environment(sandbox.small("new blog --lang rust"), &git, more).go().done();
    let ask = |words: &[&str]| {
        let plan = environment(sandbox.small(""), &git, more).inside("work/blog").command();
        let mut command = Command::new(&git);
        command.args(words).current_dir(sandbox.path("work/blog")).env_clear();
        for (key, value) in plan.get_envs() {
            command.env(key, value.unwrap_or_default());
        }
        let output = command.output().expect("git runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {words:?}: {stderr}");
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    };
    let who = |ident: &str| ident.rsplitn(3, ' ').last().unwrap_or_default().to_owned();
    let author = who(&ask(&["var", "GIT_AUTHOR_IDENT"]));
    let committer = who(&ask(&["var", "GIT_COMMITTER_IDENT"]));
    assert_eq!(ask(&["log", "--format=%an <%ae>"]), author);
    assert_eq!(ask(&["log", "--format=%cn <%ce>"]), committer);
    ask(&["fsck", "--strict", "--no-dangling"]);
    Some(ask(&["log", "--format=%ae %ai %D"]))
}

#[test]
fn the_environment_says_who_commits_and_when() {
    let sandbox = Sandbox::new();
    let identity = as_git_says(
        &sandbox,
        &[
            ("GIT_AUTHOR_NAME", "Ann"),
            ("GIT_AUTHOR_EMAIL", "ann@example.org"),
            ("GIT_AUTHOR_DATE", "1600000000 +0200"),
            ("GIT_COMMITTER_NAME", "Cy"),
        ],
    );
    if let Some(identity) = identity {
        assert!(identity.starts_with("ann@example.org 2020-09-13 14:26:40 +0200"), "{identity}");
    }
}

#[test]
fn the_configuration_that_variables_name_is_known() {
    let sandbox = Sandbox::new();
    let text = "[user]\n\tname = Bob\n\temail = b@example.org\n[init]\n\tdefaultBranch = other\n";
    let path = sandbox.write("elsewhere/config", text).display().to_string();
    if let Some(identity) = as_git_says(&sandbox, &[("GIT_CONFIG_GLOBAL", &path)]) {
        assert!(identity.starts_with("b@example.org "), "{identity}");
        assert!(identity.ends_with("HEAD -> other"), "{identity}");
    }
    let sandbox = Sandbox::new();
    let more = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "user.email"),
        ("GIT_CONFIG_VALUE_0", "count@example.org"),
    ];
    if let Some(identity) = as_git_says(&sandbox, &more) {
        assert!(identity.starts_with("count@example.org "), "{identity}");
    }
}

#[test]
fn brackets_around_an_address_are_taken_off() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitconfig", "[user]\n\tname = Cat <x>\n\temail = <c@example.org>\n");
    if let Some(identity) = as_git_says(&sandbox, &[]) {
        assert!(identity.starts_with("c@example.org "), "{identity}");
    }
}

#[test]
fn an_author_of_the_configuration_is_known() {
    let sandbox = Sandbox::new();
    let text = "[user]\n\tname = Dan\n\temail = d@example.org\n[author]\n\temail = a@example.org\n";
    sandbox.write(".gitconfig", text);
    if let Some(identity) = as_git_says(&sandbox, &[]) {
        assert!(identity.starts_with("a@example.org "), "{identity}");
    }
}

#[test]
fn what_is_included_for_the_finished_folder_counts() {
    for (condition, there) in [
        ("gitdir:[HOME]/work/blog/", false),
        ("gitdir:[HOME]/work/blog/", true),
        ("gitdir:[HOME]/work/blog/.git", false),
        ("gitdir:[HOME]/work/blog/.git", true),
        ("gitdir:~/work/bl*/", false),
        ("gitdir:blog/", false),
        ("gitdir/i:[HOME]/WORK/blog/", false),
        ("gitdir:~/work/", false),
    ] {
        let sandbox = Sandbox::new();
        let home = sandbox.path("").display().to_string();
        let condition = condition.replace("[HOME]", home.trim_end_matches('/'));
        sandbox.write("client", "[user]\n\temail = client@example.org\n");
        sandbox.write(
            ".gitconfig",
            &format!(
                "[user]\n\tname = Eve\n\temail = base@example.org\n\
                 [includeIf \"{condition}\"]\n\tpath = client\n"
            ),
        );
        if there {
            std::fs::create_dir(sandbox.path("work/blog")).expect("made");
        }
        if let Some(identity) = as_git_says(&sandbox, &[]) {
            assert!(identity.starts_with("client@example.org "), "{condition}: {identity}");
        }
    }
}

#[test]
fn a_git_in_a_folder_that_path_names_relatively_is_not_run() {
    let sandbox = Sandbox::new();
    sandbox.write("work/git", "#!/bin/sh\ntouch planted\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let rights = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(sandbox.path("work/git"), rights).expect("set");
    }
    for path in ["", ".", ":/nowhere"] {
        let name = format!("blog-{}", path.len());
        let run = sandbox.small(&format!("new blog {name} --lang rust")).env("PATH", path);
        run.env("GIT_AUTHOR_NAME", "Ann").go().done();
        assert!(!sandbox.path("work/planted").exists());
    }
}

#[test]
fn a_time_that_is_none_is_refused_and_nothing_is_left() {
    for epoch in ["abc", "-5", "4294967296", "1.5"] {
        let sandbox = Sandbox::new();
        let run = sandbox.small("new blog --lang rust").env("SOURCE_DATE_EPOCH", epoch);
        run.go().refused().says(&["SOURCE_DATE_EPOCH", epoch, "unset SOURCE_DATE_EPOCH"]);
    }
}
