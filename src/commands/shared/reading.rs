//! The topics to read for a milestone.

use crate::contract::format::Milestone;
use crate::curriculum::model::Roadmap;
use crate::curriculum::outline::RoadmapOutline;
use crate::terminal::views::learner::next::TopicToRead;

/// The topics of `milestone` that the roadmap has and that are not `done`, in the milestone's order.
pub(in crate::commands) fn topics_to_read<C>(
    milestone: &Milestone<C>,
    roadmap: &Roadmap,
    done: &[String],
) -> Vec<TopicToRead> {
    let ids =
        RoadmapOutline::from_roadmap(roadmap).current_ids(milestone.topics.clone()).into_iter();
    let open = ids.filter(|id| !done.contains(id));
    let known = |id: String| {
        let (stage, topic) = roadmap.topics().find(|(_, topic)| topic.id == id)?;
        Some(TopicToRead { stage: stage.id.clone(), title: topic.title.clone(), id })
    };
    open.filter_map(known).collect()
}
