//! That the checks of the contracts can fail: the reference server, and each of its faults.
//!
//! `serve ...` as arguments makes this program the reference server itself, so that trials start
//! it by their own path; `faults PROJECT...` lists what can be wrong with it.

#![expect(clippy::panic, reason = "the way in which a test fails")]

mod broker;
mod hurry;
mod learner_runs;
mod matrix;
mod pictures;
mod reference;
mod runs;
mod trials;
mod unkind;
mod vacuous;
mod whole;

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
            matrix::without_fault(project, false);
        }));
        all.push(trial(&format!("{project}_begins_with_serve"), || {
            matrix::begins_with_serve(project);
        }));
        all.push(trial(&format!("{project}_has_a_fault_for_every_check"), || {
            matrix::every_check_can_fail(project);
        }));
        all.push(trial(&format!("{project}_each_check_fails"), || {
            matrix::each_check_fails(project, false);
        }));
        all.push(trial(&format!("{project}_vacuous_servers_are_named"), || {
            vacuous::every_name_is_a_check(project);
        }));
        let whole = trial(&format!("{project}_vacuous_servers"), || vacuous::stay_red(project));
        all.push(whole.with_ignored_flag(true));
        // Minutes: `cargo test --test contract -- --ignored`.
        for (name, named_alone) in [("whole_table", false), ("named_by_the_table", true)] {
            let whole = trial(&format!("{project}_{name}"), move || {
                matrix::whole_table(project, named_alone);
            });
            all.push(whole.with_ignored_flag(true));
        }
    }
    for project in trials::PROJECTS {
        all.extend(reference::learner::of(project).iter().map(|name| {
            let trial = trial(&format!("{project}_{name}_is_the_learners"), || {
                matrix::is_the_learners(project, name);
            });
            if broker::is_needed(name) { with_broker(trial) } else { trial }
        }));
    }
    all.push(with_broker(trial("chat_with_a_broker_is_green", || {
        matrix::without_fault("chat", true);
    })));
    all.push(with_broker(trial("chat_with_a_broker_each_check_fails", || {
        matrix::each_check_fails("chat", true);
    })));
    if cfg!(unix) {
        all.push(with_broker(trial("run_of_two_servers_apart", runs::two_servers_apart)));
    }
    // Signals and shells.
    if cfg!(unix) {
        all.extend(whole_runs());
    }
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(TRIALS);
    libtest_mimic::run(&arguments, all).exit_code()
}

/// The program itself, as learners and unkind servers meet it.
fn whole_runs() -> Vec<Trial> {
    let mut all = vec![
        trial("run_green", runs::a_green_run),
        trial("run_by_an_old_contract", runs::an_old_contract),
        trial("run_with_a_part_missing", runs::a_part_that_is_missing),
        trial("run_without_a_broker", runs::a_broker_that_is_missing),
        trial("run_with_a_fault", runs::a_fault),
        trial("run_in_the_picture_of_the_readme", pictures::a_check_in_the_readme),
        trial("run_with_an_unhealthy_server", runs::a_fault_of_the_server_itself),
        trial("run_ends_at_the_first_failure", runs::the_first_failure_ends_it),
        trial("run_of_a_silent_chat", runs::a_chat_that_sends_nothing_back),
        trial("run_of_a_silent_shop", learner_runs::a_shop_that_tells_nobody),
        trial("run_of_named_milestones", runs::milestones_by_words),
        trial("run_of_a_milestone_too_early", learner_runs::a_milestone_before_what_it_builds_on),
        trial("run_as_json", runs::the_form_of_json),
        trial("run_as_junit", runs::the_form_of_junit),
        trial("run_at_an_address", runs::a_server_that_runs_already),
        trial("run_interrupted", runs::an_interrupt),
        trial("run_interrupted_while_waiting", runs::an_interrupt_while_the_server_is_slow),
        trial("run_watched", runs::a_watch),
        trial("run_watched_while_it_writes", runs::a_watch_of_a_server_that_writes),
        trial("hostile_escape_sequences_in_every_form", unkind::escapes_in_every_form),
    ];
    #[cfg(target_os = "linux")]
    all.push(trial("run_on_another_port", runs::a_server_on_a_port_of_its_own));
    all.extend(unkind::MODES.iter().map(|mode| {
        let name = format!("hostile_{}", mode.name.replace('-', "_"));
        trial(&name, || unkind::whole_run(mode)).with_ignored_flag(!mode.soon)
    }));
    all
}

/// A trial that is ignored, with the reason, where there is no broker.
fn with_broker(trial: Trial) -> Trial {
    match broker::is_missing() {
        true => trial.with_kind(broker::REASON).with_ignored_flag(true),
        false => trial,
    }
}

fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
