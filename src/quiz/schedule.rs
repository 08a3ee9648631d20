//! How many weeks the essential topics of a path take.

use crate::curriculum::model::{Level, Roadmap, Topic};
use crate::curriculum::select::Filter;

/// How fast somebody goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub hours_a_week: u16,
    /// How many times the hours of the language's topics are taken.
    pub language_factor: u16,
}

/// The stages with their weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Of all essential topics that are not known.
    pub hours: u32,
    /// Rounded up; at least 1.
    pub weeks: u32,
    pub stages: Vec<StageWeeks>,
}

/// One stage in the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageWeeks {
    /// The stage's id.
    pub stage: String,
    pub title: String,
    pub hours: u32,
    /// Counted from 1.
    pub first_week: u32,
    pub last_week: u32,
}

/// Spreads the essential topics of a path that are not `known` over weeks, in the order of the
/// stages. Stages without such topics are left out.
#[must_use]
pub fn schedule(
    roadmap: &Roadmap,
    language: &str,
    framework: &str,
    pace: Pace,
    known: &[String],
) -> Schedule {
    let filter = Filter::path(roadmap, Some(language), Some(framework)).down_to(Level::Essential);
    let week = u32::from(pace.hours_a_week.max(1));
    let mut before = 0;
    let mut stages = Vec::new();
    for stage in &roadmap.stages {
        let topics = stage.topics.iter();
        let topics = topics.filter(|topic| filter.includes(topic) && !known.contains(&topic.id));
        let factor =
            |topic: &Topic| if topic.languages.is_empty() { 1 } else { pace.language_factor };
        let hours: u32 =
            topics.map(|topic| u32::from(topic.hours) * u32::from(factor(topic))).sum();
        if hours == 0 {
            continue;
        }
        stages.push(StageWeeks {
            stage: stage.id.clone(),
            title: stage.title.clone(),
            hours,
            first_week: before / week + 1,
            last_week: (before + hours - 1) / week + 1,
        });
        before += hours;
    }
    Schedule { hours: before, weeks: before.div_ceil(week).max(1), stages }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheduled(framework: (&str, &str), hours_a_week: u16) -> Schedule {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let pace = Pace { hours_a_week, language_factor: 1 };
        schedule(&roadmap, framework.0, framework.1, pace, &[])
    }

    fn weeks(schedule: &Schedule) -> Vec<(&str, u32, (u32, u32))> {
        schedule
            .stages
            .iter()
            .map(|stage| (stage.stage.as_str(), stage.hours, (stage.first_week, stage.last_week)))
            .collect()
    }

    #[test]
    fn only_the_essential_topics_of_the_path_take_time() {
        let rocket = scheduled(("rust", "rocket"), 10);
        let expected = [("basics", 4, (1, 1)), ("data", 10, (1, 2)), ("database-care", 2, (2, 2))];
        assert_eq!(weeks(&rocket), expected);
        assert_eq!((rocket.hours, rocket.weeks), (16, 2));
        let axum = scheduled(("rust", "axum"), 10);
        assert_eq!(weeks(&axum), expected[..2]);
        assert_eq!((axum.hours, axum.weeks), (14, 2));
    }

    #[test]
    fn a_week_that_is_just_full_is_no_week_more() {
        assert_eq!(scheduled(("rust", "axum"), 14).weeks, 1);
        assert_eq!(scheduled(("rust", "axum"), 13).weeks, 2);
        assert_eq!(
            weeks(&scheduled(("rust", "axum"), 4)),
            [("basics", 4, (1, 1)), ("data", 10, (2, 4))]
        );
    }

    #[test]
    fn a_first_language_takes_its_hours_several_times() {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let text = text.replacen(
            "level: recommended\n        hours: 2",
            "level: essential\n        hours: 2",
            1,
        );
        let roadmap = crate::curriculum::parse("small.yaml", &text).expect("sound");
        let hours = |language_factor| {
            let pace = Pace { hours_a_week: 10, language_factor };
            schedule(&roadmap, "rust", "axum", pace, &[]).hours
        };
        assert_eq!((hours(1), hours(3)), (16, 20));
    }

    #[test]
    fn what_is_known_takes_no_time() {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let known = ["http".to_owned()];
        let pace = Pace { hours_a_week: 10, language_factor: 1 };
        let ahead = schedule(&roadmap, "rust", "axum", pace, &known);
        assert_eq!(weeks(&ahead), [("data", 10, (1, 1))]);
    }

    #[test]
    fn zero_hours_a_week_count_as_a_single_hour() {
        assert_eq!(scheduled(("rust", "axum"), 0).weeks, 14);
    }
}
