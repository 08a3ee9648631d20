//! What somebody else does while a run stands still.

use crate::place::{NEW, Place, Ran, Tried, Verdict, each, must};
use crate::report::Trial;
use crate::state::{Start, State, content, is_whole, no_leftovers, prepare, state};
use crate::table;
use crate::trace::{SystemCall, system_calls};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub fn trials() -> Vec<Trial> {
    vec![
        (table::SWAP_TARGET, swap_target),
        (table::SWAP_ABSENT, swap_absent),
        (table::SWAP_PARENT, swap_parent),
        (table::DEAD_AND_ALIVE, dead_and_alive),
    ]
}

/// A run that stands still.
struct Paused {
    strace: Child,
    process: String,
}

impl Paused {
    /// Starts a run and waits until it is stopped at `call`.
    fn at(call: &SystemCall, place: &Place) -> Result<Self, String> {
        let mut command = call.run(place, "signal=STOP", Some("stops"));
        let strace = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut strace = strace.expect("strace starts");
        let begun = Instant::now();
        loop {
            let log = fs::read_to_string(place.path("stops")).unwrap_or_default();
            if let Some(line) = log.lines().find(|line| line.contains("stopped by SIGSTOP")) {
                let process = line.split(' ').next().unwrap_or_default().to_owned();
                return Ok(Self { strace, process });
            }
            if strace.try_wait().ok().flatten().is_some() {
                return Err("it did not stop".to_owned());
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "it neither stops nor ends");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn end(self) -> Ran {
        let go = Command::new("kill").args(["-CONT", &self.process]).status();
        assert!(go.expect("kill runs").success());
        self.strace.wait_with_output().expect("it ends").into()
    }
}

/// The system calls at which a run can be stopped: from the last one it does not come back.
fn stops(start: Start) -> Vec<SystemCall> {
    system_calls(start).into_iter().filter(|call| call.name != "exit_group").collect()
}

/// The system calls at which a pause is worth its time: from the look at the target on.
fn pauses(start: Start, step: usize) -> Vec<SystemCall> {
    let all = stops(start);
    let first = all.iter().position(|call| call.writing).unwrap_or_default();
    // The look comes long before the first folder is created: between them lie the templates.
    // A link that is there when the target is looked at is followed: the user named it.
    let seen = |call: &&SystemCall| call.looked || start == Start::Absent;
    let before = all[..first].iter().rev().take(400).filter(seen).step_by(20);
    let near = all[..first].iter().rev().take(6);
    let after = all[first..].iter().step_by(step);
    before.chain(near).chain(after).cloned().collect()
}

fn empty_elsewhere(place: &Place) -> Verdict {
    let left = content(&place.path("elsewhere"));
    must(left.is_empty(), || format!("written elsewhere: {:?}", left.keys().collect::<Vec<_>>()))
}

fn swap_target() -> Tried {
    each(&pauses(Start::Empty, 3), |call| {
        let verdict = || {
            let place = Place::new();
            prepare(&place, Start::Empty);
            fs::create_dir(place.path("elsewhere")).expect("made");
            let paused = Paused::at(call, &place)?;
            fs::rename(place.target(), place.path("work/moved")).expect("moved");
            symlink(place.path("elsewhere"), place.target()).expect("made");
            let ran = paused.end();
            must(matches!(ran.code, Some(0 | 2)), || ran.to_string())?;
            empty_elsewhere(&place).map_err(|problem| format!("{problem}; {ran}"))
        };
        verdict().map_err(|problem: String| format!("{}: {problem}", call.label()))
    })
}

fn swap_absent() -> Tried {
    each(&pauses(Start::Absent, 3), |call| {
        let verdict = || {
            let place = Place::new();
            // Of the same last name: the starter is called by it.
            fs::create_dir_all(place.path("far/blog")).expect("made");
            let paused = Paused::at(call, &place)?;
            let swapped = symlink(place.path("far/blog"), place.target()).is_ok();
            let ran = paused.end();
            if ran.code == Some(0) && !call.writing {
                // It was there when the target was looked at, and was followed.
                return is_whole(&place, Start::Absent);
            }
            must(ran.code == Some(if swapped { 2 } else { 0 }), || ran.to_string())?;
            must(place.names("far/blog").is_empty(), || "written elsewhere".to_owned())?;
            no_leftovers(&place)
        };
        verdict().map_err(|problem: String| format!("{}: {problem}", call.label()))
    })
}

/// A starter that goes where the parent's name leads now is no harm if it is whole: the
/// user named that path. Anything else there is.
fn swap_parent() -> Tried {
    each(&pauses(Start::Absent, 6), |call| {
        let verdict = || {
            let place = Place::new();
            fs::create_dir(place.path("elsewhere")).expect("made");
            let paused = Paused::at(call, &place)?;
            fs::rename(place.path("work"), place.path("moved")).expect("moved");
            symlink(place.path("elsewhere"), place.path("work")).expect("made");
            let ran = paused.end();
            match ran.code {
                Some(0) if place.path("moved/blog").exists() => empty_elsewhere(&place),
                Some(0) => is_whole(&place, Start::Absent),
                Some(2) => empty_elsewhere(&place),
                _ => Err(ran.to_string()),
            }
            .map_err(|problem| format!("{problem}; {ran}"))
        };
        verdict().map_err(|problem: String| format!("{}: {problem}", call.label()))
    })
}

/// One run stands still, one was killed, a third comes: it clears the dead one alone.
fn dead_and_alive() -> Tried {
    let locked = |start| {
        let all = stops(start);
        let first = all.iter().position(|call| call.writing).unwrap_or_default();
        // From where the stage's lock is taken.
        let lock = all[first..].iter().position(|call| call.name == "rename").unwrap_or_default();
        let later = all[first + lock + 1..].iter().step_by(9).cloned();
        later.map(move |call| (call, start)).collect::<Vec<_>>()
    };
    let cases = [locked(Start::Absent), locked(Start::Empty)].concat();
    each(&cases, |(call, start)| {
        let verdict = || {
            let place = Place::new();
            prepare(&place, *start);
            place.write("work/.roadmap-new-dead01/lock", "");
            place.write("work/.roadmap-new-dead01/tree/README.md", "half");
            place.write("work/other/.roadmap-new/lock", "");
            place.write("work/other/.roadmap-new/moving", "README.md");
            place.write("work/other/.roadmap-new/tree/src/main.rs", "half");
            place.write("work/other/README.md", "moved");
            let paused = Paused::at(call, &place)?;
            place.run("new blog other --lang rust").is(0)?;
            place.run("new blog third --lang rust").is(0)?;
            must(!place.path("work/other/.roadmap-new").exists(), || "not undone".to_owned())?;
            if *start == Start::Empty && state(&place, *start) != State::Whole {
                place.run(NEW).refused()?;
            }
            let ran = paused.end();
            ran.is(0)?;
            // The stopped run may have been about to clear it itself.
            must(!place.path("work/.roadmap-new-dead01").exists(), || "not cleared".to_owned())?;
            is_whole(&place, *start)
        };
        verdict().map_err(|problem: String| format!("{start:?} {}: {problem}", call.label()))
    })
}
