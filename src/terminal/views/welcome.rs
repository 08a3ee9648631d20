//! `roadmap` alone: where I stand, and how to begin.

use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::style;

/// Where somebody stands: the path picked, as words, and the line that begins it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    pub title: String,
    pub path: Option<String>,
    pub command: Option<String>,
}

/// A greeting with the next things to type.
#[must_use]
pub fn text(standing: &Standing, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&standing.title).bold());
    let mut lines = Vec::new();
    match (&standing.path, &standing.command) {
        (Some(path), Some(command)) => {
            text.push_str(&layout.paragraph(&format!("Your path: {path}"), 0));
            lines.push((command.as_str(), "make your first project"));
            lines.push(("roadmap show", "see the stages"));
            lines.push(("roadmap pick", "pick again"));
        }
        _ => {
            let told = "From the first request to a back end of your own, a stage at a time.";
            text.push_str(&layout.paragraph(told, 0));
            lines.push(("roadmap show", "see the stages"));
            lines.push(("roadmap pick", "find the language that fits you"));
            lines.push(("roadmap new", "make a back end that runs"));
        }
    }
    lines.push(("roadmap --help", "everything else"));
    text.push('\n');
    let width = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    for (line, what) in lines {
        if layout.is_narrow() {
            text.push_str(&format!("  {}\n    {}\n", style(line).cyan(), style(what).dim()));
        } else {
            text.push_str(&format!(
                "  {}  {}\n",
                style(padded(line, width)).cyan(),
                style(what).dim()
            ));
        }
    }
    text
}
