//! The schema: types, their fields, and the arguments of these.

/// Name, arguments with their types, and type.
pub type Field = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const QUERY: &[Field] = &[
    ("task", &[("id", "ID!")], "Task"),
    (
        "tasks",
        &[
            ("status", "Status"),
            ("priority", "Priority"),
            ("q", "String"),
            ("page", "Int"),
            ("perPage", "Int"),
        ],
        "TaskPage",
    ),
    ("__schema", &[], "__Schema!"),
];
const MUTATION: &[Field] = &[
    ("createTask", &[("input", "NewTask!")], "Task"),
    ("updateTask", &[("id", "ID!"), ("input", "TaskChange!")], "Task"),
    ("deleteTask", &[("id", "ID!")], "ID"),
];
const PAGE: &[Field] = &[
    ("items", &[], "[Task!]!"),
    ("page", &[], "Int!"),
    ("perPage", &[], "Int!"),
    ("total", &[], "Int!"),
];
const TASK: &[Field] = &[
    ("id", &[], "ID!"),
    ("title", &[], "String!"),
    ("description", &[], "String!"),
    ("status", &[], "Status!"),
    ("priority", &[], "Priority!"),
    ("due", &[], "String"),
    ("createdAt", &[], "String!"),
    ("updatedAt", &[], "String!"),
    ("sameDay", &[], "[Task!]!"),
];
const SCHEMA: &[Field] =
    &[("queryType", &[], "__Type!"), ("mutationType", &[], "__Type"), ("types", &[], "[__Type!]!")];
const TYPE: &[Field] = &[("name", &[], "String"), ("fields", &[], "[__Field!]")];
const FIELD: &[Field] = &[("name", &[], "String!")];

/// Types with fields to select.
pub const OBJECTS: &[(&str, &[Field])] = &[
    ("Query", QUERY),
    ("Mutation", MUTATION),
    ("Task", TASK),
    ("TaskPage", PAGE),
    ("__Schema", SCHEMA),
    ("__Type", TYPE),
    ("__Field", FIELD),
];

pub const ENUMS: &[(&str, &[&str])] =
    &[("Status", &["TODO", "DOING", "DONE"]), ("Priority", &["LOW", "NORMAL", "HIGH"])];

/// Objects as arguments.
pub const INPUTS: &[(&str, &[(&str, &str)])] = &[
    (
        "NewTask",
        &[
            ("title", "String!"),
            ("description", "String"),
            ("status", "Status"),
            ("priority", "Priority"),
            ("due", "String"),
        ],
    ),
    (
        "TaskChange",
        &[
            ("title", "String"),
            ("description", "String"),
            ("status", "Status"),
            ("priority", "Priority"),
            ("due", "String"),
        ],
    ),
];

/// The type without its lists and exclamation marks.
pub fn named(kind: &str) -> &str {
    kind.trim_matches(['[', ']', '!'])
}

/// The fields of an object; nothing for other types.
pub fn fields(kind: &str) -> Option<&'static [Field]> {
    OBJECTS.iter().find(|(name, _)| *name == named(kind)).map(|(_, fields)| *fields)
}
