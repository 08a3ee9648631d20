//! `roadmap show`: all stages, one stage, one topic, or the hits of a search.

mod output;

use crate::cli::{LevelChoice, ShowArgs, ShowFormat};
use crate::commands::shared::contracts;
use crate::commands::shared::resolve;
use crate::commands::shared::session::{Session, counted_topics};
use crate::curriculum::introduce::introduced;
use crate::curriculum::model::{Roadmap, Topic};
use crate::curriculum::outline::RoadmapOutline;
use crate::curriculum::search::{search, search_resources};
use crate::curriculum::select::{Filter, Selection, select};
use crate::error::Error;
use crate::terminal::views::roadmap::overview::Marks;
use crate::terminal::views::roadmap::topic::TopicContext;
use crate::terminal::views::{map, roadmap};
use crate::terminal::{Layout, json};

pub(in crate::commands) fn run(show: &ShowArgs, session: &Session<'_>) -> Result<(), Error> {
    let format = output::format(show)?;
    if format == ShowFormat::Text && shows_everything(show) {
        let outline = session.outline()?;
        let marks = marks(show, &outline, session);
        let counted_topics = counted_topics(&outline, &marks);
        let text =
            roadmap::overview::text(&outline, &counted_topics, &marks, layout(show, session));
        return output::print_or_write(show, format, &text, session);
    }
    let roadmap = session.roadmap()?;
    let marks = marks(show, &RoadmapOutline::from_roadmap(&roadmap), session);
    let selected = filter(show, session, &roadmap)?.apply(roadmap);
    let text = match format {
        ShowFormat::Text => text(show, &selected, &marks, session)?,
        ShowFormat::Json => {
            let (part, numbers) = part(show, selected)?;
            json::text(&roadmap::json::to_json(&part, &numbers))?
        }
        ShowFormat::Markdown => {
            let (part, numbers) = part(show, selected)?;
            roadmap::markdown::text(&part, &marks, &numbers)
        }
        ShowFormat::Mermaid => {
            let (part, numbers) = part(show, selected)?;
            roadmap::mermaid::text(&part, &marks, &numbers)
        }
        ShowFormat::Html => {
            let contracts = contracts::outlines_of(&selected, &session.library()?)?;
            let (part, numbers) = part(show, selected)?;
            map::page::text(&part, &contracts, &marks, &numbers)?
        }
        ShowFormat::Svg => {
            let (part, numbers) = part(show, selected)?;
            map::road::text(&part, &marks, &numbers)
        }
    };
    output::print_or_write(show, format, &text, session)
}

/// What is done and picked; with `--plain` nothing, for a page that others get.
fn marks(show: &ShowArgs, outline: &RoadmapOutline, session: &Session<'_>) -> Marks {
    if show.plain { Marks::default() } else { session.marks(outline) }
}

/// Whether the whole roadmap is asked for, without a filter: the outline will do.
fn shows_everything(show: &ShowArgs) -> bool {
    let part = [&show.what, &show.lang, &show.framework, &show.search];
    part.into_iter().all(Option::is_none) && show.level == LevelChoice::All
}

/// A file is as wide as a terminal usually is.
fn layout(show: &ShowArgs, session: &Session<'_>) -> Layout {
    if output::file(show).is_some() { Layout::new(80) } else { session.screen.layout() }
}

/// Which topics are asked for: those of a path, down to a level.
fn filter(show: &ShowArgs, session: &Session<'_>, roadmap: &Roadmap) -> Result<Filter, Error> {
    let (language, framework) = path(show, session, roadmap)?;
    let filter = Filter::path(roadmap, language.as_deref(), framework.as_deref());
    Ok(filter.down_to(show.level.level()))
}

fn path(
    show: &ShowArgs,
    session: &Session<'_>,
    roadmap: &Roadmap,
) -> Result<(Option<String>, Option<String>), Error> {
    if show.lang.is_none() && show.framework.is_none() {
        return Ok((None, None));
    }
    let catalog = session.catalog(roadmap, &session.library()?)?;
    resolve::path(&catalog, show.lang.as_deref(), show.framework.as_deref())
}

