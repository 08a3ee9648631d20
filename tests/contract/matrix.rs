//! Each contract against the reference server, without a fault and with each of them.

use crate::broker;
use crate::hurry::hurried;
use crate::reference::faults::{self, Fault};
use crate::reference::learner;
use roadmap::contract::format::{Check, Contract, Milestone, parse};
use roadmap::contract::run::{CheckOutcome, Plan, RunReport, Verdict, run_checks};
use roadmap::contract::server::{Launch, Server, ServerTarget};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Which fault turns which checks red, for each project: `tests/contract/faults/tasks.txt`.
const TABLES: &str = "tests/contract/faults";
/// So many servers of a project run at once: most of a run is waiting.
const WORKERS: usize = 8;
/// And where a project has the machine for itself.
const WORKERS_ALONE: usize = 20;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn contract(project: &str) -> Contract {
    let file = format!("templates/projects/{project}/contract.yaml");
    let text = fs::read_to_string(root().join(&file)).expect("a contract");
    parse(&file, &text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// The reference server of a project with these milestones of the learner, and one fault or none.
fn serve<'a>(project: &str, fault: &str, with: impl IntoIterator<Item = &'a str>) -> Server {
    let mut words = Vec::new();
    if !fault.is_empty() {
        words.extend(["--fault", fault]);
    }
    words.extend(with.into_iter().flat_map(|name| ["--with", name]));
    serve_with(project, &words)
}

/// The reference server of a project, with these options.
pub fn serve_with(project: &str, options: &[&str]) -> Server {
    let exe = std::env::current_exe().expect("a path").display().to_string();
    let mut words = vec![exe.as_str(), "serve", "--project", project];
    words.extend(options);
    let launch = Launch {
        root: std::env::temp_dir(),
        run: words.into_iter().map(str::to_owned).collect(),
        database: Some(("DATABASE_URL".to_owned(), "{path}".to_owned())),
        ..Launch::default()
    };
    Server::start(launch).unwrap_or_else(|error| panic!("{project} with {options:?}: {error}"))
}

/// Runs the chosen milestones against a server with this fault.
pub fn checked(
    contract: &Contract,
    fault: &str,
    is_chosen: impl Fn(&Milestone) -> bool,
) -> RunReport {
    let milestones: Vec<&Milestone> = contract
        .milestones
        .iter()
        .filter(|milestone| !milestone.checks.is_empty() && is_chosen(milestone))
        .collect();
    let with = milestones.iter().filter_map(|milestone| learners(milestone));
    let mut server = serve(&contract.project, fault, with);
    let plan =
        Plan { contract, milestones: &milestones, already: &[], fail_fast: false, each: true };
    run_checks(&plan, &mut ServerTarget::Own(&mut server), &|| false, &mut |_| {})
}

/// Why a check did not pass, in a few lines.
fn differences_of(check: &CheckOutcome) -> String {
    let Some(failure) = &check.failure else {
        return check.reason.clone().unwrap_or_default();
    };
    let differences = failure.differences.iter();
    let lines = differences.map(|difference| {
        format!(
            "  {}: expected {}, came {}\n",
            difference.place, difference.expected, difference.actual
        )
    });
    format!(
        "{}\n{}{}",
        failure.step,
        lines.collect::<String>(),
        failure.response.as_deref().unwrap_or("")
    )
}

/// The server without a fault passes all that is given, and the learner's part that it has: the milestones that need a broker, or
/// all others.
pub fn without_fault(project: &str, with_broker: bool) {
    let contract = contract(project);
    let report = checked(&contract, "", |milestone| {
        let id = milestone.id.as_str();
        broker::is_needed(id) == with_broker
            && (milestone.given || learner::of(project).contains(&id))
    });
    let mut bad = Vec::new();
    for check in report.milestones.iter().flat_map(|milestone| &milestone.checks) {
        if check.verdict != Verdict::Passed {
            bad.push(format!("{}: {}", check.id, differences_of(check)));
        }
    }
    assert!(bad.is_empty(), "{project}:\n{}", bad.join("\n"));
}

/// Its name, if it is the learner's to build.
fn learners(milestone: &Milestone) -> Option<&str> {
    (!milestone.given).then_some(milestone.id.as_str())
}

/// A fresh server has nothing of this milestone, which is red by failing checks.
pub fn is_the_learners(project: &str, name: &str) {
    let contract = contract(project);
    let mut server = serve(project, "", []);
    let milestones = [contract.milestone(name).expect("the milestone")];
    let plan = Plan {
        contract: &contract,
        milestones: &milestones,
        already: &[],
        fail_fast: false,
        each: true,
    };
    let report = run_checks(&plan, &mut ServerTarget::Own(&mut server), &|| false, &mut |_| {});
    assert_eq!(report.milestones[0].verdict(), Verdict::Failed);
}

/// The first milestone can be built first: a server that has nothing else passes it.
pub fn begins_with_serve(project: &str) {
    let contract = contract(project);
    let milestones = [&contract.milestones[0]];
    assert_eq!(milestones[0].id, "serve");
    let mut server = serve(project, "", [learner::NOTHING]);
    let plan = Plan {
        contract: &contract,
        milestones: &milestones,
        already: &[],
        fail_fast: false,
        each: true,
    };
    let report = run_checks(&plan, &mut ServerTarget::Own(&mut server), &|| false, &mut |_| {});
    let checks = report.milestones.iter().flat_map(|milestone| &milestone.checks);
    let bad: Vec<String> = checks
        .filter(|check| check.verdict != Verdict::Passed)
        .map(|check| format!("{}: {}", check.id, differences_of(check)))
        .collect();
    assert!(bad.is_empty(), "{project}:\n{}", bad.join("\n"));
}

/// The table of a project: for each fault the checks that it turns red.
pub fn table(project: &str) -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(path(project)).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once(": "));
    rows.map(|(fault, red)| (fault.to_owned(), red.split(' ').map(str::to_owned).collect()))
        .collect()
}

