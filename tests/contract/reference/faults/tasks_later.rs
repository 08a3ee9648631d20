//! Faults against the last of the learner's milestones of tasks.

use super::Row;

/// The faults of a project's milestone.
pub fn of(project: &str, milestone: &str) -> &'static [Row] {
    match (project, milestone) {
        ("tasks", "live") => LIVE,
        _ => &[],
    }
}

const LIVE: &[Row] = &[
    ("stream-as-text", "sends events as plain text"),
    ("stream-cacheable", "says nothing to caches of a stream"),
    ("head-with-first-event", "sends the headers of a stream with its first event"),
    ("event-unsent:created", "sends no event for a new task"),
    ("event-unsent:changed", "sends no event for a change"),
    ("event-unsent:deleted", "sends no event for a deletion"),
    ("event-stored-twice", "sends each event twice"),
    ("event-without-name", "sends events without a name"),
    ("event-without-id", "sends events without an id"),
    ("changed-says-id", "sends the id of a changed task alone"),
    ("changed-says-old", "sends a changed task as it was before"),
    ("deleted-says-nothing", "does not say which task was deleted"),
    ("refused-change-sent", "sends an event for a change that it refuses"),
    ("data-in-lines", "breaks the data of an event where a text has a line break"),
    ("history-first", "sends all old events to who asks for none"),
    ("newest-stream-alone", "sends events to the newest stream alone"),
    ("few-streams", "serves 40 streams at once, and no more"),
    ("ids-of-the-stream", "counts the events of each stream by themselves"),
    ("last-event-id-ignored", "ignores Last-Event-ID"),
    ("resumed-with-last", "sends the last event that was seen, too"),
    ("missed-newest-first", "sends missed events newest first"),
    ("missed-as-now", "sends missed events with the tasks as they are now"),
    ("events-of-deleted-removed", "forgets the events of a task that is deleted"),
    ("seam-lost", "loses what happens while it sends missed events"),
    ("seam-doubled", "sends what happens while it reads missed events twice"),
    ("live-before-missed", "sends what happens while it reads missed events before them"),
    ("unknown-id-waited-for", "takes an id of the future for one that was seen"),
    ("unknown-id-400", "answers 400 to an id that it does not know"),
    ("reset-unsent", "begins a stream that cannot be resumed without a word"),
    ("reset-without-id", "sends `reset` without an id"),
    ("kept-ignored", "ignores EVENTS_KEPT"),
    ("kept-early", "sends `reset` for as many events as EVENTS_KEPT says"),
    ("events-forgotten", "forgets all events at a restart"),
    ("private-sent:created", "sends private tasks that are new to everybody"),
    ("private-sent:deleted", "sends the deletion of private tasks to everybody"),
    ("stream-outlives-token", "goes on with the stream of a token that has ended"),
    ("streams-hold-the-stop", "waits at its stop until all streams have ended"),
];
