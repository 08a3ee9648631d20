//! Text fits the terminal: only addresses and lines to paste run over.

use crate::harness::sandbox::Sandbox;
use console::{measure_text_width, strip_ansi_codes};

/// Whether a line may be wider than the terminal: addresses, and lines to paste, among which is
/// each framework's own way to begin.
fn may_run_over(line: &str) -> bool {
    let roadmap = roadmap::curriculum::builtin();
    if roadmap.frameworks.iter().any(|framework| framework.generator == line.trim()) {
        return true;
    }
    let line = line.trim_start().trim_start_matches(|c: char| !c.is_alphanumeric());
    line.contains("https://")
        || ["roadmap ", "cd ", "npm ", "npx "].iter().any(|start| line.starts_with(start))
}

#[track_caller]
fn fits(text: &str, columns: usize, line: &str) {
    for written in text.lines() {
        let width = measure_text_width(written);
        assert!(
            width <= columns || may_run_over(&strip_ansi_codes(written)),
            "{width} columns of {columns} in `roadmap {line}`:\n{written}"
        );
    }
}

#[test]
fn no_stage_of_the_real_roadmap_is_wider_than_the_terminal() {
    let sandbox = Sandbox::new();
    for columns in [40, 80, 120] {
        for stage in 0..=14 {
            let line = if stage == 0 { "show".to_owned() } else { format!("show {stage}") };
            let run = sandbox.bare(&line).env("COLUMNS", columns.to_string());
            fits(&run.arg("--color=always").go().done().stdout, columns, &line);
        }
    }
}

#[test]
fn no_list_welcome_search_or_path_is_wider_than_the_terminal() {
    let sandbox = Sandbox::new();
    let pick = "pick --answer goal=job --answer build=api --answer know=none --answer compiled=c \
                --answer matters=jobs --answer types=static --answer size=medium --answer \
                place=startup --answer hours=ten";
    for columns in [40, 80, 120] {
        for line in [
            "",
            "show --search http",
            "show --search book",
            "list",
            "list projects",
            "list languages",
            "list frameworks",
            "list questions",
            "progress",
            "next",
            "doctor",
            "done web",
            "undo web",
            pick,
            "",
            "progress",
            "next",
        ] {
            let outcome = sandbox.bare(line).env("COLUMNS", columns.to_string()).go().done();
            fits(&outcome.stdout, columns, line);
        }
    }
}

#[test]
fn no_topic_of_the_real_roadmap_is_wider_than_the_terminal() {
    use roadmap::curriculum::builtin;
    use roadmap::curriculum::introduce::introduced;
    use roadmap::terminal::Layout;
    use roadmap::terminal::views::roadmap::{overview::Marks, topic};
    let roadmap = builtin();
    for columns in [40, 80] {
        for (stage, topic) in roadmap.topics() {
            let needs: Vec<_> =
                roadmap.topics().filter(|(_, need)| topic.needs.contains(&need.id)).collect();
            let context = topic::TopicContext {
                needs,
                introduced: introduced(&roadmap, topic),
                checked: roadmap.checked.as_deref().unwrap_or_default(),
                has_starter: true,
            };
            let text = topic::text(stage, topic, &context, &Marks::default(), Layout::new(columns));
            fits(&text, columns, &format!("show {}/{}", stage.id, topic.id));
        }
    }
}

#[test]
fn a_terminal_narrower_than_forty_columns_gets_forty() {
    let sandbox = Sandbox::new();
    let at = |columns: &str| sandbox.small("show").env("COLUMNS", columns).go().done().stdout;
    assert_eq!(at("1"), at("40"));
    assert_eq!(at("no number"), at("80"));
    assert_eq!(sandbox.small("show").without("COLUMNS").go().done().stdout, at("80"));
}
