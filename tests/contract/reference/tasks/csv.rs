//! Tasks as comma-separated values (RFC 4180), safe to open in a spreadsheet.

use crate::reference::faults::fault;
use serde_json::Value;

const COLUMNS: &[&str] =
    &["id", "title", "description", "status", "priority", "due", "created_at", "updated_at"];
/// How a cell begins that a spreadsheet takes for a formula.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t'];

pub fn file(tasks: &[Value]) -> String {
    let mut lines: Vec<String> = tasks.iter().map(line).collect();
    if fault("csv-newest-first") {
        lines.reverse();
    }
    if !fault("csv-without-header") {
        lines.insert(0, COLUMNS.join(","));
    }
    let mark = if fault("csv-with-byte-order-mark") { "\u{feff}" } else { "" };
    format!("{mark}{}\r\n", lines.join("\r\n"))
}

fn line(task: &Value) -> String {
    let cells: Vec<String> = COLUMNS.iter().map(|name| cell(&task[*name])).collect();
    cells.join(",")
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null if !fault("csv-null-as-word") => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = match text.starts_with(FORMULA) && !fault("csv-formulas-run") {
        true => format!("'{text}"),
        false => text,
    };
    if fault("csv-unquoted") || !text.contains([',', '"', '\r', '\n']) {
        return text;
    }
    let inner = if fault("csv-quotes-alone") { text } else { text.replace('"', "\"\"") };
    format!("\"{inner}\"")
}
