//! `roadmap done` and `roadmap undo`: marks topics, and takes marks back.

use crate::cli::{Format, MarkedArgs};
use crate::commands::shared::session::{Session, path_filter};
use crate::curriculum::model::{Roadmap, Topic};
use crate::curriculum::outline::RoadmapOutline;
use crate::curriculum::select::topics_named;
use crate::error::Error;
use crate::progress::Store;
use crate::terminal::json;
use crate::terminal::views::learner::marked::{MarkOutput, Marked, text};

/// What is done with the topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Change {
    Mark,
    Unmark,
}

pub(in crate::commands) fn run(
    args: &MarkedArgs,
    change: Change,
    session: &Session<'_>,
) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    // Every word is known before anything changes.
    let topics = topics(args, change, &roadmap)?;
    let outline = RoadmapOutline::from_roadmap(&roadmap);
    let mut before = Vec::new();
    session.change(|document| {
        before = outline.current_ids(document.done(&roadmap.id));
        match change {
            Change::Mark => {
                let open = topics.iter().filter(|topic| !before.contains(&topic.id));
                document.mark(&roadmap.id, open.map(|topic| topic.id.as_str()));
            }
            Change::Unmark => {
                let ids = topics.iter().flat_map(|topic| {
                    topic.aliases.iter().map(String::as_str).chain([topic.id.as_str()])
                });
                document.unmark(&roadmap.id, &ids.collect::<Vec<_>>());
            }
        }
    })?;
    let outcome = outcome(&roadmap, &topics, change, &before);
    let output = match args.format {
        Format::Json => json::text(&outcome)?,
        Format::Text => text(&outcome, session.screen.layout()),
    };
    session.screen.print(&output)
}

/// The topics that the words name, each once. A stage stands for its topics: what is marked,
/// for those of the picked path.
fn topics<'a>(
    args: &MarkedArgs,
    change: Change,
    roadmap: &'a Roadmap,
) -> Result<Vec<&'a Topic>, Error> {
    // Not the session's: a state that cannot be changed is an error here, not a note.
    let state = Store::open()?.read_valid()?.unwrap_or_default();
    let pick = state.pick(&roadmap.id).filter(|_| change == Change::Mark);
    let filter = path_filter(roadmap, pick.as_ref());
    let mut topics: Vec<&Topic> = Vec::new();
    for word in &args.ids {
        let named = topics_named(roadmap, word)?;
        let alone = named.len() == 1;
        for topic in named {
            let is_included = alone || filter.includes(topic);
            if is_included && !topics.iter().any(|earlier| earlier.id == topic.id) {
                topics.push(topic);
            }
        }
    }
    Ok(topics)
}

fn outcome(roadmap: &Roadmap, topics: &[&Topic], change: Change, before: &[String]) -> MarkOutput {
    let find_topic = |id: &str| roadmap.topics().find(|(_, topic)| topic.id == id);
    let marked = topics.iter().map(|topic| Marked {
        id: topic.id.clone(),
        stage: find_topic(&topic.id).map(|(stage, _)| stage.id.clone()).unwrap_or_default(),
        title: topic.title.clone(),
        changed: before.contains(&topic.id) == (change == Change::Unmark),
    });
    let marked: Vec<Marked> = marked.collect();
    let touched = |id: &String| topics.iter().any(|topic| topic.id == *id);
    let is_done =
        |id: &String| if touched(id) { change == Change::Mark } else { before.contains(id) };
    let done = roadmap.topics().map(|(_, topic)| &topic.id).filter(|id| is_done(id));
    MarkOutput { marked, done: done.cloned().collect(), is_done: change == Change::Mark }
}
