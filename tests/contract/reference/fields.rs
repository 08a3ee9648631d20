//! The fields that clients send, and the rule of each.

/// What a field's value must be. Lengths count code points.
#[derive(Clone, Copy)]
pub enum Rule {
    /// One line, trimmed.
    Line(usize, usize),
    /// The same, or null.
    LineOrNull(usize, usize),
    /// Several lines, as sent.
    Lines(usize, usize),
    /// One line of `[a-z0-9-]`, trimmed.
    Word(usize),
    Choice(&'static [&'static str]),
    Flag,
    Whole(i64, i64),
    /// A whole number in this range, or null.
    WholeOrNull(i64, i64),
    /// A day that exists, or null.
    Day,
    /// So many words of `[a-z0-9-]`, each so long.
    Tags(usize, usize),
    /// An address, so long.
    Email(usize),
    /// Kept as sent, not shown again.
    Secret(usize, usize),
}

impl Rule {
    /// Whether null is a value of the field.
    pub fn offers_null(self) -> bool {
        matches!(self, Self::Day | Self::WholeOrNull(..) | Self::LineOrNull(..))
    }
}

pub struct Field {
    pub project: &'static str,
    /// `resource.name`.
    pub path: &'static str,
    pub rule: Rule,
}

impl Field {
    pub fn name(&self) -> &'static str {
        self.path.split_once('.').map_or(self.path, |(_, name)| name)
    }
}

pub const FORMAT: &[&str] = &["text", "markdown"];
pub const STATUS: &[&str] = &["todo", "doing", "done"];
pub const ROLE: &[&str] = &["user", "admin"];
pub const PRIORITY: &[&str] = &["low", "normal", "high"];

const fn field(project: &'static str, path: &'static str, rule: Rule) -> Field {
    Field { project, path, rule }
}

pub static FIELDS: &[Field] = &[
    field("tasks", "task.title", Rule::Line(1, 200)),
    field("tasks", "task.description", Rule::Lines(0, 10_000)),
    field("tasks", "task.status", Rule::Choice(STATUS)),
    field("tasks", "task.priority", Rule::Choice(PRIORITY)),
    field("tasks", "task.due", Rule::Day),
    field("tasks", "task.estimate", Rule::WholeOrNull(1, 10_000)),
    field("tasks", "user.email", Rule::Email(254)),
    field("tasks", "user.password", Rule::Secret(12, 128)),
    field("tasks", "user.role", Rule::Choice(ROLE)),
    field("blog", "post.title", Rule::Line(1, 200)),
    field("blog", "post.body", Rule::Lines(1, 100_000)),
    field("blog", "post.tags", Rule::Tags(10, 30)),
    field("blog", "post.published", Rule::Flag),
    field("blog", "post.excerpt", Rule::LineOrNull(1, 300)),
    field("blog", "post.format", Rule::Choice(FORMAT)),
    field("blog", "comment.author", Rule::Line(1, 80)),
    field("blog", "comment.body", Rule::Lines(1, 2_000)),
    field("blog", "user.email", Rule::Email(254)),
    field("blog", "user.password", Rule::Secret(12, 128)),
    field("shop", "user.email", Rule::Email(254)),
    field("shop", "user.password", Rule::Secret(12, 128)),
    field("shop", "product.sku", Rule::Line(1, 40)),
    field("shop", "product.name", Rule::Line(1, 200)),
    field("shop", "product.description", Rule::Lines(0, 10_000)),
    field("shop", "product.category", Rule::Line(1, 60)),
    field("shop", "product.price_cents", Rule::Whole(1, 100_000_000)),
    field("shop", "product.stock", Rule::Whole(0, 1_000_000)),
    field("shop", "item.quantity", Rule::Whole(0, 99)),
    field("shop", "order.email", Rule::Email(254)),
    field("shop", "order.name", Rule::Line(1, 120)),
    field("shop", "order.address", Rule::Lines(1, 500)),
    field("chat", "room.name", Rule::Word(40)),
    field("chat", "room.topic", Rule::Line(0, 200)),
    field("chat", "message.text", Rule::Lines(1, 2_000)),
    field("chat", "member.name", Rule::Line(1, 40)),
    field("chat", "room.private", Rule::Flag),
    field("chat", "user.name", Rule::Line(1, 40)),
    field("chat", "user.password", Rule::Secret(12, 128)),
];

/// The field of this path.
pub fn get(path: &str) -> &'static Field {
    FIELDS.iter().find(|field| field.path == path).expect("a field of the table")
}

const WHOLE_TEXT: &[(&str, &str)] = &[
    ("long", "longer than allowed is stored"),
    ("longest-refused", "the greatest length allowed is refused"),
    ("nul", "NUL is stored"),
    ("surrogate", "a lone surrogate is stored, as another character"),
    ("units", "its length is counted in UTF-16 units"),
    ("bytes", "its length is counted in bytes"),
    ("mangled", "characters beyond ASCII are lost"),
];
const ALL: &[(&str, &str)] = &[
    ("type", "a value of another type is taken over"),
    ("null", "null is taken for absent, or for empty"),
    ("unnamed", "its errors do not name it"),
];

