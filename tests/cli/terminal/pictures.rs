//! The pictures of terminals in the README: what the program prints today, drawn as SVG.
//! `SNAPSHOTS=overwrite cargo test pictures` draws them anew.

#[path = "../../pictures/draw.rs"]
mod picture;

use crate::harness::sandbox::Sandbox;

/// The answers to the quiz, which a person gives at a prompt.
const ANSWERS: &str = "--answer goal=product --answer build=content --answer know=python \
    --answer compiled=none --answer matters=easy,help --answer types=any --answer size=any \
    --answer place=alone --answer hours=five";

/// `line` and what it prints up to the line that begins with `end`, as the picture `name`.
#[track_caller]
fn draw(sandbox: &Sandbox, name: &str, line: &str, end: Option<&str>) {
    let answers = if line == "pick" { ANSWERS } else { "" };
    let outcome = sandbox.bare(&format!("{line} {answers} --color always")).go().done();
    let is_before = |text: &&str| end.is_none_or(|end| !text.starts_with(end));
    let lines: Vec<&str> = outcome.stdout.lines().take_while(is_before).collect();
    let text = format!("$ roadmap {line}\n{}\n", without_size(lines.join("\n").trim_end()));
    picture::draw(name, &text);
}

/// Without how large a starter is today: every change of its files would change the picture.
fn without_size(text: &str) -> String {
    match (text.find(" ("), text.find("commit ")) {
        (Some(start), Some(commit)) if start < commit => {
            let end = text[commit..].find(')').map_or(commit, |length| commit + length + 1);
            format!("{}{}", &text[..start], &text[end..])
        }
        _ => text.to_owned(),
    }
}

#[test]
fn the_pictures_in_the_readme_are_those_of_today() {
    let sandbox = Sandbox::new();
    draw(&sandbox, "pick", "pick", Some("The essential"));
    sandbox.bare("pick --framework fastapi").go().done();
    sandbox.bare("done web language").go().done();
    draw(&sandbox, "home", "", None);
    draw(&sandbox, "show", "show", None);
    draw(&sandbox, "topic", "show databases/indexes", None);
    let line = "new blog my-blog --framework fastapi";
    draw(&sandbox, "new", line, Some("README.md"));
}
