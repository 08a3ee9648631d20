//! Times as RFC 3339 and HTTP write them, as far as matchers compare them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A point in time: seconds since 1970 and nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u32,
}

/// A time in UTC with `T`, `Z` and at least milliseconds, as every contract requires it.
#[must_use]
pub fn is_exact(text: &str) -> bool {
    let fraction = text.strip_suffix('Z').and_then(|text| text.split_once('.'));
    let marked = text.as_bytes().get(10) == Some(&b'T');
    marked && timestamp(text).is_some() && fraction.is_some_and(|(_, digits)| digits.len() >= 3)
}

/// The time that `text` names, with any offset from UTC.
#[must_use]
pub fn timestamp(text: &str) -> Option<Timestamp> {
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|c| c.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let is_sign =
        |at: usize, allowed: &[u8]| allowed.contains(text.as_bytes().get(at).unwrap_or(&0));
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let signs = is_sign(4, b"-")
        && is_sign(7, b"-")
        && is_sign(10, b"Tt ")
        && is_sign(13, b":")
        && is_sign(16, b":");
    let ranges = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !signs || !ranges {
        return None;
    }
    let mut rest = text.get(19..)?;
    let mut nanoseconds = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let known = fraction.get(..digits.min(9))?;
        nanoseconds = format!("{known:0<9}").parse().ok()?;
        rest = &fraction[digits..];
        if digits == 0 {
            return None;
        }
    }
    let seconds = days_since_epoch(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(Timestamp { seconds: seconds - offset(rest)?, nanoseconds })
}

/// How far the time in `text` is from now, before it or after it.
#[must_use]
pub fn distance_from_now(text: &str) -> Option<Duration> {
    let seconds = timestamp(text)?.seconds;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Duration::from_secs(i64::try_from(now).ok()?.abs_diff(seconds)))
}

/// Whether `text`, in RFC 3339 with any offset or as a date of HTTP, is the time `other` but for a part of a second.
#[must_use]
pub fn is_same_second(text: &str, other: &str) -> bool {
    let of_http = || {
        let time = httpdate::parse_http_date(text).ok()?;
        let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
        Some(Timestamp { seconds: i64::try_from(seconds).ok()?, nanoseconds: 0 })
    };
    let both = timestamp(text).or_else(of_http).zip(timestamp(other));
    both.is_some_and(|(time, other)| time.nanoseconds_from(other) < 1_000_000_000)
}

impl Timestamp {
    /// How far it is from another time, before it or after it.
    fn nanoseconds_from(self, other: Self) -> u128 {
        let whole =
            |time: Self| i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanoseconds);
        whole(self).abs_diff(whole(other))
    }
}

/// Seconds east of UTC: of `Z` or `+02:00`.
fn offset(text: &str) -> Option<i64> {
    if text == "Z" || text == "z" {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let both = hours.len() == 2 && minutes.len() == 2;
    let digits = hours.bytes().chain(minutes.bytes()).all(|c| c.is_ascii_digit());
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let ahead = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    (both && digits && hours < 24 && minutes < 60).then_some(ahead * (hours * 60 + minutes) * 60)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    let months: i64 = (1..month).map(|earlier| days_in_month(year, earlier)).sum();
    years + months + day - 1 - 719_162
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_exact_with_z_and_milliseconds() {
        for good in ["2026-11-22T22:11:15.000Z", "2024-02-29T00:00:00.123456Z"] {
            assert!(is_exact(good), "{good}");
        }
        for bad in [
            "2026-11-22T22:11:15Z",
            "2026-11-22T22:11:15.12Z",
            "2026-11-22T22:11:15.000+00:00",
            "2026-11-22 22:11:15.000Z",
            "2026-11-22t22:11:15.000Z",
            "2025-02-29T00:00:00.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-11-22",
            "ä026-11-22T22:11:15.000Z",
            "",
        ] {
            assert!(!is_exact(bad), "{bad}");
        }
    }

    #[test]
    fn the_distance_from_now_is_described() {
        assert!(
            distance_from_now("1970-01-01T00:00:00Z").is_some_and(|away| away.as_secs() > 1 << 30)
        );
        assert!(
            distance_from_now("2970-01-01T00:00:00Z").is_some_and(|away| away.as_secs() > 1 << 30)
        );
        assert_eq!(distance_from_now("today"), None);
    }

    #[test]
    fn a_time_is_the_same_in_other_forms_and_without_its_fraction() {
        let time = "2026-11-22T22:11:15.700Z";
        for same in [
            time,
            "2026-11-22T22:11:15Z",
            "2026-11-22T22:11:16Z",
            "2026-11-23T00:11:15.7+02:00",
            "Sun, 22 Nov 2026 22:11:15 GMT",
        ] {
            assert!(is_same_second(same, time), "{same}");
        }
        for other in ["2026-11-22T22:11:14Z", "Sun, 22 Nov 2026 22:11:17 GMT", "2026-11-22", ""] {
            assert!(!is_same_second(other, time), "{other}");
        }
    }

    #[test]
    fn times_are_compared_across_offsets() {
        let at = |text| timestamp(text).expect("a time");
        assert_eq!(at("1970-01-02T00:00:00Z").seconds, 86_400);
        assert_eq!(at("2000-03-01T00:00:00Z").seconds, 951_868_800);
        assert_eq!(at("2026-11-22T22:00:00.5+02:00"), at("2026-11-22T20:00:00.500Z"));
        assert!(at("2026-11-22T22:00:00.0001Z") > at("2026-11-22T22:00:00Z"));
    }
}
