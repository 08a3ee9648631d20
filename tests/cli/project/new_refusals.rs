//! `roadmap new`: what is refused, each time with nothing written.

use crate::harness::sandbox::Sandbox;

#[test]
fn new_refuses_a_directory_that_is_not_empty() {
    let sandbox = Sandbox::new();
    sandbox.write("work/blog/notes.txt", "mine");
    sandbox.run("new blog --lang rust").refused().matches("refused_not_empty");
    sandbox.run("new blog blog --lang rust --dry-run").refused();
    sandbox.write("work/.hidden", "mine");
    sandbox.run("new blog . --lang rust").refused();
    sandbox.write("work/with-git/.git/HEAD", "ref: refs/heads/main\n");
    sandbox.write("work/with-git/notes.txt", "mine");
    sandbox.run("new blog with-git --lang rust").refused();
}

#[test]
fn new_refuses_a_file_and_what_lies_below_a_file() {
    let sandbox = Sandbox::new();
    sandbox.write("work/blog", "a file");
    sandbox.run("new blog --lang rust").refused().matches("refused_file");
    sandbox.run("new blog blog/below --lang rust").refused();
}

#[cfg(unix)]
#[test]
fn new_refuses_a_link_that_leads_nowhere() {
    let sandbox = Sandbox::new();
    std::os::unix::fs::symlink("nowhere", sandbox.path("work/blog")).expect("made");
    sandbox.run("new blog --lang rust").refused();
}

#[test]
fn new_refuses_names_that_are_paths_devices_or_options() {
    let sandbox = Sandbox::new();
    for (name, snapshot) in [
        ("../x", "refused_name_up"),
        ("con", "refused_name_device"),
        ("a/b", "refused_name_path"),
        ("-x", "refused_name_option"),
    ] {
        sandbox.run(&format!("new blog --lang rust --name {name}")).refused().matches(snapshot);
    }
    for name in ["", ".", "..", "a.", "NUL.txt", "a b/", "x\ny", "2fast", "test", "über"] {
        sandbox.small("new blog --lang rust --name").arg(name).go().refused();
    }
    let long = "x".repeat(65);
    sandbox.run(&format!("new blog --lang rust --name {long}")).refused();
}

#[test]
fn new_refuses_a_directory_with_such_a_name_too() {
    let sandbox = Sandbox::new();
    for dest in ["con", "../aux.txt", "sub/nul", "/", "a.", ""] {
        sandbox.small("new blog --lang rust").arg(dest).go().refused();
    }
    sandbox.small("new blog --lang rust --").arg("-x").go().refused();
}

#[test]
fn new_refuses_unknown_words_with_what_was_meant() {
    let sandbox = Sandbox::new();
    sandbox.run("new blgo --lang rust").refused().matches("refused_project");
    sandbox.run("new blog --lang rsut").refused().matches("refused_language");
    sandbox.run("new blog --framework rokcet").refused().matches("refused_framework");
    let outcome = sandbox.run("new blog --lang cobol").refused();
    assert!(!outcome.stderr.contains("did you mean"), "{outcome}");
}

#[test]
fn a_word_in_a_place_of_another_kind_is_recognised() {
    let sandbox = Sandbox::new();
    for (line, meant) in [
        ("new my-api", "roadmap new tasks my-api"),
        ("new fastapi", "roadmap new tasks --framework fastapi"),
        ("new python", "roadmap new tasks --lang python"),
        ("new tasks --framework go", "--lang go"),
        ("new tasks --lang django", "--framework django"),
        (
            "new tasks here/mine --framework gin --name nn",
            "here/mine --framework net-http --name nn",
        ),
    ] {
        drop(sandbox.bare(line).go().refused().says(&[meant]));
    }
}

#[test]
fn new_refuses_a_framework_of_another_language() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang py --framework axum").refused().matches("refused_apart");
}

#[test]
fn new_refuses_to_guess_without_a_terminal() {
    let sandbox = Sandbox::new();
    sandbox.run("new").refused().matches("refused_nothing_said");
    sandbox.run("new blog").refused().matches("refused_no_path");
    sandbox.run("new --lang rust").refused().matches("refused_no_project");
}

