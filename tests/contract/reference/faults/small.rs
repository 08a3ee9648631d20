//! Faults against the small milestones of the learner.

use super::Row;

/// The faults of a milestone, but for those of its fields.
pub fn of(milestone: &str) -> &'static [Row] {
    match milestone {
        "stats" => STATS,
        "estimate" => ESTIMATE,
        _ => &[],
    }
}

const STATS: &[Row] = &[
    ("stats-any-method", "answers every method at the address of the statistics"),
    ("stats-shadows-ids", "gives the statistics for each task"),
    ("stats-filtered", "counts the tasks of `?status=` alone"),
    ("stats-stale", "gives statistics that are up to a second old"),
    ("stats-of-a-page", "counts the newest twenty tasks alone"),
    ("stats-without-zeros", "leaves out a status that no task has"),
    ("stats-lacks:doing", "leaves `doing` out"),
    ("stats-total-of-open", "leaves tasks that are done out of `total`"),
    ("stats-from-start", "counts in memory, from each start anew"),
    ("stats-as-text", "gives `total` as a text"),
    ("overdue-when-done", "counts tasks that are done as overdue"),
    ("overdue-todo-alone", "counts no task as overdue that is `doing`"),
    ("overdue-without-day", "counts tasks without a day as overdue"),
    ("overdue-today", "counts what is due today as overdue"),
    ("overdue-with-any-day", "counts every open task with a day as overdue"),
];

const ESTIMATE: &[Row] = &[
    ("estimate-default-zero", "gives 0 for an estimate that was not sent"),
    ("estimate-lost-at-restart", "forgets estimates at a restart"),
    ("estimate-zero-after-restart", "makes 0 of a missing estimate at a restart"),
    ("estimate-lost-by-patch", "clears the estimate where PATCH does not send it"),
    ("estimate-null-ignored", "does not clear the estimate by null"),
    ("estimate-not-changed", "does not change the estimate by PATCH"),
    ("estimate-kept-by-put", "keeps the estimate where PUT leaves it out"),
    ("estimate-change-unseen", "leaves updated_at as it is when the estimate changes"),
    ("estimate-not-listed", "leaves the estimate out of lists"),
    ("sort-ignored:estimate", "ignores sort=estimate"),
    ("null-estimate-first", "puts tasks without an estimate first"),
    ("null-estimate-turns", "puts tasks without an estimate first where the order is downwards"),
    ("estimate-sorted-as-text", "sorts estimates as texts"),
    ("estimate-ties", "breaks ties of equal estimates by id in the other direction"),
];