/// The part asked for, with the numbers that its stages have in the whole.
fn part(show: &ShowArgs, mut selected: Roadmap) -> Result<(Roadmap, Vec<usize>), Error> {
    let mut numbers: Vec<usize> = (1..=selected.stages.len()).collect();
    if let Some(words) = &show.what {
        let (index, only) = match select(&selected, words)? {
            Selection::Stage(index, _) => (index, None),
            Selection::Topic(index, _, topic) => (index, Some(topic.id.clone())),
        };
        numbers = vec![index + 1];
        let mut stage = selected.stages.swap_remove(index);
        stage.topics.retain(|topic| only.as_ref().is_none_or(|id| topic.id == *id));
        selected.stages = vec![stage];
    }
    if let Some(word) = &show.search {
        let parts: Vec<String> =
            search(&selected, word).iter().map(|hit| hit.topic.id.clone()).collect();
        let resources = search_resources(&selected, word).into_iter().cloned().collect();
        selected.resources = resources;
        for stage in &mut selected.stages {
            stage.topics.retain(|topic| parts.contains(&topic.id));
        }
        let some: Vec<bool> =
            selected.stages.iter().map(|stage| !stage.topics.is_empty()).collect();
        let mut keep = some.iter();
        numbers.retain(|_| keep.next().copied().unwrap_or(false));
        selected.stages.retain(|stage| !stage.topics.is_empty());
    }
    Ok((selected, numbers))
}

fn text(
    show: &ShowArgs,
    selected: &Roadmap,
    marks: &Marks,
    session: &Session<'_>,
) -> Result<String, Error> {
    let layout = layout(show, session);
    if let Some(word) = &show.search {
        let (matching, numbers) = part(show, selected.clone())?;
        let mut hits = search(&matching, word);
        for hit in &mut hits {
            let place = matching.stages.iter().position(|stage| stage.id == hit.stage.id);
            hit.number = place.and_then(|place| numbers.get(place)).copied().unwrap_or(hit.number);
        }
        let resources: Vec<_> = matching.resources.iter().collect();
        if let Some(stage) = show.what.as_deref().filter(|_| hits.is_empty()) {
            let elsewhere = search(selected, word).len();
            return Ok(roadmap::overview::no_hits_in(stage, word, elsewhere, layout));
        }
        return Ok(roadmap::overview::hits(word, &hits, &resources, layout));
    }
    let Some(words) = &show.what else {
        let outline = RoadmapOutline::from_roadmap(selected);
        // A path that is named has left out the others already.
        let named = show.lang.is_some() || show.framework.is_some();
        let counted_topics =
            if named { Filter::default() } else { counted_topics(&outline, marks) };
        return Ok(roadmap::overview::text(&outline, &counted_topics, marks, layout));
    };
    Ok(match select(selected, words)? {
        Selection::Stage(index, stage) => roadmap::stage::text(index + 1, stage, marks, layout),
        Selection::Topic(_, stage, topic) => {
            let context = context(selected, topic, session)?;
            roadmap::topic::text(stage, topic, &context, marks, layout)
        }
    })
}

/// What a topic needs and introduces.
fn context<'a>(
    roadmap: &'a Roadmap,
    topic: &Topic,
    session: &Session<'_>,
) -> Result<TopicContext<'a>, Error> {
    let known = |id: &String| roadmap.topics().find(|(_, topic)| topic.id == *id);
    let introduced = introduced(roadmap, topic);
    let has_starter = match &introduced {
        Some(topic) => {
            let catalog = session.catalog(roadmap, &session.library()?)?;
            catalog
                .starters()
                .iter()
                .any(|starter| starter.framework == topic.id || starter.language == topic.id)
        }
        None => false,
    };
    Ok(TopicContext {
        needs: topic.needs.iter().filter_map(known).collect(),
        introduced,
        checked: roadmap.checked.as_deref().unwrap_or_default(),
        has_starter,
    })
}
