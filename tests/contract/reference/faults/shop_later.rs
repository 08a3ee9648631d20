//! Faults against the shop's milestones of the learner that come after the small ones.

use super::Row;

/// The faults of a milestone.
pub fn of(milestone: &str) -> &'static [Row] {
    match milestone {
        "caching" => CACHING,
        "metrics" => METRICS,
        _ => &[],
    }
}

const CACHING: &[Row] = &[
    ("catalogue-list-untagged", "gives the list of products no tag"),
    ("product-untagged", "gives a product no tag"),
    ("categories-untagged", "gives the categories no tag"),
    ("catalogue-tag-unquoted", "gives tags without quotes"),
    ("catalogue-without-cache-control", "says nothing to caches"),
    ("catalogue-not-stored", "forbids caches to store the catalogue"),
    ("catalogue-private", "lets browsers alone store the catalogue"),
    ("catalogue-for-a-minute", "lets caches answer for a minute without asking"),
    ("catalogue-condition-ignored", "ignores If-None-Match"),
    ("catalogue-always-304", "answers 304 to every If-None-Match"),
    ("catalogue-304-with-body", "answers a match with 200 and the body"),
    ("catalogue-304-untagged", "answers 304 without the tag"),
    ("catalogue-304-bare", "says nothing to caches with 304"),
    ("catalogue-first-tag-alone", "looks at the first tag of a list alone"),
    ("catalogue-star-ignored", "takes `*` for a tag that nothing has"),
    ("star-before-404", "answers 304 to `*` for what is not there"),
    ("catalogue-tag-of-the-moment", "gives another tag each time"),
    ("catalogue-tag-of-the-process", "gives other tags after a restart"),
    ("catalogue-tag-of-the-address", "makes the tag of the address alone"),
    ("catalogue-tag-of-the-second", "makes the tag of the time of the last order, in seconds"),
    ("catalogue-tag-of-all", "gives everything another tag with each order"),
    ("catalogue-tag-of-tries", "gives everything another tag with each purchase, refused ones too"),
    ("catalogue-tag-of-the-hour", "makes the tag of the hour and of the number of carts, too"),
    ("catalogue-copied", "shows the catalogue as it was up to a second ago"),
    ("carts-stored", "lets caches store carts"),
    ("orders-stored", "lets caches store orders"),
    ("errors-stored", "lets caches store that something is not there"),
];

const METRICS: &[Row] = &[
    ("metrics-as-html", "answers metrics as text/html"),
    ("metrics-without-line-end", "does not end the last line"),
    ("metrics-apart", "writes the lines of a metric in two places"),
    ("metrics-all-gauges", "declares each metric as a gauge"),
    ("metrics-from-first-order", "shows orders from the first on, and no 0 before"),
    ("metrics-errors-uncounted", "counts no request that it has refused"),
    ("metrics-status-class", "gives 2xx for the status"),
    ("metrics-race", "reads a counter and writes it a moment later"),
    ("metrics-by-address", "gives the address for the route"),
    ("metrics-unmatched-by-address", "gives an address that no route matches for the route"),
    ("metrics-any-method", "gives every method as it came"),
    ("metrics-by-cart", "counts orders by their cart"),
    ("metrics-of-metrics", "counts requests for metrics"),
    ("durations-stay", "measures the first request alone"),
    ("durations-by-method", "measures all routes together"),
    ("durations-in-microseconds", "measures in microseconds"),
    ("buckets-not-cumulative", "counts what is longest in no bucket"),
    ("buckets-too-few", "has two buckets, for what is quick alone"),
    ("metrics-without-orders", "counts no orders"),
    ("metrics-value-in-units", "counts the value of orders in whole units"),
    ("metrics-repeats-counted", "counts an order that is answered again"),
    ("metrics-refusals-counted", "counts a purchase that is refused as an order"),
    ("metrics-sold-out-once", "counts what is sold out when first asked, and never again"),
    ("metrics-sold-out-few", "counts what is nearly sold out as sold out"),
    ("metrics-token-ignored", "ignores METRICS_TOKEN"),
    ("metrics-token-of-any-kind", "takes the token with any scheme, and whatever stands before it"),
    ("metrics-token-by-its-beginning", "compares the beginning of the token alone"),
    ("metrics-token-403", "answers 403 without the token"),
    ("metrics-token-unnamed", "does not say that a token is needed"),
];
