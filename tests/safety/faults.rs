//! Disks that are full, processes that are killed, signals.

use crate::place::{NEW, Place, Tried, Verdict, each, must, ran};
use crate::report::Trial;
use crate::state::prepare;
use crate::state::{ROCKET, Start, State, is_untouched, is_whole, no_leftovers, state};
use crate::table;
use crate::trace::{SystemCall, system_calls};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Longer than a stage without a lock counts as new.
const STALE: Duration = Duration::from_millis(1_100);

pub fn trials() -> Vec<Trial> {
    vec![
        (table::FULL_ABSENT, || full(Start::Absent)),
        (table::FULL_EMPTY, || full(Start::Empty)),
        (table::FULL_GIT, || full(Start::Git)),
        (table::FULL_DISK, full_disk),
        (table::KILL_ABSENT, || killed(Start::Absent)),
        (table::KILL_EMPTY, || killed(Start::Empty)),
        (table::KILL_GIT, || killed(Start::Git)),
        (table::SIGNALS_ABSENT, || signals(Start::Absent)),
        (table::SIGNALS_EMPTY, || signals(Start::Empty)),
        (table::READER_GONE, reader_gone),
    ]
}

fn full(start: Start) -> Tried {
    let all = system_calls(start);
    let writes = all.iter().filter(|call| call.needs_room);
    let mut cases: Vec<(SystemCall, &str)> = writes.map(|call| (call.clone(), "")).collect();
    // Once full, a disk mostly stays so: nothing can be written or created from there on.
    let lasting = cases.iter().filter(|(call, _)| ["write", "mkdir"].contains(&call.name.as_str()));
    let lasting: Vec<_> = lasting.map(|(call, _)| (call.clone(), "+")).collect();
    cases.extend(lasting);
    each(&cases, |(call, lasting)| {
        let verdict = || {
            let place = Place::new();
            prepare(&place, start);
            let ran = ran(with_more(call, &place, lasting));
            match (ran.code, state(&place, start)) {
                (Some(0), State::Whole) => no_leftovers(&place)?,
                (Some(2), State::Untouched) => {
                    no_leftovers(&place)?;
                    // Where nothing can be written any more, nothing can be printed.
                    if (call.name.as_str(), *lasting) != ("write", "+") {
                        ran.refused()?;
                        ran.says("o space left on device")?;
                    }
                    let again = place.run(NEW);
                    again.is(0)?;
                    is_whole(&place, start)?;
                }
                // Only the answer could not be printed.
                (Some(2), State::Whole) if call.name == "write" => no_leftovers(&place)?,
                (_, state) => return Err(format!("{ran}; {state:?}")),
            }
            Ok(())
        };
        verdict().map_err(|problem: String| format!("{}{lasting}: {problem}", call.label()))
    })
}

fn with_more(call: &SystemCall, place: &Place, lasting: &str) -> Command {
    // `when=N+`: at the N-th call and at each after it.
    let plain = call.run(place, "error=ENOSPC", None);
    if lasting.is_empty() {
        return plain;
    }
    let mut command = place.command("/usr/bin/strace");
    command.args(plain.get_args().map(|word| {
        let text = word.to_string_lossy().into_owned();
        if text.starts_with("inject=") { format!("{text}+") } else { text }
    }));
    command
}

/// A tmpfs of so many KiB holds half of a starter, or nearly all of it.
fn full_disk() -> Tried {
    let sizes = [8, 16, 24, 32, 40, 48, 64, 80, 96, 112];
    let mut tried = Tried::default();
    for size in sizes {
        let place = Place::new();
        fs::create_dir(place.path("work/disk")).expect("made");
        let disk = place.path("work/disk");
        let options = format!("size={size}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(&disk)
            .stderr(Stdio::null())
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            tried.failures.push("no tmpfs could be mounted: run as root".to_owned());
            return tried;
        }
        for (target, existing) in [("disk/blog", false), ("disk/there", true)] {
            let full = place.path("work").join(target);
            if existing {
                fs::create_dir(&full).expect("made");
            }
            let ran = place.run(&format!("new blog {target} --lang rust --name blog"));
            let left = place.names("work/disk");
            let inside = place.names(&format!("work/{target}"));
            let holds = match ran.code {
                Some(0) => full.join("Cargo.toml").exists(),
                Some(2) => ran.says("o space left").is_ok() && inside.is_empty(),
                _ => false,
            };
            let holds = holds && left.iter().all(|name| !name.contains(".roadmap-new"));
            tried.runs += 1;
            if !holds {
                tried.failures.push(format!("{size} KiB, {target}: {ran}; {left:?} {inside:?}"));
            }
            let _ = fs::remove_dir_all(&full);
        }
        let _ = Command::new("umount").arg(&disk).status();
    }
    tried
}