fn path(project: &str) -> PathBuf {
    root().join(TABLES).join(format!("{project}.txt"))
}

/// Each check of the contract is named in the table by a fault that turns it red.
pub fn every_check_can_fail(project: &str) {
    let table = table(project);
    let mut never = Vec::new();
    for milestone in &contract(project).milestones {
        for check in &milestone.checks {
            let id = format!("{}/{}", milestone.id, check.id);
            if !table.values().any(|red| red.contains(&id)) {
                never.push(id);
            }
        }
    }
    assert!(never.is_empty(), "{project}: no fault turns these red: {never:?}");
    for fault in faults::of(project) {
        let red = table.get(&fault.name);
        assert!(
            red.is_some_and(|red| red.iter().any(|id| !id.is_empty())),
            "{project}: {} turns nothing red",
            fault.name
        );
    }
}

/// For each check one fault of the table, tried: that check alone, and it turns red. The fault with
/// the fewest checks tells most. `with_broker`: of the milestones that need one, or of all others.
pub fn each_check_fails(project: &str, with_broker: bool) {
    let table = table(project);
    let contract = hurried(contract(project));
    let tries: Vec<(&Milestone, &Check, &String)> = checks(&contract)
        .filter(|(milestone, _)| broker::is_needed(&milestone.id) == with_broker)
        .filter_map(|(milestone, check)| {
            let id = format!("{}/{}", milestone.id, check.id);
            let failing = table.iter().filter(|(_, red)| red.contains(&id));
            let (fault, _) = failing.min_by_key(|(_, red)| red.len())?;
            Some((milestone, check, fault))
        })
        .collect();
    let passed = at_once(&tries, WORKERS, |(milestone, check, fault)| {
        let mut server = serve(&contract.project, fault, learners(milestone));
        let green = !is_red(&contract, milestone, check, &mut server);
        green.then(|| format!("{}/{} with {fault}", milestone.id, check.id))
    });
    let passed: Vec<String> = passed.into_iter().flatten().collect();
    assert!(passed.is_empty(), "{project}: these pass with a fault: {passed:?}");
}

