//! Every matcher, with what it holds for and what it does not.

use super::*;
use crate::contract::value::matcher::MatcherContext;
use serde_json::json;

fn matcher(value: &Value) -> Matcher {
    let context = MatcherContext { url: "http://127.0.0.1:8000", open: false };
    Matcher::read(value, context)
        .unwrap_or_else(|findings| panic!("{value}: {}", findings[0].message))
}

fn differences(matcher_value: &Value, value: &Value) -> Vec<(String, String, String)> {
    let differences =
        matcher(matcher_value).differences(&ValuePath::new("json", "no body"), Some(value));
    differences
        .into_iter()
        .map(|difference| (difference.place, difference.expected, difference.actual))
        .collect()
}

/// A matcher, what it holds for, and what it does not hold for.
fn table() -> Vec<(Value, Vec<Value>, Vec<Value>)> {
    let some = |values: &[&str]| -> Vec<Value> {
        values.iter().map(|text| serde_json::from_str(text).expect("JSON")).collect()
    };
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("5", &["5", "5.0"], &["6", "\"5\"", "null", "[5]"]),
        ("null", &["null"], &["0", "\"\"", "false"]),
        ("{\"a\":1}", &["{\"a\":1}", "{\"a\":1,\"b\":2}"], &["{}", "{\"a\":2}", "[]", "null"]),
        ("[1,{\"a\":2}]", &["[1,{\"a\":2,\"b\":3}]"], &["[1]", "[1,{\"a\":2},3]", "{}"]),
        ("{\"$type\":\"text\"}", &["\"\""], &["1", "null"]),
        ("{\"$type\":\"number\"}", &["1", "1.5"], &["\"1\""]),
        ("{\"$type\":\"integer\"}", &["0", "-1"], &["1.5", "\"1\""]),
        ("{\"$type\":\"boolean\"}", &["true"], &["1"]),
        ("{\"$type\":\"list\"}", &["[]"], &["{}"]),
        ("{\"$type\":\"object\"}", &["{}"], &["[]", "null"]),
        ("{\"$type\":\"id\"}", &["1"], &["0", "-1", "\"1\"", "1.5"]),
        (
            "{\"$type\":\"time\"}",
            &["\"2026-01-31T12:00:00.000Z\""],
            &["\"2026-01-31T12:00:00Z\"", "5"],
        ),
        ("{\"$matches\":\"^a+$\"}", &["\"aa\""], &["\"ab\"", "5"]),
        ("{\"$contains\":\"b\"}", &["\"abc\"", "[\"b\"]"], &["\"ac\"", "[\"abc\"]", "5"]),
        ("{\"$contains\":{\"a\":1}}", &["[0,{\"a\":1,\"b\":2}]"], &["[{\"a\":2}]", "{\"a\":1}"]),
        ("{\"$contains\":{\"$matches\":\"b+\"}}", &["\"abbc\""], &["\"ac\""]),
        ("{\"$in\":[1,\"a\"]}", &["1", "\"a\""], &["2", "null"]),
        ("{\"$not\":{\"$contains\":\"a\"}}", &["\"b\"", "5"], &["\"ba\""]),
        ("{\"$all\":[{\"$above\":1},{\"$below\":3}]}", &["2"], &["1", "3", "\"2\""]),
        ("{\"$any\":true}", &["null", "[]"], &[]),
        ("{\"$absent\":true}", &[], &["null", "5"]),
        ("{\"a\":{\"$absent\":true}}", &["{}"], &["{\"a\":null}"]),
        ("{\"$length\":2}", &["[1,2]", "\"ab\"", "\"😀ü\""], &["[1]", "\"abc\"", "5"]),
        ("{\"$length\":{\"min\":1,\"max\":2}}", &["[1]", "[1,2]"], &["[]", "[1,2,3]"]),
        ("{\"$length\":{\"min\":1}}", &["[1,2,3]"], &["[]"]),
        ("{\"$each\":{\"$type\":\"id\"}}", &["[1]", "[1,2]"], &["[1,0]", "{}", "[]"]),
        ("{\"$unordered\":[{\"$any\":true},1]}", &["[1,2]", "[2,1]"], &["[2,3]", "[1]", "[1,2,3]"]),
        ("{\"$holds\":[1,2]}", &["[0,1,5,2]"], &["[2,1]", "[1]"]),
        ("{\"$exactly\":{\"a\":1}}", &["{\"a\":1}"], &["{\"a\":1,\"b\":2}", "{}", "1"]),
        ("{\"$above\":5}", &["6", "5.5"], &["5", "\"6\""]),
        ("{\"$least\":5}", &["5"], &["4"]),
        ("{\"$below\":5}", &["4"], &["5"]),
        ("{\"$most\":5}", &["5"], &["6"]),
        (
            "{\"$above\":\"2026-01-31T12:00:00.000Z\"}",
            &["\"2026-01-31T12:00:00.0001Z\""],
            &["\"2026-01-31T12:00:00Z\"", "9"],
        ),
        (
            "{\"$unlike\":\"17-1764323400123456-ab\"}",
            &["\"6qX0b2-kPz8Lw4Yt1mNc5A\"", "\"\"", "\"zz\""],
            &["\"18-1764323400129871-ab\"", "\"17-1764323400123456-ab\"", "\"ab\"", "5"],
        ),
        (
            "{\"$instant\":\"2026-11-22T22:11:15.700Z\"}",
            &["\"2026-11-22T22:11:15+00:00\"", "\"Sun, 22 Nov 2026 22:11:15 GMT\""],
            &["\"2026-11-22T22:11:17Z\"", "\"now\"", "5"],
        ),
        ("{\"$now\":600}", &[], &["\"2001-01-01T00:00:00.000Z\"", "\"now\"", "5"]),
        (
            "{\"$url\":\"/a/1\"}",
            &["\"/a/1\"", "\"http://127.0.0.1:8000/a/1\"", "\"http://localhost:8000/a/1\""],
            &["\"/a/12\"", "\"http://example.com/a/1\"", "\"a/1\"", "5"],
        ),
        (
            "{\"$ascending\":[\"/n\",\"/id\"]}",
            &[
                "[{\"n\":\"a\",\"id\":1},{\"n\":\"B\",\"id\":0},{\"n\":\"b\",\"id\":3}]",
                "[{\"n\":1,\"id\":1},{\"n\":null,\"id\":0}]",
            ],
            &[
                "[{\"n\":\"b\",\"id\":1},{\"n\":\"B\",\"id\":0}]",
                "{}",
                "[]",
                "[{\"n\":1,\"id\":1}]",
                "[{\"n\":null,\"id\":1},{\"n\":null,\"id\":2}]",
                "[{\"id\":1},{\"id\":2}]",
            ],
        ),
        (
            "{\"$descending\":[\"/n\"]}",
            &["[{\"n\":2},{\"n\":1},{\"n\":1},{\"n\":null}]"],
            &["[{\"n\":1},{\"n\":2}]", "[{\"n\":null},{\"n\":1}]"],
        ),
    ];
    rows.iter()
        .map(|(matcher_value, good, bad)| {
            (some(&[matcher_value])[0].clone(), some(good), some(bad))
        })
        .collect()
}

