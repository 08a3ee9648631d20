//! A day of the calendar, as ISO 8601 writes it.

use chrono::NaiveDate;
use serde::Serialize;

/// `2026-11-22`. A text in the database too, where its order is the order of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Day(String);

impl Day {
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text.parse::<NaiveDate>() {
            // chrono reads `2026-1-5` and `+12026-01-05` too, and then the order would be wrong.
            Ok(day) if text.len() == 10 && day.to_string() == text => Ok(Self(text.to_owned())),
            _ => Err("must be a day that exists, as YYYY-MM-DD".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_on_the_calendar_and_written_in_full() {
        assert_eq!(Day::parse(" 2028-02-29 "), Ok(Day("2028-02-29".to_owned())));
        for text in ["", "2027-02-29", "2026-1-5", "2026-13-01", "+12026-01-01", "20260101"] {
            assert!(Day::parse(text).is_err(), "{text}");
        }
        assert!(Day::parse("2026-01-01T00:00:00Z").is_err());
    }
}
