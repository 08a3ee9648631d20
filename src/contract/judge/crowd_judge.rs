//! Whether all of a crowd received each message once, and all in one order.

use crate::contract::client::{CrowdReport, MessagePair, Received};
use crate::contract::value::Difference;

/// How many differences a person reads; more of the same kind say nothing new.
const MAX_DIFFERENCES: usize = 10;

/// The differences, the first few.
#[must_use]
pub fn judge_crowd(report: &CrowdReport) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Vec::new();
    for (received, client) in report.received.iter().zip(1..) {
        differences.extend(client_differences(report, received, client));
    }
    differences.extend(order_difference(report));
    if let Some(MessagePair { pointer, first, second }) = report.duplicates.first() {
        let more = report.duplicates.len() - 1;
        let more = if more == 0 { String::new() } else { format!(", and {more} more such pairs") };
        differences.push(Difference::new(
            format!("messages at {pointer}"),
            "no two have the same value",
            format!("{} and {} have{more}", name(report, *first), name(report, *second)),
        ));
    }
    let over = differences.len().saturating_sub(MAX_DIFFERENCES);
    if over > 0 {
        differences.truncate(MAX_DIFFERENCES);
        if let Some(last) = differences.last_mut() {
            last.actual.push_str(&format!(" (and {over} differences more)"));
        }
    }
    differences
}

/// The differences of a single client.
fn client_differences(report: &CrowdReport, received: &Received, client: u32) -> Vec<Difference> {
    let all = report.sent.len();
    let mut count = vec![0_u32; all];
    for number in &received.order {
        count[*number as usize] += 1;
    }
    let mut differences = Vec::new();
    let mut differ = |expected: &str, actual: String| {
        differences.push(Difference::new(format!("client {client}"), expected, actual));
    };
    if let Some(end) = &received.end {
        differ("the connection stays open", end.clone());
    }
    if let Some(why) = &received.unsent {
        differ("the server takes every message", why.clone());
    }
    let lacks: Vec<usize> = (0..all).filter(|number| count[*number] == 0).collect();
    if let Some(first) = lacks.first() {
        let (lacks, seconds) = (lacks.len(), report.duration.as_secs_f32());
        let first = name_at(report, *first);
        let actual = format!("lacks {lacks} after {seconds:.1} s, the first is {first}");
        differ(&format!("gets each of {all} messages"), actual);
    }
    let doubled: Vec<usize> = (0..all).filter(|number| count[*number] > 1).collect();
    if let Some(first) = doubled.first() {
        let often = match count[*first] {
            2 => "twice".to_owned(),
            often => format!("{often} times"),
        };
        let first = name_at(report, *first);
        let more = match doubled.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} others more than once"),
        };
        differ("gets each message once", format!("got {first} {often}{more}"));
    }
    if let Some(first_unexpected) = &received.first_unexpected {
        let actual =
            format!("got {} others, the first is `{first_unexpected}`", received.unexpected);
        differ("gets the messages that were sent", actual);
    }
    if let Some(MessagePair { pointer, first, second }) = &received.not_ascending {
        let (earlier, later) = (name(report, *first), name(report, *second));
        let actual = format!("got {later} after {earlier}, whose {pointer} is not smaller");
        differ(&format!("gets the messages in the order of {pointer}"), actual);
    }
    if let Some((earlier, later)) = out_of_order(report, received) {
        let (earlier, later) = (name(report, earlier), name(report, later));
        differ("gets each sender's messages in its order", format!("got {later} before {earlier}"));
    }
    differences
}

/// Two messages of one sender that came the wrong way round: the one sent earlier, and the later.
fn out_of_order(report: &CrowdReport, received: &Received) -> Option<(u32, u32)> {
    let each = report.messages.max(1);
    let mut highest: Vec<Option<u32>> = vec![None; report.received.len()];
    for number in without_repetitions(report, received) {
        let highest = &mut highest[(number / each) as usize];
        if let Some(later) = highest.filter(|later| *later > number) {
            return Some((number, later));
        }
        *highest = Some(number);
    }
    None
}

/// The first client that received the messages in another order than the first, and how many more.
fn order_difference(report: &CrowdReport) -> Option<Difference> {
    let (first, rest) = report.received.split_first()?;
    let first = without_repetitions(report, first);
    let divergence = |received: &Received| {
        let other = without_repetitions(report, received);
        let (ours, theirs) = (in_common(report, &first, &other), in_common(report, &other, &first));
        ours.iter()
            .zip(&theirs)
            .position(|(ours_value, theirs_value)| ours_value != theirs_value)
            .map(|at| {
                let names = (name(report, ours[at]), name(report, theirs[at]));
                (at + 1, names)
            })
    };
    let mut divergences = rest.iter().zip(2_u32..).filter_map(|(received, client)| {
        divergence(received).map(|(at, names)| (client, at, names))
    });
    let (client, at, (ours, theirs)) = divergences.next()?;
    let more = match divergences.count() {
        0 => String::new(),
        more => format!("; {more} more clients disagree with client 1"),
    };
    Some(Difference::new(
        format!("clients 1 and {client}"),
        "get the messages in the same order",
        format!("disagree from message {at} on: {ours} here, {theirs} there{more}"),
    ))
}