#[test]
fn every_matcher_holds_for_what_it_says_and_for_nothing_else() {
    for (matcher_value, good, bad) in table() {
        for value in good {
            assert_eq!(
                differences(&matcher_value, &value),
                [],
                "{matcher_value} holds for {value}"
            );
        }
        for value in bad {
            assert!(
                !differences(&matcher_value, &value).is_empty(),
                "{matcher_value} does not hold for {value}"
            );
        }
    }
}

#[test]
fn a_difference_names_its_place_in_words() {
    let matcher_value =
        json!({ "items": [{ "id": { "$type": "id" }, "a/b": "x" }], "total": { "$any": true } });
    let differing = differences(&matcher_value, &json!({ "items": [{ "id": "7", "a/b": "y" }] }));
    let lines: Vec<String> =
        differing.iter().map(|(a, b, c)| format!("{a}: {b}, but {c}")).collect();
    assert_eq!(
        lines,
        [
            "json /items/0/a~1b: \"x\", but \"y\"",
            "json /items/0/id: a whole number above 0, but \"7\"",
            "json /total: anything, but no such key",
        ]
    );
}

#[test]
fn a_matcher_that_is_not_may_hold_for_what_is_not_there() {
    let place = ValuePath::new("header server", "no such header");
    assert_eq!(matcher(&json!({ "$not": { "$contains": "x" } })).differences(&place, None), []);
    let differing = matcher(&json!({ "$not": { "$absent": true } })).differences(&place, None);
    assert_eq!(differing[0].actual, "no such header");
    assert_eq!(
        matcher(&json!({ "$in": ["a", { "$absent": true }] })).differences(&place, None),
        []
    );
}
