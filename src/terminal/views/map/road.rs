//! The stages as a picture: one road with a stop for each, as SVG without a script.

use super::prose::escaped;
use crate::curriculum::model::{Roadmap, Stage, Topic};
use crate::curriculum::select::Filter;
use crate::terminal::views::roadmap::overview::Marks;
use std::iter;
use textwrap::Options;

const STYLE: &str = include_str!("assets/road.css");

/// Stops in a row, and the distances between them.
const STOPS_PER_ROW: usize = 5;
const STOP_DISTANCE: usize = 190;
const ROW_DISTANCE: usize = 180;
/// The first stop.
const LEFT: usize = 120;
const TOP: usize = 70;
const WIDTH: usize = LEFT * 2 + STOP_DISTANCE * (STOPS_PER_ROW - 1);
/// How many characters fit below a stop.
const MAX_LABEL_CHARACTERS: usize = 21;

/// A file of its own.
#[must_use]
pub fn text(roadmap: &Roadmap, marks: &Marks, numbers: &[usize]) -> String {
    let head = TOP;
    let height = head + picture_height(roadmap.stages.len());
    let path = marks.path.as_ref().map(|path| format!("Your path: {path} · "));
    let counted = counted(marks);
    let topics = roadmap.topics().filter(|(_, topic)| counted.includes(topic)).count();
    let about =
        format!("{}{} stages, {topics} topics", path.unwrap_or_default(), roadmap.stages.len());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" class=\"map alone\" aria-labelledby=\"title about\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"about\">{about}</desc>\n\
         <style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\" rx=\"16\"/>\n\
         <text class=\"name\" x=\"40\" y=\"46\">{title}</text>\n\
         <text class=\"soft\" x=\"40\" y=\"70\">{about}</text>\n\
         <g transform=\"translate(0 {head})\">\n{picture}</g>\n</svg>\n",
        title = escaped(&roadmap.title),
        about = escaped(&about),
        picture = picture(roadmap, marks, numbers, false),
    )
}

/// As a part of the page, whose style it takes and where each stop leads to its stage.
#[must_use]
pub(super) fn part(roadmap: &Roadmap, marks: &Marks, numbers: &[usize]) -> String {
    format!(
        "<svg class=\"map\" viewBox=\"0 0 {WIDTH} {}\">\n{}</svg>",
        picture_height(roadmap.stages.len()),
        picture(roadmap, marks, numbers, true)
    )
}

fn picture_height(stops: usize) -> usize {
    stops.div_ceil(STOPS_PER_ROW).max(1) * ROW_DISTANCE + 10
}

fn picture(roadmap: &Roadmap, marks: &Marks, numbers: &[usize], linked: bool) -> String {
    let road = road(roadmap.stages.len());
    let mut text =
        format!("<path class=\"surface\" d=\"{road}\"/><path class=\"dashes\" d=\"{road}\"/>\n");
    let path = counted(marks);
    for (index, (stage, number)) in roadmap.stages.iter().zip(numbers).enumerate() {
        let stop = stop(stage, *number, place(index), &path, marks);
        if linked {
            text.push_str(&format!("<a href=\"#s-{}\">{stop}</a>\n", escaped(&stage.id)));
        } else {
            text.push_str(&format!("{stop}\n"));
        }
    }
    text
}

/// The topics that are counted: those of the path picked, else all.
pub(super) fn counted(marks: &Marks) -> Filter {
    let picked = marks.picked.as_ref();
    picked.map_or_else(Filter::default, |(language, framework)| {
        Filter::for_framework(language, framework)
    })
}

/// Where a stop is: the rows go from left to right and back in turn.
fn place(index: usize) -> (usize, usize) {
    let (row, column) = (index / STOPS_PER_ROW, index % STOPS_PER_ROW);
    let column = if row.is_multiple_of(2) { column } else { STOPS_PER_ROW - 1 - column };
    (LEFT + column * STOP_DISTANCE, TOP + row * ROW_DISTANCE)
}

/// The middle of the road, from the first stop to the last, with a half circle between two rows.
fn road(stops: usize) -> String {
    let (x, y) = place(0);
    let mut road = format!("M{} {y}H{x}", x - 60);
    for index in 1..stops {
        let (x, y) = place(index);
        if index.is_multiple_of(STOPS_PER_ROW) {
            let turn = usize::from((index / STOPS_PER_ROW) % 2 == 1);
            road.push_str(&format!("A{r} {r} 0 0 {turn} {x} {y}", r = ROW_DISTANCE / 2));
        } else {
            road.push_str(&format!("H{x}"));
        }
    }
    road
}

fn stop(
    stage: &Stage,
    number: usize,
    (x, y): (usize, usize),
    path: &Filter,
    marks: &Marks,
) -> String {
    let topics = || stage.topics.iter().filter(|topic| path.includes(topic));
    let total = topics().count();
    let is_done = |topic: &&Topic| marks.is_done(&topic.id);
    let done = topics().filter(is_done).count();
    let whole = total > 0 && done == total;
    let count = match (done, whole) {
        (0, _) => format!("{total} {}", if total == 1 { "topic" } else { "topics" }),
        (_, false) => format!("{done} of {total} done"),
        (_, true) => format!("✓ {total} of {total} done"),
    };
    let class = if whole { " whole" } else { "" };
    let lines = textwrap::wrap(&stage.title, Options::new(MAX_LABEL_CHARACTERS));
    let rows = lines.iter().map(|line| ("title", line.to_string()));
    let rows = rows.chain(iter::once(("count", count)));
    let texts = rows.enumerate().map(|(row, (class, words))| {
        format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{}\">{}</text>",
            y + 52 + row * 19,
            escaped(&words)
        )
    });
    format!(
        "<g class=\"place{class}\"><circle class=\"stop\" cx=\"{x}\" cy=\"{y}\" r=\"25\"/>\
         <text class=\"number\" x=\"{x}\" y=\"{}\">{number}</text>{}</g>",
        y + 7,
        texts.collect::<String>()
    )
}
