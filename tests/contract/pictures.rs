//! The picture of `roadmap check` in the README: what it prints today, drawn as SVG.
//! `SNAPSHOTS=overwrite cargo test --test contract picture` draws it anew.

#[path = "../pictures/draw.rs"]
mod picture;

use crate::whole::Repository;
use regex_lite::Regex;

/// A server that forgets the default of a field.
pub fn a_check_in_the_readme() {
    let words = ["--project", "tasks", "--fault", "default-wrong:priority"];
    let repository = Repository::new("tasks", &words);
    let line = "check serve create change";
    let ran = repository.run(&format!("{line} --color always")).ended(1);
    // Below stands how this server is started, which is a path of this machine.
    let lines = ran.stdout.lines().take_while(|line| !line.contains("roadmap check --verbose"));
    let lines: Vec<&str> = lines.collect();
    let text = format!("$ roadmap {line}\n{}\n", steady(&lines.join("\n")));
    picture::draw("check", &text);
}

/// The same text for each run: names, times, and how long it took are others each time.
fn steady(text: &str) -> String {
    let names = Regex::new(r"Milk \w+").expect("a pattern");
    let times = Regex::new(r"\d{4}-\d\d-\d\dT[\d:.]+Z").expect("a pattern");
    let seconds = Regex::new(r"in [\d.]+ s\b").expect("a pattern");
    let text = names.replace_all(text, "Buy milk");
    let text = times.replace_all(&text, "2026-11-28T09:30:00.125000Z");
    seconds.replace_all(&text, "in 0.4 s").into_owned()
}