/// The order of messages without repetitions.
fn without_repetitions(report: &CrowdReport, received: &Received) -> Vec<u32> {
    let mut had = vec![false; report.sent.len()];
    let new = |number: &&u32| !std::mem::replace(&mut had[**number as usize], true);
    received.order.iter().filter(new).copied().collect()
}

/// The numbers of `order` that are in `other` too.
fn in_common(report: &CrowdReport, order: &[u32], other: &[u32]) -> Vec<u32> {
    let mut has = vec![false; report.sent.len()];
    other.iter().for_each(|number| has[*number as usize] = true);
    order.iter().copied().filter(|number| has[*number as usize]).collect()
}

fn name(report: &CrowdReport, number: u32) -> String {
    name_at(report, number as usize)
}

fn name_at(report: &CrowdReport, number: usize) -> String {
    match &report.sent[number] {
        serde_json::Value::String(text) => {
            format!("`{}`", text.chars().take(60).collect::<String>())
        }
        other => format!("`{other}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Two clients with two messages each, and what each received.
    fn report_of(first: &[u32], second: &[u32]) -> CrowdReport {
        let received = |order: &[u32]| Received { order: order.to_vec(), ..Received::default() };
        let sent = ["1 1", "1 2", "2 1", "2 2"].map(|text| json!(text)).to_vec();
        CrowdReport {
            messages: 2,
            sent,
            received: vec![received(first), received(second)],
            ..CrowdReport::default()
        }
    }

    fn described(report: &CrowdReport) -> Vec<String> {
        let words = |difference: Difference| format!("{} {}", difference.place, difference.actual);
        judge_crowd(report).into_iter().map(words).collect()
    }

    #[test]
    fn each_message_once_in_the_same_order_is_right() {
        assert_eq!(described(&report_of(&[0, 2, 1, 3], &[0, 2, 1, 3])), Vec::<String>::new());
    }

    #[test]
    fn what_lacks_or_comes_twice_is_named() {
        let lines = described(&report_of(&[0, 2, 1, 3, 2], &[0, 1]));
        assert_eq!(
            lines,
            ["client 1 got `2 1` twice", "client 2 lacks 2 after 0.0 s, the first is `2 1`"]
        );
    }

    #[test]
    fn another_order_is_reported_by_sender_and_by_client() {
        let of_clients = described(&report_of(&[0, 1, 2, 3], &[0, 2, 1, 3]));
        assert_eq!(
            of_clients,
            ["clients 1 and 2 disagree from message 2 on: `1 2` here, `2 1` there"]
        );
        let of_senders = described(&report_of(&[1, 0, 2, 3], &[1, 0, 2, 3]));
        assert_eq!(
            of_senders,
            ["client 1 got `1 2` before `1 1`", "client 2 got `1 2` before `1 1`"]
        );
    }

    #[test]
    fn unexpected_messages_ends_and_equal_values_are_reported() {
        let mut report = report_of(&[0, 1, 2, 3], &[0, 1, 2, 3]);
        report.received[0].first_unexpected = Some("{}".to_owned());
        report.received[0].unexpected = 3;
        report.received[1].end = Some("the server closed it with 1011".to_owned());
        let pair = MessagePair { pointer: "/id".to_owned(), first: 0, second: 3 };
        report.duplicates = vec![pair.clone()];
        report.received[1].not_ascending = Some(pair);
        assert_eq!(
            described(&report),
            [
                "client 1 got 3 others, the first is `{}`",
                "client 2 the server closed it with 1011",
                "client 2 got `2 2` after `1 1`, whose /id is not smaller",
                "messages at /id `1 1` and `2 2` have",
            ]
        );
    }

    #[test]
    fn a_large_crowd_that_heard_everything_has_no_difference() {
        let all: Vec<u32> = (0..1_000).collect();
        let received = Received { order: all.clone(), ..Received::default() };
        let sent = all.iter().map(|number| json!(number)).collect();
        let report = CrowdReport {
            messages: 20,
            sent,
            received: vec![received; 50],
            ..CrowdReport::default()
        };
        assert_eq!(judge_crowd(&report), []);
    }
}
