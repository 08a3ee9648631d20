//! Faults against the small milestones of the learner.

use super::Row;

/// The faults of a milestone, but for those of its fields.
pub fn of(milestone: &str) -> &'static [Row] {
    match milestone {
        "stats" => STATS,
        "estimate" => ESTIMATE,
        "archive" => ARCHIVE,
        "excerpt" => EXCERPT,
        "related" => RELATED,
        "coupons" => COUPONS,
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

const ARCHIVE: &[Row] = &[
    ("archive-with-drafts", "counts drafts in the archive"),
    ("archive-with-withdrawn", "counts posts that were withdrawn"),
    ("archive-of-a-page", "counts the newest twenty posts alone"),
    ("archive-by-day", "counts by day for by month"),
    ("archive-months-from-0", "counts months from 0"),
    ("archive-stale", "gives an archive that is up to a second old"),
    ("archive-from-start", "counts in memory, from each start anew"),
    ("archive-as-text", "gives the number of posts as a text"),
    ("archive-bare", "gives the archive as a bare array"),
    ("archive-empty-month", "keeps a month without posts"),
    ("archive-page-missing", "has no page for the archive"),
    ("archive-page-with-drafts", "shows drafts on the page of the archive"),
    ("archive-page-oldest-first", "shows the oldest post of a month first"),
    ("archive-page-of-ten", "shows the newest ten posts alone"),
    ("archive-page-without-month", "names no month on the page of the archive"),
    ("archive-page-without-links", "shows titles without links"),
    ("no-escaping:archive-title", "does not escape titles in the archive"),
    ("archive-not-linked", "leads nowhere to the archive"),
];

const EXCERPT: &[Row] = &[
    ("excerpt-ignored", "does not store the excerpt of a new post"),
    ("excerpt-default-empty", "gives an empty text for an excerpt that was not sent"),
    ("excerpt-lost-at-restart", "forgets excerpts at a restart"),
    ("excerpt-empty-after-restart", "makes an empty text of a missing excerpt at a restart"),
    ("excerpt-lost-by-patch", "clears the excerpt where PATCH does not send it"),
    ("excerpt-null-ignored", "does not clear the excerpt by null"),
    ("excerpt-not-changed", "does not change the excerpt by PATCH"),
    ("excerpt-change-unseen", "leaves updated_at as it is when the excerpt changes"),
    ("excerpt-not-listed", "leaves the excerpt out of lists"),
    ("excerpt-not-shown", "shows the beginning of the body for the excerpt"),
    ("excerpt-and-body", "shows the beginning of the body after the excerpt"),
    ("no-escaping:excerpt", "does not escape excerpts"),
    ("summary-whole-body", "shows the whole body in the list"),
    ("summary-cut-in-word", "cuts the beginning of the body inside a word"),
    ("summary-without-ellipsis", "does not say that the body goes on"),
    ("summary-always-ellipsis", "says of a short body that it goes on"),
    ("summary-shorter", "cuts before a word that ends at the 200th character"),
    ("summary-counts-blanks", "counts all of the white space in the body"),
    ("summary-counts-units", "counts UTF-16 units"),
    ("summary-long-word-lost", "shows nothing of a body that begins with a very long word"),
];

const RELATED: &[Row] = &[
    ("related-with-itself", "gives a product as related to itself"),
    ("related-of-any-category", "gives products of other categories"),
    ("related-sold-out", "gives what is sold out"),
    ("related-of-three", "gives three at most"),
    ("related-of-all", "gives more than four"),
    ("related-cheapest-first", "gives the cheapest first"),
    ("related-cheaper-alone", "gives what is dearer after all that is cheaper"),
    ("related-ties", "breaks ties by id downwards"),
    ("related-in-short", "gives the id and the name alone"),
    ("related-bare", "gives a bare array"),
    ("related-to-sold-out-404", "answers 404 for a product that is sold out"),
    ("related-to-unknown-200", "gives nothing for a product that is not there"),
    ("related-stale", "gives what was related at the first request"),
];

const COUPONS: &[Row] = &[
    ("coupon-of-any-code", "takes any code"),
    ("coupon-unknown-200", "answers 200 to an unknown code and does nothing"),
    ("coupon-unknown-404", "answers 404 to an unknown code"),
    ("coupon-unnamed", "does not name the code in its errors"),
    ("coupon-type-500", "answers 500 to a code that is no text"),
    ("coupon-refusal-removes", "takes the coupon away with an unknown code"),
    ("coupon-with-case", "wants the code in capitals"),
    ("coupon-untrimmed", "does not trim the code"),
    ("coupon-as-typed", "shows the code as it was typed"),
    ("coupon-of-10-cents", "takes 10 cents off"),
    ("coupon-doubled", "takes more off when the code comes again"),
    ("coupon-fixed", "keeps the discount when the cart changes"),
    ("coupon-not-taken-off", "gives the total before the discount"),
    ("coupon-in-lines", "takes the discount off the lines"),
    ("coupon-fields-missing", "leaves the fields out of a cart without a coupon"),
    ("coupon-of-all-carts", "takes one cart's coupon for all carts"),
    ("coupon-stays-after-delete", "answers a removal and removes nothing"),
    ("coupon-absent-200", "answers 200 to the removal of a coupon that is not there"),
    ("coupon-delete-204", "answers 204 to the removal of a coupon"),
    ("coupon-not-in-order", "leaves the coupon out of the order"),
    ("coupon-order-in-full", "asks the full price in the order"),
    ("coupon-stays-after-purchase", "keeps the coupon in the cart after the purchase"),
    ("coupon-lost-at-restart", "forgets the coupons of carts at a restart"),
];
