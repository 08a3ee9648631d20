//! Markdown as a terminal shows it: headings, paragraphs, lists, code and tables, without marks.

use super::layout::{Layout, padded};
use super::style::{code, style};
use console::measure_text_width;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::fmt::Write;

/// Between the columns of a table.
const COLUMN_GAP: usize = 2;

/// `markdown`, each line behind `indent` spaces and within the layout's width, but for code.
#[must_use]
pub fn rendered(markdown: &str, layout: Layout, indent: usize) -> String {
    let mut renderer = MarkdownRenderer::new(layout, indent);
    renderer.out.reserve(markdown.len() * 3 / 2);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        renderer.take(event);
    }
    renderer.out
}

/// What has been rendered so far, and the block that is being read.
struct MarkdownRenderer {
    layout: Layout,
    indent: usize,
    out: String,
    /// The text of the block so far, with its styles.
    text: String,
    is_strong: bool,
    is_code: bool,
    /// For each list around the text the number of the next item; none where it has no numbers.
    lists: Vec<Option<u64>>,
    /// Whether the next text stands behind the mark of its item.
    is_item: bool,
    table: Vec<Vec<String>>,
}

impl MarkdownRenderer {
    fn new(layout: Layout, indent: usize) -> Self {
        Self {
            layout,
            indent,
            out: String::new(),
            text: String::new(),
            is_strong: false,
            is_code: false,
            lists: Vec::new(),
            is_item: false,
            table: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text),
            Event::Code(text) => write!(self.text, "{}", code(text)).expect("a text takes all"),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.separate(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        match self.is_strong && !self.is_code {
            true => self.text.push_str(&style(text).bold().to_string()),
            false => self.text.push_str(text),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.is_strong = true,
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.flush();
                self.is_code = true;
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.separate();
                }
                self.lists.push(*first);
            }
            Tag::Item => self.is_item = true,
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.is_strong = false,
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::CodeBlock => self.code(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                self.separate();
                let rows = std::mem::take(&mut self.table);
                self.out.push_str(&table(&rows, self.layout, self.indent));
            }
            _ => {}
        }
    }

    /// An empty line, unless nothing stands above it.
    fn separate(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        self.separate();
        let text = std::mem::take(&mut self.text);
        let look = style(text).bold();
        let look = if level <= HeadingLevel::H2 { look.underlined() } else { look };
        self.out.push_str(&self.layout.paragraph(&look.to_string(), self.indent));
    }

    /// Writes the text of a paragraph or of an item.
    fn flush(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.write(&text);
            // Its memory serves the next text.
            text.clear();
        }
        self.text = text;
    }

    fn write(&mut self, text: &str) {
        let depth = self.lists.len();
        let Some(list) = self.lists.last_mut() else {
            self.separate();
            self.out.push_str(&self.layout.paragraph(text, self.indent));
            return;
        };
        let indent = self.indent + 2 * (depth - 1);
        let mark = match list {
            Some(number) => format!("{number}."),
            None => "-".to_owned(),
        };
        if std::mem::take(&mut self.is_item) {
            if let Some(number) = list {
                *number += 1;
            }
            self.out.push_str(&self.layout.item(&mark, text, indent));
        } else {
            self.out.push_str(&self.layout.paragraph(text, indent + mark.len() + 1));
        }
    }

    /// Code keeps its lines: they are to be pasted.
    fn code(&mut self) {
        self.is_code = false;
        self.separate();
        let indent = " ".repeat(self.indent + 2);
        for line in std::mem::take(&mut self.text).lines() {
            self.out.push_str(format!("{indent}{line}").trim_end());
            self.out.push('\n');
        }
    }
}

/// A table as columns where a column of at least a third of the width is left for the last cell; else
/// each row as its first cell with the others below it.
fn table(rows: &[Vec<String>], layout: Layout, indent: usize) -> String {
    let Some(head) = rows.first() else { return String::new() };
    let columns = head.len();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure_text_width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(widest).collect();
    let before = indent + widths.iter().map(|width| width + COLUMN_GAP).sum::<usize>();
    let fits = before + layout.width / 3 <= layout.width;
    let mut out = String::new();
    for (place, row) in rows.iter().enumerate() {
        let is_head = place == 0;
        if fits {
            out.push_str(&line(row, &widths, layout, indent, before, is_head));
        } else if !is_head {
            out.push_str(&stacked(row, layout, indent));
        }
    }
    out
}

/// A row as columns; the last cell wraps within its own.
fn line(
    row: &[String],
    widths: &[usize],
    layout: Layout,
    indent: usize,
    before: usize,
    is_head: bool,
) -> String {
    let look = |cell: &str| if is_head { style(cell).bold().to_string() } else { cell.to_owned() };
    let mut start = " ".repeat(indent);
    for (cell, width) in row.iter().zip(widths) {
        start.push_str(&padded(&look(cell), width + COLUMN_GAP));
    }
    let last = look(row.get(widths.len()).map_or("", String::as_str));
    let lines = layout.paragraph(&last, before);
    format!("{start}{}", lines.get(before..).unwrap_or("\n"))
}

fn stacked(row: &[String], layout: Layout, indent: usize) -> String {
    let mut cells = row.iter().filter(|cell| !cell.is_empty());
    let first = cells.next().map(|cell| layout.item("-", cell, indent)).unwrap_or_default();
    cells.fold(first, |out, cell| out + &layout.paragraph(cell, indent + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
**Signing up**

| request | response |
|---|---|
| `POST /api/users` `{email, password}` | 201 `{id, email, created_at}`, the password is in no response at all |

1. one
2. two
   - deeper

```http
GET /api/tasks?status=todo&priority=high&sort=due&order=desc&page=1&per_page=20 HTTP/1.1
```
";

    fn plain(width: usize) -> String {
        console::strip_ansi_codes(&rendered(TEXT, Layout::new(width), 2)).into_owned()
    }

    #[test]
    fn no_marks_are_left_and_lines_fit_but_for_code() {
        for width in [40, 60, 80, 100] {
            let text = plain(width);
            for mark in ["**", "|", "---", "```"] {
                assert!(!text.contains(mark), "{text}");
            }
            let too_wide = text.lines().filter(|line| line.chars().count() > width);
            assert!(too_wide.clone().all(|line| line.contains("HTTP/1.1")), "{text}");
        }
    }

    #[test]
    fn a_table_that_does_not_fit_is_stacked() {
        let text = plain(40);
        assert!(text.contains("  - POST /api/users"), "{text}");
        assert!(!text.contains("response |"), "{text}");
        assert!(plain(100).contains("request"), "a head where it fits");
    }

    #[test]
    fn items_are_numbered_and_indented() {
        let text = plain(80);
        assert!(text.contains("  1. one\n  2. two\n    - deeper\n"), "{text}");
    }
}