/// Every fault against the whole contract (or only against those that the table names for it): the
/// table as it is now, compared with the saved table. `SNAPSHOTS=overwrite` keeps the new one;
/// `FAULTS=one,two` tries these alone.
pub fn whole_table(project: &str, named_alone: bool) {
    let contract = hurried(contract(project));
    let mut all = faults::of(project);
    let names: Vec<String> = all.iter().map(|fault| fault.name.clone()).collect();
    let only = std::env::var("FAULTS").ok();
    if let Some(only) = &only {
        all.retain(|fault| only.split(',').any(|name| name == fault.name));
    }
    let expected = table(project);
    let rows = at_once(&all, WORKERS_ALONE, |fault| {
        let named = expected.get(&fault.name).filter(|_| named_alone);
        let red = row(&contract, fault, named);
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{project}: {}: {}", fault.name, red.join(" "));
        (fault.name.clone(), red)
    });
    let differ: Vec<_> =
        rows.iter().filter(|(name, red)| expected.get(name) != Some(red)).collect();
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        let mut next: BTreeMap<String, Vec<String>> = rows.iter().cloned().collect();
        if only.is_some() {
            for (name, red) in expected.into_iter().filter(|(name, _)| names.contains(name)) {
                next.entry(name).or_insert(red);
            }
        }
        write(project, checks(&contract).count(), names.len(), &next);
        return;
    }
    assert!(differ.is_empty(), "{project}: not as in the table: {differ:?}");
}

/// The checks that a fault turns red (of those that are named, if any are). Each must turn red again
/// on a fresh server: none is red by chance, or by what a check before it left behind.
fn row(contract: &Contract, fault: &Fault, named: Option<&Vec<String>>) -> Vec<String> {
    let id = |milestone: &Milestone, check: &Check| format!("{}/{}", milestone.id, check.id);
    let chosen = checks(contract).filter(|(milestone, check)| match milestone.id.as_str() {
        _ if named.is_some() => named.is_some_and(|named| named.contains(&id(milestone, check))),
        name if !milestone.given => fault.milestone == Some(name),
        _ if fault.milestone.is_some() => false,
        // A crowd costs more than all the rest, and tells nothing of pages, bodies or fields.
        "crowd" => fault.own,
        _ => true,
    });
    let begin = || serve(&contract.project, &fault.name, fault.milestone);
    let mut server = begin();
    let mut reds: Vec<_> = chosen.collect();
    reds.retain(|(milestone, check)| is_red(contract, milestone, check, &mut server));
    reds.retain(|(milestone, check)| is_red(contract, milestone, check, &mut begin()));
    reds.into_iter().map(|(milestone, check)| id(milestone, check)).collect()
}

/// Whether this check turns red on the server, which is left ready for the next one.
pub fn is_red(
    contract: &Contract,
    milestone: &Milestone,
    check: &Check,
    server: &mut Server,
) -> bool {
    let alone = Milestone { checks: vec![check.clone()], ..milestone.clone() };
    let plan = Plan { contract, milestones: &[&alone], already: &[], fail_fast: false, each: true };
    let report = run_checks(&plan, &mut ServerTarget::Own(server), &|| false, &mut |_| {});
    report.milestones[0].checks[0].verdict == Verdict::Failed
}

pub fn checks(contract: &Contract) -> impl Iterator<Item = (&Milestone, &Check)> {
    contract
        .milestones
        .iter()
        .flat_map(|milestone| milestone.checks.iter().map(move |check| (milestone, check)))
}

/// Does the same with all, several at once.
fn at_once<T: Sync, R: Send>(all: &[T], workers: usize, each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        while let Some(item) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            results.push(each(item));
        }
        results
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    })
}

fn write(project: &str, checks: usize, faults: usize, rows: &BTreeMap<String, Vec<String>>) {
    let mut text = format!(
        "# {project}: {checks} checks, {faults} faults. Each fault, and the checks that it turns red.\n"
    );
    for (fault, red) in rows {
        text.push_str(&format!("{fault}: {}\n", red.join(" ")));
    }
    fs::create_dir_all(root().join(TABLES)).expect("a folder");
    fs::write(path(project), &text).expect("written");
}
