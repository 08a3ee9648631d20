//! A check that failed: what was sent, what was expected, what came, and a line to try it.

use crate::contract::run::Failure;
use crate::contract::value::{Difference, short};
use crate::shell;
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{code, style};
use console::measure_text_width;

/// The widest column of expected values beside the actual ones.
const MAX_EXPECTED_WIDTH: usize = 34;
/// How many lines of a response's body are shown.
const MAX_BODY_LINES: usize = 4;
/// How many of the first and of the last lines of the server's output are shown.
const FIRST_LOG_LINES: usize = 10;
const LAST_LOG_LINES: usize = 4;
/// How many of the last lines of a conversation are shown.
const LAST_TRANSCRIPT_LINES: usize = 8;
/// How many rows the step of a failure has at most.
const MAX_STEP_ROWS: usize = 3;
/// The columns before the text of a failure.
const INDENT: usize = 6;

/// What was sent, what was expected and what came, and what helps to mend it.
pub(super) fn details(failure: &Failure, layout: Layout) -> String {
    // A long address is in the line to try as a whole.
    let step = short(&single_line(&failure.step), MAX_STEP_ROWS * (layout.width - INDENT));
    let mut text = layout.paragraph(&code(step).to_string(), INDENT);
    text.push_str(&differences(&failure.differences, layout));
    if let Some(why) = &failure.why {
        text.push_str(&layout.paragraph(&style(why).italic().to_string(), INDENT));
    }
    let mut rows = |label: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            text.push_str(&format!("{}{}\n", " ".repeat(INDENT), style(label).dim()));
        }
        for row in rows {
            text.push_str(&format!("{}{}\n", " ".repeat(INDENT + 2), style(row).dim()));
        }
    };
    let room = layout.width - INDENT - 2;
    if let Some(expected) = &failure.expected_response {
        rows("what is asked for:", folded(expected, room, MAX_BODY_LINES));
    }
    rows("the response:", response_lines(failure, room));
    let transcript = match failure.transcript.as_slice() {
        // It would only repeat the step.
        [line] if *line == failure.step => &[],
        transcript => &transcript[transcript.len().saturating_sub(LAST_TRANSCRIPT_LINES)..],
    };
    rows("the conversation:", transcript.iter().flat_map(|line| folded(line, room, 2)).collect());
    if log_helps(failure) {
        rows("the server printed:", log_lines(&failure.log, room));
    }
    rows("sent before:", failure.before.iter().flat_map(|line| folded(line, room, 2)).collect());
    // Without these settings the server answers the line otherwise, or sends nothing anywhere.
    rows("the server was started with:", settings(failure));
    if let Some(curl) = &failure.curl {
        text.push_str(&format!("{}{}\n", " ".repeat(INDENT), style("try it:").dim()));
        text.push_str(&format!("{}{}\n", " ".repeat(INDENT + 2), single_line(curl)));
    }
    text
}

/// The first lines, which name what went wrong, and the last.
fn log_lines(log: &[String], room: usize) -> Vec<String> {
    let rows = |lines: &[String]| -> Vec<String> {
        lines.iter().flat_map(|line| folded(line, room, 2)).collect()
    };
    if log.len() <= FIRST_LOG_LINES + LAST_LOG_LINES {
        return rows(log);
    }
    let gap = vec!["...".to_owned()];
    [rows(&log[..FIRST_LOG_LINES]), gap, rows(&log[log.len() - LAST_LOG_LINES..])].concat()
}

/// What of a response helps beside the differences: where it leads, and how its body begins. What
/// stands in a table already is not repeated, and the first lines of a page say nothing.
fn response_lines(failure: &Failure, room: usize) -> Vec<String> {
    let Some((head, body)) = failure.response.as_deref().map(split_response) else {
        return Vec::new();
    };
    let about = |starts: &[&str]| {
        let mut places = failure.differences.iter().map(|difference| difference.place.as_str());
        places.any(|place| starts.iter().any(|start| place.starts_with(start)))
    };
    let mut rows = Vec::new();
    let leads = head.split(' ').nth(1).is_some_and(|status| status.starts_with('3'));
    let is = |line: &&str, name: &str| {
        line.split_once(':').is_some_and(|(header, _)| header.eq_ignore_ascii_case(name))
    };
    for line in head.lines().filter(|line| leads && is(line, "location")) {
        rows.extend(folded(line, room, 1));
    }
    let page = body.trim_start().starts_with('<');
    if !page && about(&["status", "json", "body", "text", "problem", "responses with"]) {
        let lines = body.lines().filter(|line| !line.trim().is_empty());
        let all: Vec<String> =
            lines.flat_map(|line| folded(line, room, MAX_BODY_LINES + 1)).collect();
        let more = all.len() > MAX_BODY_LINES;
        rows.extend(all.into_iter().take(MAX_BODY_LINES));
        if more {
            rows.push("...".to_owned());
        }
    }
    rows
}

fn split_response(response: &str) -> (&str, &str) {
    response.split_once("\n\n").unwrap_or((response, ""))
}

