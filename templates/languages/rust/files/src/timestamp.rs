//! A moment in UTC, stored and sent always in the same form.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// Microseconds since 1970. An integer in the database, where its order is the order of time;
/// RFC 3339 in JSON: `2026-11-22T18:30:00.123456Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    pub fn now() -> Self {
        Self(Utc::now().timestamp_micros())
    }

    /// Now, or just after `earlier` where the clock has not moved on since (or was set back).
    pub fn after(earlier: Self) -> Self {
        Self(Self::now().0.max(earlier.0 + 1))
    }

    /// The day as people write it: `22 November 2026`.
    pub fn day(self) -> String {
        self.to_utc().format("%-d %B %Y").to_string()
    }

    fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_utc().to_rfc3339_opts(SecondsFormat::Micros, true);
        formatter.write_str(&text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_full_even_on_the_second() {
        assert_eq!(Timestamp(0).to_string(), "1970-01-01T00:00:00.000000Z");
        assert_eq!(Timestamp(0).day(), "1 January 1970");
    }

    #[test]
    fn after_is_later_even_when_the_clock_is_behind() {
        let tomorrow = Timestamp(Timestamp::now().0 + 86_400_000_000);
        assert!(Timestamp::after(tomorrow) > tomorrow);
    }
}