/// What can be wrong with the checks of a rule: names and sentences.
pub fn kinds(rule: Rule) -> Vec<(&'static str, &'static str)> {
    let own: &[(&str, &str)] = match rule {
        Rule::LineOrNull(..) => &[
            ("short", "empty or blank is stored"),
            ("untrimmed", "it is stored with the white space at its ends"),
            ("lines", "a line break or another control character inside it is stored"),
            ("null-refused", "null is refused"),
        ],
        Rule::Line(0, _) => &[
            ("untrimmed", "it is stored with the white space at its ends"),
            ("lines", "a line break or another control character inside it is stored"),
        ],
        Rule::Line(..) => &[
            ("missing", "it may be left out"),
            ("short", "empty or blank is stored"),
            ("untrimmed", "it is stored with the white space at its ends"),
            ("lines", "a line break or another control character inside it is stored"),
        ],
        Rule::Lines(0, _) => &[
            ("trimmed", "white space at its ends is lost"),
            ("joined", "its line breaks are lost"),
        ],
        Rule::Lines(..) => &[
            ("missing", "it may be left out"),
            ("short", "empty is stored"),
            ("blank", "white space alone is stored"),
            ("trimmed", "white space at its ends is lost"),
            ("joined", "its line breaks are lost"),
        ],
        Rule::Word(_) => &[
            ("missing", "it may be left out"),
            ("short", "empty is stored"),
            ("long", "longer than allowed is stored"),
            ("longest-refused", "the greatest length allowed is refused"),
            ("pattern", "any characters are stored"),
            ("untrimmed", "it is not trimmed before its pattern is applied"),
            ("nul", "NUL is stored"),
            ("surrogate", "a lone surrogate is stored, as another character"),
        ],
        Rule::Choice(_) => &[
            ("any", "any word is stored"),
            ("case", "another case is stored"),
            ("last-refused", "the last of its words is refused"),
        ],
        Rule::Flag => &[],
        Rule::Whole(..) => &[
            ("missing", "it may be left out"),
            ("above", "more than the greatest value is taken"),
            ("below", "less than the least value is taken"),
            ("greatest-refused", "the greatest value allowed is refused"),
            ("fraction", "a fraction is rounded"),
        ],
        Rule::WholeOrNull(..) => &[
            ("above", "more than the greatest value is taken"),
            ("below", "less than the least value is taken"),
            ("greatest-refused", "the greatest value allowed is refused"),
            ("fraction", "a fraction is rounded"),
            ("null-refused", "null is refused"),
        ],
        Rule::Day => &[
            ("form", "any text is stored"),
            ("exists", "a day that does not exist is stored"),
            ("time", "a day with a time is stored"),
            ("leap-refused", "the 29th of February is refused"),
            ("null-refused", "null is refused"),
        ],
        Rule::Tags(..) => &[
            ("many", "more than allowed are stored"),
            ("most-refused", "as many as allowed are refused"),
            ("long", "a longer one than allowed is stored"),
            ("pattern", "any characters are stored"),
            ("empty", "an empty one is stored"),
            ("item-type", "one that is no text is stored as text"),
            ("nul", "NUL is stored"),
            ("surrogate", "a lone surrogate is stored, as another character"),
        ],
        Rule::Email(_) => &[
            ("missing", "it may be left out"),
            ("long", "longer than allowed is stored"),
            ("at", "one without @ is stored"),
            ("two-ats", "one with two @ is stored"),
            ("before", "one with nothing before the @ is stored"),
            ("dot", "one without a dot after the @ is stored"),
            ("after", "one whose name after the @ has an empty part is stored"),
            ("plus-refused", "one with + before the @ is refused"),
            ("longest-refused", "the greatest length allowed is refused"),
            ("untrimmed", "it is stored with the white space at its ends"),
            ("nul", "NUL is stored"),
            ("surrogate", "a lone surrogate is stored, as another character"),
        ],
        Rule::Secret(..) => &[
            ("missing", "it may be left out"),
            ("short", "shorter than allowed is taken"),
            ("blank-refused", "white space alone is refused"),
            ("long", "longer than allowed is taken"),
            ("longest-refused", "the greatest length allowed is refused"),
            ("units", "its length is counted in UTF-16 units"),
            ("bytes", "its length is counted in bytes"),
            ("nul", "NUL is taken"),
        ],
    };
    let whole = matches!(rule, Rule::Line(..) | Rule::LineOrNull(..) | Rule::Lines(..));
    let whole = if whole { WHOLE_TEXT } else { &[] };
    let all = ALL.iter().filter(|(kind, _)| !rule.offers_null() || *kind != "null");
    own.iter().chain(whole).chain(all).copied().collect()
}
