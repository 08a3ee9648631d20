//! Times and days, as texts.

use super::faults::fault;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

static LAST: AtomicI64 = AtomicI64::new(0);

/// Microseconds since 1970, later at each call.
pub fn micros() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let before = LAST.fetch_max(now, Ordering::SeqCst);
    if now > before { now } else { LAST.fetch_add(1, Ordering::SeqCst) + 1 }
}

/// Now, as RFC 3339 in UTC.
pub fn now() -> String {
    let ahead = if fault("clock-ahead") { 2 * 3_600_000_000 } else { 0 };
    let micros = micros() + ahead;
    if fault("times-coarse") {
        return text(micros - micros % 86_400_000_000);
    }
    text(micros)
}

pub fn text(micros: i64) -> String {
    let (seconds, rest) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:06}Z")
}

/// The date of a day counted from 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let (mut year, mut left) = (1970, days);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    while left >= days_of(year, month) {
        left -= days_of(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether the day exists; nothing if the text has not the form `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<bool> {
    let form = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !form || text.len() != 10 {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    Some(year > 0 && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day))
}
