//! `show -o`: what is there already stays what it is.

use crate::harness::sandbox::Sandbox;
#[cfg(unix)]
use std::fs;

#[test]
fn a_hyphen_stands_for_stdout() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("show --format markdown -o -").done();
    assert_eq!(outcome.stdout, sandbox.run("show --format markdown").done().stdout);
    assert!(outcome.written.0.is_empty(), "{outcome}");
    assert!(sandbox.run("show -o -").done().stdout.contains("The basics"));
}

#[cfg(unix)]
#[test]
fn a_link_a_pipe_and_a_device_stay_what_they_are() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new();
    let whole = sandbox.run("show --format markdown").done().stdout;
    sandbox.write("real.md", "old");
    symlink("../real.md", sandbox.path("work/link.md")).expect("linked");
    sandbox.run("show -o link.md").done();
    assert_eq!(sandbox.read("real.md"), whole);
    assert!(fs::symlink_metadata(sandbox.path("work/link.md")).expect("there").is_symlink());
    for device in ["/dev/null", "/dev/stdout"] {
        let kind = || fs::symlink_metadata(device).expect("there").file_type();
        let before = kind();
        let outcome = sandbox.run(&format!("show --format markdown -o {device}")).done();
        assert_eq!(outcome.stdout, if device == "/dev/null" { "" } else { &whole });
        assert_eq!(kind(), before, "{device}");
    }
    let pipe = sandbox.path("work/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).expect("readable"));
    let mut command = sandbox.small("show --format markdown -o pipe").command();
    assert!(command.output().expect("roadmap starts").status.success());
    assert_eq!(reader.join().expect("read"), whole);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_a_new_file_has_the_usual_mode() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    let mode = |below: &str| {
        fs::metadata(sandbox.path(below)).expect("there").permissions().mode() & 0o777
    };
    let usual = sandbox.write("usual", "");
    sandbox.run("show -o new.md").done();
    assert_eq!(mode("work/new.md"), mode("usual"));
    for rights in [0o644, 0o660, 0o755] {
        fs::set_permissions(&usual, fs::Permissions::from_mode(rights)).expect("set");
        sandbox.run("show --format json -o ../usual").done();
        assert_eq!(mode("usual"), rights);
    }
}
