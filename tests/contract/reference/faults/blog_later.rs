//! Faults against the blog's later milestones.

use super::Row;

/// The faults of a milestone.
pub fn of(milestone: &str) -> &'static [Row] {
    match milestone {
        "feed" => FEED,
        _ => &[],
    }
}

const FEED: &[Row] = &[
    ("feed-as-xml", "declares the feed as any XML"),
    ("feed-without-namespace", "gives the feed another namespace"),
    ("feed-without-author", "names no author"),
    ("feed-without-self", "does not say where the feed is"),
    ("feed-updated-now", "says that the feed changes all the time"),
    ("feed-updated-of-newest", "takes the newest post for the one that changed last"),
    ("feed-with-drafts", "has drafts in the feed"),
    ("feed-with-withdrawn", "leaves in the feed what is withdrawn"),
    ("feed-by-change", "has in front what changed last"),
    ("feed-oldest-first", "has the oldest post in front"),
    ("feed-of-ten", "has ten posts in the feed"),
    ("feed-of-all", "has all posts in the feed"),
    ("feed-of-nothing-500", "has no feed without posts"),
    ("feed-stale", "sends a feed of up to a second ago"),
    ("feed-relative", "has addresses in the feed that lead nowhere without it"),
    ("feed-leads-to-api", "leads from the feed to JSON"),
    ("site-url-ignored", "ignores SITE_URL"),
    ("entry-id-of-address", "makes the id of an entry of its address"),
    ("entry-id-of-slug", "makes the id of an entry of the slug"),
    ("entry-id-of-change", "makes the id of an entry of its last change"),
    ("entry-id-of-process", "makes other ids after a restart"),
    ("entry-id-bare", "takes the number of a post for an id in the world"),
    ("entry-updated-at-creation", "gives an entry the time of creation"),
    ("entry-published-at-change", "gives an entry the time of its change as that of publication"),
    ("entry-without-tags", "leaves the tags out"),
    ("entry-title-raw", "writes titles into the XML as they are"),
    ("entry-title-as-html", "declares plain titles as HTML"),
    ("entry-title-escaped-twice", "escapes plain titles twice"),
    ("entry-title-with-noncharacters", "writes characters of titles that XML does not have"),
    ("entry-content-cut", "has the beginning of the body alone"),
    ("entry-content-as-html", "declares plain bodies as HTML"),
    ("entry-content-in-cdata", "writes bodies into CDATA as they are"),
    ("entry-content-with-controls", "writes control characters into the XML"),
    ("feed-controls-500", "has no feed once a body holds a control character"),
    ("feed-untagged", "gives the feed no ETag"),
    ("feed-always-200", "ignores If-None-Match for the feed"),
    ("feed-always-304", "says that the feed is the same, whatever the client has"),
    ("feed-304-untagged", "says that the feed is the same, without its ETag"),
    ("feed-tag-of-newest", "makes the ETag of the newest post and the number of posts"),
    ("feed-tag-of-database", "gives the feed another ETag with each comment"),
    ("feed-tag-of-now", "gives the feed another ETag each time"),
    ("feed-not-announced", "says on no page that there is a feed"),
];
