//! Faults against the rules of all four.

use super::Row;

/// Those of them that a project can have.
pub fn of(project: &str) -> Vec<Row> {
    let mut rows = EVERY.to_vec();
    if matches!(project, "tasks" | "blog") {
        rows.extend_from_slice(CHANGES);
    }
    if project != "chat" {
        // Chat has nothing of two fields.
        rows.push(("one-error-at-a-time", "names the first broken field alone"));
        rows.push(("invalid-stored", "stores the sound fields of a refused body"));
        rows.extend_from_slice(LISTS_WITH_FILTERS);
    }
    if matches!(project, "tasks" | "shop") {
        rows.extend_from_slice(SORTS);
    }
    if project != "shop" {
        // The shop has 24 products, and that is all.
        rows.push(("page-of-99", "gives at most 99 items"));
    }
    if project != "blog" {
        // The blog's addresses are slugs.
        rows.extend_from_slice(IDS);
        rows.extend_from_slice(SHARED_PAGE);
    }
    rows
}

const EVERY: &[Row] = &[
    // Configuration, start, stop.
    ("database-url-ignored", "keeps its data in a file of its own"),
    ("host-ignored", "listens on every address of the machine"),
    ("no-start-line", "logs no line with its URL"),
    ("ignores-sigterm", "does not end on SIGTERM"),
    ("slow-stop", "takes eight seconds to end"),
    ("stop-waits", "waits a minute for half a request at its end"),
    ("slow-client-blocks", "reads one request after the other"),
    ("stop-status", "ends with 1"),
    ("requests-cut-at-stop", "ends without answering the requests under way"),
    ("accepts-at-stop", "takes new connections after SIGTERM"),
    // Durability.
    ("lost-on-kill-all", "keeps what was answered in memory until an orderly end"),
    ("lost-at-restart", "keeps nothing on disk"),
    ("ids-anew", "counts ids from 1 after each start"),
    ("ids-race", "gives one id to several who write at once"),
    ("writers-collide", "answers parallel writers with 500"),
    // Health.
    ("health-missing", "has no /healthz"),
    ("unhealthy", "answers /healthz with 503"),
    ("health-word", "says another word than ok"),
    ("health-as-text", "answers /healthz as text/plain"),
    // JSON.
    ("camel-case", "names members in camel case"),
    ("json-as-text", "declares JSON as text/plain"),
    ("json-in-latin1", "declares JSON in another encoding"),
    ("clock-ahead", "has a clock that is two hours ahead"),
    ("times-without-zone", "leaves the Z of times out"),
    ("times-with-offset", "writes +00:00 for Z"),
    ("times-with-blank", "writes a blank for the T of times"),
    ("times-in-seconds", "gives times without a fraction"),
    ("ids-as-text", "gives ids as texts"),
    // Errors.
    ("error-as-html", "answers errors with an HTML page"),
    ("unknown-as-html", "answers 404 with an HTML page"),
    ("error-as-json", "declares problems as application/json"),
    ("error-empty", "answers errors without a body"),
    ("problem-lacks:type", "leaves `type` out of problems"),
    ("problem-lacks:title", "leaves `title` out of problems"),
    ("problem-lacks:status", "leaves `status` out of problems"),
    ("problem-lacks:detail", "leaves `detail` out of problems"),
    ("problem-status-differs", "says another status in the problem than in the answer"),
    ("no-errors-member", "does not say which fields are broken"),
    ("errors-as-text", "gives one text for the list of messages of a field"),
    ("sql-in-error", "shows SQL in an error"),
    ("stack-trace", "shows a stack trace in an error"),
    ("invalid-400", "answers 400 for 422"),
    ("invalid-500", "answers 500 for 422"),
    // Bodies.
    ("malformed-500", "answers 500 to malformed JSON"),
    ("trailing-text-accepted", "ignores what follows the JSON"),
    ("non-object-500", "answers 500 to JSON that is no object"),
    ("nan-accepted", "takes NaN for a number"),
    ("invalid-utf8-accepted", "repairs invalid UTF-8"),
    ("deep-500", "answers 500 to deeply nested JSON"),
    ("surrogate-500", "answers 500 to a lone surrogate"),
    ("any-media-type", "takes a body declared as anything"),
    ("undeclared-body-accepted", "takes a body that is not declared"),
    ("charset-refused", "refuses application/json; charset=utf-8"),
    ("media-type-case", "refuses Application/JSON"),
    ("no-body-500", "answers 500 where a body is missing"),
    ("unknown-fields-refused", "refuses fields that it does not know"),
    ("unknown-parameters-refused", "refuses query parameters that it does not know"),
    ("no-body-limit", "takes a body above 1 MiB with its length"),
    ("no-chunked-limit", "keeps a chunked body of any length in memory"),
    ("small-body-limit", "refuses a body of 100 KB"),
    ("large-body-500", "answers 500 to a body above 1 MiB"),
    // Addresses and methods.
    ("unknown-path-200", "answers 200 to an unknown path"),
    ("unknown-path-500", "answers 500 to an unknown path"),
    ("unknown-id-200", "answers 200 to an unknown id"),
    ("unknown-id-500", "answers 500 to an unknown id"),
    ("method-200", "answers 200 to a method that is not offered"),
    ("method-500", "answers 500 to a method that is not offered"),
    ("no-allow", "answers 405 without Allow"),
    // Created.
    ("created-200", "answers 200 for 201"),
    ("no-location", "leaves Location out"),
    ("broken-location", "gives a Location where nothing is"),
    ("created-lacks-fields", "answers a creation with the id alone"),
    // Lists.
    ("list-bare", "answers a list as a bare array"),
    ("list-lacks:page", "leaves `page` out of lists"),
    ("list-lacks:per_page", "leaves `per_page` out of lists"),
    ("list-lacks:total", "leaves `total` out of lists"),
    ("total-off-by-one", "counts one too many"),
    ("total-of-page", "counts the items of the page for `total`"),
    ("per-page-default", "gives 10 items without `per_page`"),
    ("page-overlaps", "repeats the last item of a page on the next one"),
    ("past-end-404", "answers 404 to a page past the end"),
    ("past-end-last", "answers a page past the end with the first"),
    ("far-page-500", "answers 500 to a page very far past the end"),
    ("number-ignored:page", "ignores `page`"),
    ("number-ignored:per_page", "ignores `per_page`"),
    ("number-below:page", "takes page=0 and page=-1"),
    ("number-text:page", "takes page=x"),
    ("number-below:per_page", "takes per_page=0 and per_page=-1"),
    ("number-above:per_page", "takes per_page=101"),
    ("number-text:per_page", "takes per_page=x"),
    // Headers.
    ("no-nosniff", "leaves X-Content-Type-Options out"),
    ("no-nosniff-on-errors", "leaves X-Content-Type-Options out of errors"),
    ("no-nosniff-on-pages", "leaves X-Content-Type-Options out of pages"),
    ("no-nosniff-on-files", "leaves X-Content-Type-Options out of static files"),
    ("no-policy", "leaves Content-Security-Policy out"),
    ("policy:unsafe-inline", "allows inline code in its policy"),
    ("policy-of-frames", "says in its policy who may frame it, and nothing of scripts"),
    ("policy-of-all", "lets scripts of everybody run in its policy"),
    ("policy:unsafe-eval", "allows eval in its policy"),
    // Description.
    ("no-description", "has no /openapi.json"),
    ("description-old", "describes itself in Swagger 2.0"),
    ("description-lacks-path", "leaves a path out of its description"),
    ("description-lacks-required", "describes no field of a body as required"),
    ("description-lacks-limit", "describes no limit of a field"),
    ("description-as-text", "declares its description as HTML"),
    // Files that pages name.
    ("file-missing:css", "does not serve its style sheet"),
    ("missing-file-200", "answers 200 to a static file that is not there"),
    ("files-outside", "serves files outside of its folder"),
    ("folder-listed", "lists the folder of its files"),
    ("stale-lists", "answers lists from copies that are up to a second old"),
    ("file-as-text", "declares every static file as text/plain"),
];