#[test]
fn the_line_that_a_refusal_gives_for_what_is_missing_works() {
    for line in ["new", "new blog", "new --lang rust", "new --framework rocket"] {
        let sandbox = Sandbox::new();
        let outcome = sandbox.run(line).refused();
        let mut lines = outcome.stderr.lines();
        let paste = lines.find_map(|line| line.trim().strip_prefix("roadmap ")).expect("a line");
        sandbox.run(paste).done();
    }
}

#[test]
fn new_says_what_there_is_instead_of_a_starter_that_is_missing() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang python").refused().matches("refused_no_starter");
    sandbox.run("new chat --framework rocket").refused().matches("refused_no_starter_of_project");
}

#[test]
fn the_nearest_starter_that_a_refusal_names_can_be_created() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("new chat --framework rocket").refused();
    let line = outcome.stderr.lines().find_map(|line| line.trim().strip_prefix("roadmap new "));
    sandbox.run(&format!("new {}", line.expect("a line to paste"))).done();
}

#[cfg(unix)]
#[test]
fn new_refuses_a_directory_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let work = sandbox.path("work");
    std::fs::set_permissions(&work, PermissionsExt::from_mode(0o555)).expect("set");
    // Root may write anywhere.
    let is_root = std::fs::write(work.join("probe"), "").is_ok();
    if !is_root {
        sandbox.run("new blog --lang rust").refused();
    }
    std::fs::set_permissions(&work, PermissionsExt::from_mode(0o755)).expect("set");
}

#[test]
fn the_advice_names_the_project_that_was_typed() {
    let sandbox = Sandbox::new();
    sandbox.write("work/chat/file", "");
    let refused = sandbox.bare("new chat --lang rust").go().refused();
    refused.says(&["roadmap new chat my-chat"]);
}

#[test]
fn a_broken_contract_of_ones_own_library_is_not_copied() {
    let sandbox = Sandbox::new();
    let library = crate::harness::fixture::library(&sandbox);
    let contract = "templates/projects/blog/contract.yaml";
    let text = sandbox.read(contract).replacen("given:", "givne:", 1);
    sandbox.write(contract, &text);
    let run = sandbox.small("new blog --lang rust --templates").arg(library);
    run.go().refused().says(&["contract.yaml:", "did you mean `given`?"]);
    assert!(!sandbox.path("work/blog").exists());
}

#[test]
fn a_tilde_that_no_shell_has_expanded_makes_no_folder() {
    let sandbox = Sandbox::new();
    for dest in ["~", "~/x", "~/a b"] {
        let refused = sandbox.small("new blog --lang rust").arg(dest).go().refused();
        assert!(
            refused.stderr.contains("\n      roadmap new blog \"$HOME\""),
            "{}",
            refused.stderr
        );
    }
    sandbox.small("show --output").arg("~/x.md").go().refused();
    let state = sandbox.small("done http").env("ROADMAP_STATE_DIR", "~/state").go().refused();
    assert!(state.stderr.contains("ROADMAP_STATE_DIR is `~/state`"), "{}", state.stderr);
    assert!(!sandbox.path("work/~").exists());
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_reported_with_the_line_that_trusts_it() {
    let sandbox = Sandbox::new();
    git2::Repository::init(sandbox.path("work/blog")).expect("a repository");
    let given = |path: &str| std::os::unix::fs::chown(sandbox.path(path), Some(12345), None);
    // Root alone may give a folder away.
    if given("work/blog/.git").and_then(|()| given("work/blog")).is_err() {
        return;
    }
    let refused = sandbox.run("new blog --lang rust").refused();
    let folder = sandbox.path("work/blog").display().to_string();
    let line = format!("git config --global --add safe.directory {folder}");
    assert!(refused.stderr.replace("\n", " ").contains(&line), "{}", refused.stderr);
    let config = sandbox.read(".gitconfig") + &format!("[safe]\n\tdirectory = {folder}\n");
    sandbox.write(".gitconfig", &config);
    sandbox.run("new blog --lang rust").done();
}
