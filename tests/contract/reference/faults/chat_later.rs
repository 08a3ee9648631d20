//! Faults against the last of the learner's milestones of chat.

use super::Row;

/// The faults of a project's milestone.
pub fn of(project: &str, milestone: &str) -> &'static [Row] {
    match (project, milestone) {
        ("chat", "limits") => LIMITS,
        ("chat", "receipts") => RECEIPTS,
        _ => &[],
    }
}

const LIMITS: &[Row] = &[
    ("flood-unlimited", "takes any number of messages"),
    ("flood-limit-early", "refuses the last message of the burst"),
    ("flood-limit-late", "takes a message more than the burst"),
    ("burst-of-ten", "takes ten messages in a row where nothing is set"),
    ("burst-ignored", "ignores MESSAGE_BURST"),
    ("flood-stored", "stores what it refuses"),
    ("flood-without-error", "refuses without a word"),
    ("flood-without-retry-after", "does not say when to send again"),
    ("flood-retry-after-zero", "says to send again at once"),
    ("flood-error-to-all", "sends the refusal to the whole room"),
    ("flood-for-ever", "gives nothing back with time"),
    ("allowance-without-end", "adds up what was not used, without an end"),
    ("flood-count-of-room", "counts the messages of a room together"),
    ("flood-count-of-name", "counts a name in all rooms together"),
    ("garbage-uncounted", "counts sound messages alone"),
    ("flood-never-ends", "never ends the connection of a flood"),
    ("flood-ends-at-once", "ends the connection at the first refusal"),
    ("flood-close-code", "ends a flood with 1000"),
    ("refusals-add-up", "counts refusals that are not in a row"),
    ("flood-forgotten", "forgets the count of who leaves"),
    ("flood-slows-all", "lets everybody wait for each refusal"),
];

const RECEIPTS: &[Row] = &[
    ("reads-not-sent", "tells nobody what was read"),
    ("reads-sent-twice", "tells twice what was read"),
    ("reads-leak", "tells all rooms what was read"),
    ("read-not-to-reader", "tells all but the reader what was read"),
    ("read-without-name", "does not say who has read"),
    ("read-goes-back", "lets receipts move back"),
    ("read-again-sent", "tells what is known already again"),
    ("read-back-refused", "answers with an error to what is read already"),
    ("read-as-text-taken", "takes a text for an id"),
    ("read-of-other-rooms-taken", "takes receipts for messages of other rooms"),
    ("read-of-nothing-taken", "takes receipts for messages that do not exist"),
    ("receipts-shared", "has one receipt for all members of a room"),
    ("receipts-not-stored", "tells what was read, and stores nothing"),
    ("receipts-forgotten", "forgets all receipts at a restart"),
    ("receipts-go-with-reader", "forgets the receipt of who leaves"),
    ("receipts-of-all-rooms", "lists the receipts of all rooms"),
    ("receipts-without-time", "lists receipts without a time"),
    ("receipts-in-any-order", "lists receipts as they came"),
];