const IDS: &[Row] = &[
    ("bad-id-400", "answers 400 to an id that is no positive integer"),
    ("bad-id-422", "answers 422 to an id that is no positive integer"),
    ("bad-id-500", "answers 500 to an id that is no positive integer"),
    ("lax-ids", "takes `1x` and `1.5` for the id 1"),
    ("large-id-500", "answers 500 to an id above 64 bits"),
];

const CHANGES: &[Row] = &[
    ("no-nosniff-on-empty", "leaves X-Content-Type-Options out of answers without a body"),
    ("ids-reused", "gives the id of something deleted again"),
    ("changes-lost-on-kill", "keeps changes in memory until an orderly end"),
    ("deletes-lost-on-kill", "keeps deletions in memory until an orderly end"),
    ("deleted-200", "answers 200 with a body for 204"),
    ("deleted-again-204", "answers 204 to a second DELETE"),
    ("delete-keeps", "answers 204 and deletes nothing"),
    ("server-fields-taken", "lets clients set created_at and updated_at"),
    ("times-coarse", "keeps times in whole days, so that a quick change is not later"),
    ("lost-update", "writes a change at the same time over with old values"),
    ("change-in-pieces", "writes a change field by field"),
    ("patch-replaces", "takes PATCH for PUT: fields that are not sent go back or are missed"),
    ("patch-unchecked", "answers 200 to a broken PATCH and does nothing"),
    ("change-answers-old", "answers a change with the state before"),
    ("updated-at-stays", "leaves updated_at as it is"),
    ("created-at-moves", "sets created_at on a change"),
    ("change-not-stored", "answers a change and does not store it"),
    ("no-body-accepted", "takes no body for an empty object"),
    ("empty-change-422", "answers 422 to a change of nothing"),
    ("neighbour-changed", "changes the resource made before, too"),
    ("neighbour-deleted", "deletes the resource made before, too"),
];

const LISTS_WITH_FILTERS: &[Row] = &[
    ("total-unfiltered", "counts what does not match"),
    ("filter-ignored:q", "ignores `q`"),
    ("q-case", "searches with regard to case"),
    ("search-passes-filters", "finds in the longer text whatever the filters say"),
    ("q-words", "finds whole words alone"),
    ("q-percent", "takes % for any text"),
    ("q-underscore", "takes _ for any character"),
    ("q-backslash", "takes \\ for an escape"),
    ("q-quote-500", "answers 500 to a quote in `q`"),
];

const SORTS: &[Row] = &[
    ("ties-reversed", "breaks ties by id in the other direction"),
    ("order-ignored", "ignores `order`"),
    ("sort-default-desc", "sorts downwards where `order` is missing"),
    ("choice-unknown:sort", "takes an unknown `sort`"),
    ("choice-unknown:order", "takes an unknown `order`"),
];

const SHARED_PAGE: &[Row] = &[
    ("page-missing", "has no page"),
    ("page-as-text", "declares its page as text/plain"),
    ("page-inline-script", "has an inline script"),
    ("page-inline-handler", "has an inline event handler"),
    ("page-names-missing-file", "names a script that it does not serve"),
    ("file-missing:js", "does not serve its script"),
];
