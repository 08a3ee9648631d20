//! What there is, as columns.

use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{code, style};
use console::measure_text_width;

/// Rows under headings; on a narrow screen each row becomes a block.
#[must_use]
pub fn table(headings: &[&str], rows: &[Vec<String>], layout: Layout) -> String {
    let widths: Vec<usize> = (0..headings.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0);
            widest.max(measure_text_width(headings[column]))
        })
        .collect();
    let fits = widths.iter().map(|width| width + 2).sum::<usize>() <= layout.width + 2;
    if fits { columns(headings, rows, &widths) } else { blocks(headings, rows, layout) }
}

/// Rows in groups, each under what its rows have first in common; where there is no room for all
/// columns side by side, the last two stand below.
#[must_use]
pub fn groups(rows: &[Vec<String>], layout: Layout) -> String {
    let groups: Vec<_> = rows.chunk_by(|row, next| row.first() == next.first()).collect();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    };
    let (id, title, stage, whose) = (widest(1), widest(2), widest(3), widest(4));
    let fits = 2 + id + 2 + title + 2 + stage + 2 + whose <= layout.width;
    let mut text = String::new();
    for group in groups {
        let space = if text.is_empty() { "" } else { "\n" };
        let head = group.first().and_then(|row| row.first()).map_or("", String::as_str);
        text.push_str(&format!("{space}{}\n", style(head).bold()));
        for row in group {
            let cell = |place: usize| row.get(place).map_or("", String::as_str);
            let name = code(padded(cell(1), id));
            if fits {
                let about = format!("{}  {}", padded(cell(3), stage), cell(4));
                text.push_str(&format!("  {name}  {}  {about}\n", padded(cell(2), title)));
            } else {
                text.push_str(&layout.hanging(&format!("  {name}  {}", cell(2)), id + 4));
                let about = format!("{}, {}", cell(3), cell(4));
                text.push_str(&layout.paragraph(&about, id + 4));
            }
        }
    }
    text
}

/// The answers to each question below it: rows of question, answer and choice.
#[must_use]
pub fn answers(rows: &[Vec<String>], layout: Layout) -> String {
    let cell = |row: &[String], place: usize| row.get(place).cloned().unwrap_or_default();
    let width = rows.iter().map(|row| measure_text_width(&cell(row, 1))).max().unwrap_or(0);
    let mut text = String::new();
    for question in rows.chunk_by(|row, next| row.first() == next.first()) {
        let space = if text.is_empty() { "" } else { "\n" };
        let head = question.first().map(|row| cell(row, 0)).unwrap_or_default();
        text.push_str(&format!("{space}{}", layout.paragraph(&style(head).bold().to_string(), 0)));
        for row in question {
            let answer = code(padded(&cell(row, 1), width)).to_string();
            text.push_str(&layout.item(&format!("{answer} "), &cell(row, 2), 2));
        }
    }
    text
}

fn columns(headings: &[&str], rows: &[Vec<String>], widths: &[usize]) -> String {
    let line = |cells: Vec<String>| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| padded(cell, *width));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let mut text = line(headings.iter().map(|title| style(title).bold().to_string()).collect());
    for row in rows {
        let first = row.iter().take(1).map(|cell| code(cell).to_string());
        text.push_str(&line(first.chain(row.iter().skip(1).cloned()).collect()));
    }
    text
}

fn blocks(headings: &[&str], rows: &[Vec<String>], layout: Layout) -> String {
    let mut text = String::new();
    for row in rows {
        for (place, (heading, cell)) in headings.iter().zip(row).enumerate() {
            if place == 0 {
                let space = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{space}{}\n", code(cell)));
            } else if !cell.is_empty() {
                text.push_str(&layout.item(&format!("{heading}:"), cell, 2));
            }
        }
    }
    text
}
