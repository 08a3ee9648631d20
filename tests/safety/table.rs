//! The situations, and what must come of each. The page docs/safety.md is generated from them.

/// Between these two lines of docs/safety.md the table stands.
pub const START: &str = "<!-- safety: start (SNAPSHOTS=overwrite cargo test --test safety) -->";
pub const END: &str = "<!-- safety: end -->";

/// The situation, and the expectation.
pub type Row = (&'static str, &'static str);

pub const ABSENT: Row = ("target absent", "whole, committed");
pub const EMPTY: Row = ("target an empty directory", "whole, committed, the same directory");
pub const HERE: Row = ("target is `.`", "whole, committed");
pub const GIT_NEW: Row = ("target has `.git` alone, no commits", "whole, the commit goes there");
pub const GIT_OLD: Row = ("target has `.git` alone, with commits", "whole, not committed, a note");
pub const FILES: Row = ("target has files", "refused, untouched byte for byte");
pub const PARENT: Row = ("parent or target not writable", "refused, nothing left");
pub const FULL_ABSENT: Row =
    ("disk full at each write, target absent", "whole or nothing; exit 2 names it; next run works");
pub const FULL_EMPTY: Row =
    ("disk full at each write, target empty", "whole or nothing; exit 2 names it; next run works");
pub const FULL_GIT: Row = (
    "disk full at each write, target has `.git` alone",
    "whole or nothing, `.git` as before; next run works",
);
pub const FULL_DISK: Row = ("a small tmpfs that is full", "refused, nothing left");
pub const KILL_ABSENT: Row =
    ("kill -9 at each system call, target absent", "whole or absent; the next run clears");
pub const KILL_EMPTY: Row =
    ("kill -9 at each system call, target empty", "whole, or rolled back by the next run");
pub const KILL_GIT: Row = (
    "kill -9 at each system call, target has `.git` alone",
    "whole, or the next run rolls back and commits another starter cleanly",
);
pub const SIGNALS_ABSENT: Row =
    ("SIGINT, SIGTERM, SIGHUP, SIGPIPE, target absent", "done, or exit 130 and nothing left");
pub const SIGNALS_EMPTY: Row =
    ("SIGINT, SIGTERM, SIGHUP, SIGPIPE, target empty", "done, or exit 130 and nothing left");
pub const READER_GONE: Row = ("whoever reads the answer is gone", "whole, exit 0");
pub const SWAP_TARGET: Row =
    ("target swapped for a link during the run", "nothing left where the link leads");
pub const SWAP_ABSENT: Row = (
    "a link put where the target was absent",
    "followed if seen at the look, else nothing left where it leads",
);
pub const SWAP_PARENT: Row = (
    "parent swapped for a link during the run",
    "nothing where the link leads, or a whole starter",
);
pub const TWO: Row = ("two runs at once", "one whole, the other exit 2");
pub const TWENTY: Row = ("twenty runs at once", "one whole, the others exit 2");
pub const DEAD_AND_ALIVE: Row = (
    "a killed run's leftovers beside a stopped run",
    "the dead cleared, the stopped one ends whole",
);
pub const NO_HOME: Row =
    ("no HOME, no git program, no identity", "whole, committed by a fallback, a note");
pub const GIT_VARIABLES: Row = (
    "GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY set",
    "whole, the same commit; where they lead nothing changes",
);
pub const GIT_CONFIG: Row = (
    "excludes, attributes, autocrlf, gpgSign, hooks, templates against us",
    "whole, the same commit, no hook",
);
pub const GIT_BROKEN: Row = ("a configuration that git cannot parse", "whole, committed");
pub const INSIDE_TREE: Row = ("inside a work tree", "whole, no nested repository, a note");
pub const INSIDE_BARE: Row = ("inside a bare repository", "whole, no nested repository, a note");
pub const OTHER_OWNER: Row =
    ("inside a repository of another owner", "whole, no nested repository, a note");
pub const OTHER_GIT: Row = ("target's `.git` belongs to another owner", "refused, untouched");
pub const CLASHES: Row = (
    "templates: paths that differ by case alone, devices, over-long paths",
    "refused, nothing written",
);
pub const TRAVERSAL: Row =
    ("templates: names that lead out, into `.git`, or to `.env`", "refused, nothing written");
pub const LINKS: Row = ("templates: links, a FIFO, a device", "refused, nothing read or written");
pub const MANY: Row =
    ("templates: 10,000 files, 1 GiB, 1,000 folders deep", "refused within bounds");
pub const LOOPS: Row = (
    "templates: endless loops, texts that double, partials in circles, deep nesting",
    "refused within bounds",
);
pub const BOMBS: Row =
    ("templates: YAML with alias bombs and deep nesting", "refused within bounds");

pub const ALL: &[Row] = &[
    ABSENT,
    EMPTY,
    HERE,
    GIT_NEW,
    GIT_OLD,
    FILES,
    PARENT,
    FULL_ABSENT,
    FULL_EMPTY,
    FULL_GIT,
    FULL_DISK,
    KILL_ABSENT,
    KILL_EMPTY,
    KILL_GIT,
    SIGNALS_ABSENT,
    SIGNALS_EMPTY,
    READER_GONE,
    SWAP_TARGET,
    SWAP_ABSENT,
    SWAP_PARENT,
    TWO,
    TWENTY,
    DEAD_AND_ALIVE,
    NO_HOME,
    GIT_VARIABLES,
    GIT_CONFIG,
    GIT_BROKEN,
    INSIDE_TREE,
    INSIDE_BARE,
    OTHER_OWNER,
    OTHER_GIT,
    CLASHES,
    TRAVERSAL,
    LINKS,
    MANY,
    LOOPS,
    BOMBS,
];

/// What stands between the two lines in the text of docs/safety.md.
pub fn on_page(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once(START)?;
    rest.split_once(END).map(|(table, _)| table)
}
