//! Faults against the rules of tasks.

use super::Row;

pub const FAULTS: &[Row] = &[
    ("default-wrong:description", "gives null for a description that was not sent"),
    ("default-wrong:status", "gives another status than todo where none was sent"),
    ("default-wrong:priority", "gives another priority than normal where none was sent"),
    ("default-wrong:due", "gives a day where none was sent"),
    ("description-lacks-choice", "describes no choices of a field"),
    ("null-due-ignored", "does not clear `due` by null"),
    ("put-merges", "keeps what PUT leaves out"),
    ("put-creates", "creates a task by PUT"),
    ("put-unchecked", "answers 200 to a broken PUT and does nothing"),
    ("choice-ignored:status", "ignores the filter `status`"),
    ("choice-ignored:priority", "ignores the filter `priority`"),
    ("choice-unknown:status", "takes an unknown `status` as a filter"),
    ("choice-unknown:priority", "takes an unknown `priority` as a filter"),
    ("filters-either", "gives what matches one of two filters"),
    ("q-in-any-order", "finds the words of `q` in any order"),
    ("q-skips:title", "does not search in titles"),
    ("q-skips:description", "does not search in descriptions"),
    ("oldest-first", "gives the oldest first without `sort`"),
    ("order-alone-ignored", "ignores `order` without `sort`"),
    ("sort-ignored:created_at", "ignores sort=created_at"),
    ("sort-ignored:due", "ignores sort=due"),
    ("sort-ignored:priority", "ignores sort=priority"),
    ("sort-ignored:title", "ignores sort=title"),
    ("priority-by-alphabet", "sorts priorities by the alphabet"),
    ("title-sort-case", "sorts titles with capitals first"),
    ("null-due-first", "puts tasks without a day first"),
    ("null-due-turns", "puts tasks without a day first where the order is downwards"),
];
