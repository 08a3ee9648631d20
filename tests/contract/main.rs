//! That the checks of the contracts can fail: the reference server, and each of its faults.
//!
//! `serve ...` as arguments makes this program the reference server itself, so that trials start
//! it by their own path; `faults PROJECT...` lists what can be wrong with it.

#![expect(clippy::panic, reason = "the way in which a test fails")]

mod hurry;
mod matrix;
mod reference;
mod trials;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

/// So many trials run at once, unless `--test-threads` says it: most of a trial is waiting.
const TRIALS: usize = 8;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    match words.next().as_deref() {
        Some("serve") => return reference::options::serve(words),
        Some("faults") => return reference::options::list(words),
        _ => {}
    }
    let mut all = vec![
        trial("keeps_what_it_answered", trials::keeps_what_it_answered),
        trial("knows_its_faults", trials::knows_its_faults),
        trial("knows_its_hostile_servers", trials::knows_its_hostile_servers),
        trial("lists_the_faults_it_has", trials::lists_the_faults_it_has),
    ];
    all.extend(trials::PROJECTS.iter().map(|project| {
        trial(&format!("{project}_starts_and_stops"), || trials::starts_and_stops(project))
    }));
    for project in trials::PROJECTS {
        all.push(trial(&format!("{project}_without_a_fault_is_green"), || {
            matrix::without_fault(project);
        }));
        all.push(trial(&format!("{project}_has_a_fault_for_every_check"), || {
            matrix::every_check_can_fail(project);
        }));
        all.push(trial(&format!("{project}_each_check_fails"), || {
            matrix::each_check_fails(project);
        }));
        // Minutes: `cargo test --test contract -- --ignored`.
        for (name, named_alone) in [("whole_table", false), ("named_by_the_table", true)] {
            let whole = trial(&format!("{project}_{name}"), move || {
                matrix::whole_table(project, named_alone);
            });
            all.push(whole.with_ignored_flag(true));
        }
    }
    for project in ["tasks", "blog"] {
        all.push(trial(&format!("{project}_accounts_are_the_learners"), || {
            matrix::accounts_are_the_learners(project);
        }));
    }
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(TRIALS);
    libtest_mimic::run(&arguments, all).exit_code()
}

fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