fn killed(start: Start) -> Tried {
    let all = system_calls(start);
    // Before it writes, a run cannot hurt: each eighth call will do there. How often it asks
    // for memory differs from run to run, and strace cannot stop it before it is itself.
    let cases =
        all.iter().enumerate().filter(|(number, call)| call.writing || number.is_multiple_of(8));
    let cases = cases.map(|(_, call)| call.clone());
    let cases: Vec<_> = cases
        .filter(|call| !["brk", "mmap", "munmap", "execve"].contains(&call.name.as_str()))
        .collect();
    each(&cases, |call| {
        after_kill(call, start).map_err(|problem| format!("{}: {problem}", call.label()))
    })
}

fn after_kill(call: &SystemCall, start: Start) -> Verdict {
    let place = Place::new();
    prepare(&place, start);
    let dead = ran(call.run(&place, "signal=KILL", None));
    let left = state(&place, start);
    must(dead.signal.is_some(), || format!("not killed: {dead}"))?;
    if start == Start::Absent {
        must(matches!(left, State::Whole | State::Untouched), || format!("{left:?}"))?;
    }
    // At once, and another starter: nothing of the first may stay in its commit.
    let mut next = place.run(ROCKET);
    if next.code == Some(2) && next.stderr.contains("another run") {
        std::thread::sleep(STALE);
        next = place.run(ROCKET);
    }
    let rocket = place.target().join("Rocket.toml").exists();
    match next.code {
        Some(0) => must(rocket, || "no Rocket.toml".to_owned())?,
        Some(2) => {
            next.says("is not empty")?;
            must(!rocket, || "refused, and yet written".to_owned())?;
        }
        _ => return Err(format!("the next run: {next}")),
    }
    if no_leftovers(&place).is_err() {
        std::thread::sleep(STALE);
        place.run("new blog another --lang rust").is(0)?;
    }
    is_whole(&place, start).map_err(|problem| format!("after the next run ({next}): {problem}"))
}

fn signals(start: Start) -> Tried {
    let all = system_calls(start);
    let cases: Vec<(SystemCall, &str)> = ["INT", "TERM", "HUP", "PIPE"]
        .into_iter()
        .flat_map(|signal| {
            let early = all.iter().filter(|call| !call.writing).step_by(120);
            let late = all.iter().filter(|call| call.writing).step_by(12);
            early.chain(late).map(move |call| (call.clone(), signal))
        })
        .collect();
    each(&cases, |(call, signal)| {
        let verdict = || {
            let place = Place::new();
            prepare(&place, start);
            let ran = ran(call.run(&place, &format!("signal={signal}"), None));
            match (ran.code, ran.signal) {
                (Some(0), _) => is_whole(&place, start),
                (Some(130), _) if *signal != "PIPE" => {
                    ran.says("interrupted")?;
                    is_untouched(&place, start)
                }
                // Before the run watches for signals, it has written nothing.
                (None, Some(_)) if !call.writing => is_untouched(&place, start),
                _ => Err(ran.to_string()),
            }
        };
        verdict().map_err(|problem| format!("{signal} at {}: {problem}", call.label()))
    })
}

fn reader_gone() -> Tried {
    each(&[Start::Absent, Start::Empty, Start::Git], |start| {
        let place = Place::new();
        prepare(&place, *start);
        let mut command = place.roadmap(NEW);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        let status = child.wait().expect("it ends");
        must(status.code() == Some(0), || format!("{status}"))?;
        is_whole(&place, *start)
    })
}
