//! That the checks of the contracts can fail: the reference server, and each of its faults.
//!
//! `serve ...` as arguments makes this program the reference server itself, so that trials start
//! it by their own path; `faults PROJECT...` lists what can be wrong with it.

mod reference;
mod trials;

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;

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
    libtest_mimic::run(&Arguments::from_args(), all).exit_code()
}

fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}
