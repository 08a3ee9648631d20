//! Readers that go away, and flags that keep everything but the answer quiet.

use crate::harness::sandbox::Sandbox;
use std::io::pipe;

#[test]
fn a_reader_that_went_away_is_no_error() {
    let sandbox = Sandbox::new();
    for line in ["", "show", "show --format json", "list", "man", "completions bash", "--help"] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let mut command = sandbox.small(line).command();
        let output = command.stdout(writer).output().expect("roadmap starts");
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    }
}

#[test]
fn a_starter_is_created_even_if_nobody_reads_the_answer() {
    let sandbox = Sandbox::new();
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let mut command = sandbox.small("new blog --lang rust").command();
    assert!(command.stdout(writer).status().expect("roadmap starts").success());
    assert!(sandbox.path("work/blog/.git/HEAD").exists());
}

#[test]
fn quiet_leaves_the_notes_out() {
    let sandbox = Sandbox::new();
    std::fs::remove_file(sandbox.path("bin/cargo")).expect("it was there");
    let output_text = sandbox.run("new blog --lang rust --dry-run").done();
    assert!(output_text.stderr.starts_with("note:"), "{output_text}");
    let quiet = sandbox.run("new blog --lang rust --dry-run --quiet").done();
    assert_eq!(quiet.stderr, "", "{quiet}");
    assert_eq!(quiet.stdout, output_text.stdout);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_reported() {
    let sandbox = Sandbox::new();
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let mut command = sandbox.small("show").command();
    let output = command.stdout(full).output().expect("roadmap starts");
    assert_eq!(output.status.code(), Some(2));
    let output_text = String::from_utf8_lossy(&output.stderr);
    assert!(output_text.starts_with("error: failed to write to stdout\n"), "{output_text}");
}

/// Node.js and others hand on pipes that do not block: what does not fit has to wait.
#[cfg(unix)]
#[test]
fn a_reader_that_takes_its_time_gets_all_of_it() {
    use std::io::{Read, Write};
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let sandbox = Sandbox::new();
    let whole = sandbox.bare("show --format markdown").go().done().stdout;
    let (mut reader, mut writer) = UnixStream::pair().expect("a pair");
    writer.set_nonblocking(true).expect("set");
    let mut filled = 0;
    while let Ok(count) = writer.write(&[b'.'; 1024]) {
        filled += count;
    }
    let mut command = sandbox.bare("show --format markdown").command();
    let mut child = command.stdout(OwnedFd::from(writer)).spawn().expect("roadmap starts");
    // The command holds the other end too.
    drop(command);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut read = String::new();
    reader.read_to_string(&mut read).expect("readable");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(read[filled..], whole);
}