/// What the check had set in the environment, as it is written before a command.
fn settings(failure: &Failure) -> Vec<String> {
    let set = |(name, value): (&String, &String)| format!("{name}={}", shell::word(value));
    failure.environment.iter().map(set).map(|row| single_line(&row)).collect()
}

/// Whether the server broke down, so that its own words say why.
fn log_helps(failure: &Failure) -> bool {
    // That it listens says nothing about what went wrong.
    let is_informative = |line: &String| !line.contains("http://127.0.0.1:");
    failure.log.iter().any(is_informative)
        && (failure.step.starts_with("what the server") || failure.broke_down())
}

/// Expected and come side by side where there is room, else one above the other.
fn differences(all: &[Difference], layout: Layout) -> String {
    let widest = |text: &dyn Fn(&Difference) -> &String| {
        all.iter().map(|difference| measure_text_width(text(difference))).max().unwrap_or(0)
    };
    let places = widest(&|difference| &difference.place);
    let (side, came) = (
        widest(&|difference| &difference.expected).max(8),
        widest(&|difference| &difference.actual),
    );
    let start = " ".repeat(INDENT);
    let mut text = String::new();
    if side.max(came) <= MAX_EXPECTED_WIDTH && INDENT + places + 2 + side + 2 + came <= layout.width
    {
        let head = format!("{}  {}  came", padded("", places), padded("expected", side));
        text.push_str(&format!("{start}{}\n", style(head).dim()));
        for difference in all {
            let expected = style(padded(&single_line(&difference.expected), side)).green();
            let actual = style(single_line(&difference.actual)).red();
            let place = padded(&single_line(&difference.place), places);
            text.push_str(&format!("{start}{place}  {expected}  {actual}\n"));
        }
        return text;
    }
    let room = layout.width - INDENT - 2 - "expected ".len();
    for difference in all {
        text.push_str(&layout.paragraph(&single_line(&difference.place), INDENT));
        for (label, value, good) in
            [("expected", &difference.expected, true), ("came", &difference.actual, false)]
        {
            let mut label = style(padded(label, 8)).dim().to_string();
            for row in folded(value, room, MAX_BODY_LINES) {
                let row = if good { style(row).green() } else { style(row).red() };
                text.push_str(&format!("{start}  {label} {row}\n"));
                label = " ".repeat(8);
            }
        }
    }
    text
}

/// A line in rows of at most `room` columns, and so many rows. What comes from a server need not
/// have blanks to wrap at: a row then ends behind a comma, or where it is full.
fn folded(line: &str, room: usize, max: usize) -> Vec<String> {
    let line = single_line(line.trim_end());
    let mut rest = line.as_str();
    let mut rows = Vec::new();
    while !rest.is_empty() {
        let end = fitting(rest, room);
        let (row, more) = rest.split_at(end);
        rows.push(row.trim_end().to_owned());
        rest = more.trim_start();
        if rows.len() == max && !rest.is_empty() {
            let end = fitting(row, room.saturating_sub(4));
            rows.pop();
            rows.push(format!("{} ...", row[..end].trim_end()));
            break;
        }
    }
    rows
}

/// How many bytes of `text` stand in a row of `room` columns.
fn fitting(text: &str, room: usize) -> usize {
    let (mut width, mut full, mut good) = (0, text.len(), 0);
    for (at, c) in text.char_indices() {
        width += measure_text_width(c.encode_utf8(&mut [0; 4]));
        if width > room && at > 0 {
            full = at;
            break;
        }
        if width * 2 > room && [' ', ','].contains(&c) {
            good = at + 1;
        }
    }
    if full == text.len() || good == 0 { full } else { good }
}

/// Keeps what a server sent from acting on the terminal.
fn single_line(text: &str) -> String {
    let printable_char = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(printable_char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: usize) -> Layout {
        console::set_colors_enabled(false);
        Layout::new(width)
    }

    #[test]
    fn settings_are_shown_without_a_line_to_try_and_the_step_only_once() {
        let failure = Failure {
            step: "shop waits for a request".to_owned(),
            environment: [("EVENTS_URL".to_owned(), "http://127.0.0.1:4711/".to_owned())].into(),
            transcript: vec!["shop waits for a request".to_owned()],
            differences: vec![Difference::new("request", "a request", "nothing in 5 s")],
            ..Failure::default()
        };
        let expected = "\
      shop waits for a request
               expected   came
      request  a request  nothing in 5 s
      the server was started with:
        EVENTS_URL=http://127.0.0.1:4711/
";
        assert_eq!(details(&failure, layout(80)).trim_start(), expected);
    }

    #[test]
    fn a_long_address_is_cut_and_stands_whole_in_the_line_to_try() {
        let step = format!("GET /api/search?q={}end", "b%20".repeat(200));
        let failure = Failure {
            curl: Some(format!("curl '{step}'")),
            step: step.clone(),
            ..Failure::default()
        };
        let printed = details(&failure, layout(80));
        let first = printed.lines().take_while(|line| !line.contains("try it:"));
        assert!(first.map(str::len).sum::<usize>() < 300, "{printed}");
        assert!(printed.contains(&format!("curl '{step}'")), "{printed}");
    }
}
