//! Each contract against the reference server, without a fault and with each of them.

use crate::reference::faults;
use roadmap::contract::host::Target;
use roadmap::contract::load;
use roadmap::contract::model::{Contract, Milestone};
use roadmap::contract::outcome::{CheckOutcome, Report, Verdict};
use roadmap::contract::run::{self, Plan};
use roadmap::contract::server::{Launch, Server};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which fault turns which checks red, for each project: `tests/contract/faults/tasks.txt`.
const TABLES: &str = "tests/contract/faults";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn contract(project: &str) -> Contract {
    let file = format!("templates/projects/{project}/contract.yaml");
    let text = fs::read_to_string(root().join(&file)).expect("a contract");
    load::parse(&file, &text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// The reference server of a project, with one fault or none.
fn serve(project: &str, fault: &str, with_accounts: bool) -> Server {
    let exe = std::env::current_exe().expect("a path").display().to_string();
    let mut words = vec![exe.as_str(), "serve", "--project", project];
    if !fault.is_empty() {
        words.extend(["--fault", fault]);
    }
    if with_accounts {
        words.extend(["--with", "accounts"]);
    }
    let launch = Launch {
        root: std::env::temp_dir(),
        run: words.into_iter().map(str::to_owned).collect(),
        database: Some(("DATABASE_URL".to_owned(), "{path}".to_owned())),
        ..Launch::default()
    };
    Server::start(launch).unwrap_or_else(|error| panic!("{project} with {fault}: {error}"))
}

/// Runs the milestones that are wanted against a server with this fault.
pub fn checked(contract: &Contract, fault: &str, wanted: impl Fn(&Milestone) -> bool) -> Report {
    let milestones: Vec<&Milestone> =
        contract.milestones.iter().filter(|one| !one.checks.is_empty() && wanted(one)).collect();
    let with_accounts = milestones.iter().any(|one| one.id == "accounts");
    let mut server = serve(&contract.project, fault, with_accounts);
    let plan = Plan { contract, milestones: &milestones, already: &[], fail_fast: false };
    run::run(&plan, &mut Target::Own(&mut server), &|| false, &mut |_| {})
}

/// The checks that did not pass, as `milestone/check`.
pub fn red(report: &Report) -> Vec<String> {
    let mut red = Vec::new();
    for milestone in &report.milestones {
        for check in milestone.checks.iter().filter(|one| one.verdict != Verdict::Passed) {
            red.push(format!("{}/{}", milestone.id, check.id));
        }
    }
    red
}

/// Why a check did not pass, in a few lines.
fn told(check: &CheckOutcome) -> String {
    let Some(failure) = &check.failure else {
        return check.reason.clone().unwrap_or_default();
    };
    let differences = failure.differences.iter();
    let lines = differences
        .map(|one| format!("  {}: expected {}, came {}\n", one.place, one.expected, one.actual));
    format!(
        "{}\n{}{}",
        failure.step,
        lines.collect::<String>(),
        failure.answer.as_deref().unwrap_or("")
    )
}

/// The server without a fault passes all that is given, and the learner's part that it has.
pub fn without_fault(project: &str) {
    let contract = contract(project);
    let report = checked(&contract, "", |one| one.given || one.id == "accounts");
    let mut bad = Vec::new();
    for check in report.milestones.iter().flat_map(|one| &one.checks) {
        if check.verdict != Verdict::Passed {
            bad.push(format!("{}: {}", check.id, told(check)));
        }
    }
    assert!(bad.is_empty(), "{project}:\n{}", bad.join("\n"));
}

/// A fresh server has nothing of `accounts`: the milestone is red by failing checks.
pub fn accounts_are_the_learners(project: &str) {
    let contract = contract(project);
    let mut server = serve(project, "", false);
    let milestones = [contract.milestone("accounts").expect("the milestone")];
    let plan =
        Plan { contract: &contract, milestones: &milestones, already: &[], fail_fast: false };
    let report = run::run(&plan, &mut Target::Own(&mut server), &|| false, &mut |_| {});
    assert_eq!(report.milestones[0].verdict(), Verdict::Failed);
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
            red.is_some_and(|red| !red.is_empty()),
            "{project}: {} turns nothing red",
            fault.name
        );
    }
}

/// For each check one fault of the table, tried: that check alone, and it turns red. The fault with
/// the fewest checks tells most.
pub fn each_check_fails(project: &str, part: usize, parts: usize) {
    let table = table(project);
    let whole = contract(project);
    let mut passed = Vec::new();
    let all =
        whole.milestones.iter().flat_map(|one| one.checks.iter().map(move |check| (one, check)));
    for (milestone, check) in all.skip(part).step_by(parts) {
        let id = format!("{}/{}", milestone.id, check.id);
        let of = table.iter().filter(|(_, red)| red.contains(&id));
        let Some((fault, _)) = of.min_by_key(|(_, red)| red.len()) else { continue };
        let mut alone = whole.clone();
        alone.milestones = vec![Milestone { checks: vec![check.clone()], ..milestone.clone() }];
        if red(&checked(&alone, fault, |_| true)).is_empty() {
            passed.push(format!("{id} with {fault}"));
        }
    }
    assert!(passed.is_empty(), "{project}: these pass with a fault: {passed:?}");
}

/// Every fault against the whole contract: the table as it is now, compared with the one that is kept.
/// `SNAPSHOTS=overwrite` keeps the new one.
pub fn whole_table(project: &str) {
    let contract = contract(project);
    let all = faults::of(project);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new(BTreeMap::new());
    // Most of a run is waiting.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(fault) =
                    all.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    let wanted = |one: &Milestone| {
                        if fault.accounts { one.id == "accounts" } else { one.given }
                    };
                    let red = red(&checked(&contract, &fault.name, wanted));
                    found.lock().expect("no panic").insert(fault.name.clone(), red);
                }
            });
        }
    });
    let found = found.into_inner().expect("no panic");
    let checks: usize = contract.milestones.iter().map(|one| one.checks.len()).sum();
    let mut text = format!(
        "# {project}: {checks} checks, {} faults. Each fault, and the checks that it turns red.\n",
        all.len()
    );
    for (fault, red) in &found {
        text.push_str(&format!("{fault}: {}\n", red.join(" ")));
    }
    let mut out = std::io::stdout().lock();
    let _ = std::io::Write::write_all(&mut out, text.as_bytes());
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        fs::create_dir_all(root().join(TABLES)).expect("a folder");
        fs::write(path(project), &text).expect("written");
    }
    let kept = table(project);
    let differ: Vec<_> =
        found.iter().filter(|(fault, red)| kept.get(*fault) != Some(red)).collect();
    assert!(differ.is_empty(), "{project}: not as in the table: {differ:?}");
    every_check_can_fail(project);
}
