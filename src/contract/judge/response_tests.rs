//! What a response must be, rule by rule.

use super::*;
use serde_json::json;

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let (headers, body) = (headers.collect(), body.as_bytes().to_vec());
    Response { status, headers, body, ..Response::default() }
}

/// The places that differ.
fn places(expect: &str, response: &Response) -> Vec<String> {
    let expect: Expect =
        crate::yaml::parse("x.yaml", expect).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let mut values = Values::new("http://127.0.0.1:8000", 1);
    values.set("id", json!(5));
    judge(&expect, response, &values).into_iter().map(|difference| difference.place).collect()
}

#[test]
fn json_is_declared_in_utf_8_or_in_nothing() {
    let with = |value: &str| response(200, &[("Content-Type", value)], "{}");
    for good in [
        "application/json",
        "application/json; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
    ] {
        assert_eq!(places("json: {}", &with(good)), NONE, "{good}");
    }
    for bad in ["application/json; charset=latin1", "application/json; a=b; Charset=utf-16"] {
        assert_eq!(places("json: {}", &with(bad)), ["header content-type"], "{bad}");
    }
}

#[test]
fn xml_is_declared_and_well_formed() {
    let expect = "xml: { feed: { id: [{ '#text': x }] } }";
    let with = |media_type: &str, body: &str| response(200, &[("Content-Type", media_type)], body);
    for good in ["application/atom+xml; charset=utf-8", "application/xml", "text/xml"] {
        assert_eq!(places(expect, &with(good, "<feed><id>x</id></feed>")), NONE, "{good}");
    }
    let page = with("text/html", "<feed><id>x</id></feed>");
    assert_eq!(places(expect, &page), ["header content-type"]);
    assert_eq!(places(expect, &with("text/xml", "<feed><id>x</feed>")), ["body"]);
    let other = with("text/xml", "<feed><id>y</id></feed>");
    assert_eq!(places(expect, &other), ["xml /feed/id/0/#text"]);
}

const JSON: (&str, &str) = ("Content-Type", "application/json");
const NONE: [String; 0] = [];

#[test]
fn a_status_is_2xx_unless_it_is_named() {
    assert_eq!(places("{}", &response(204, &[], "")), NONE);
    assert_eq!(places("{}", &response(302, &[], "")), ["status"]);
    assert_eq!(places("status: 4xx", &response(422, &[], "")), NONE);
    assert_eq!(places("status: [404, 405]", &response(405, &[], "")), NONE);
    assert_eq!(places("status: [404, 405]", &response(400, &[], "")), ["status"]);
    assert_eq!(places("{status: 201, json: {a: 1}}", &response(500, &[], "")), ["status"]);
}

#[test]
fn json_is_declared_and_matches() {
    assert_eq!(places("json: {id: '${id}'}", &response(200, &[JSON], "{\"id\":5,\"x\":1}")), NONE);
    assert_eq!(
        places("json: {id: '${id}'}", &response(200, &[], "{\"id\":5}")),
        ["header content-type"]
    );
    assert_eq!(places("json: {id: 6}", &response(200, &[JSON], "{\"id\":5}")), ["json /id"]);
    assert_eq!(places("json: {}", &response(200, &[JSON], "nonsense")), ["body"]);
}

#[test]
fn a_problem_keeps_the_standard() {
    let headers = [("content-type", "application/problem+json; charset=utf-8")];
    let good =
        r#"{"type":"about:blank","title":"t","status":422,"detail":"d","errors":{"a":["x"]}}"#;
    let expected = "{status: 422, problem: [a]}";
    assert_eq!(places(expected, &response(422, &headers, good)), NONE);
    assert_eq!(places(expected, &response(422, &[JSON], good)), ["header content-type"]);
    for (old, new, place) in [
        ("\"a\":[\"x\"]", "\"b\":[\"x\"]", "json /errors"),
        ("[\"x\"]", "\"x\"", "json /errors/a"),
        ("422", "400", "json /status"),
        ("\"detail\":\"d\",", "", "json /detail"),
        ("\"about:blank\"", "5", "json /type"),
    ] {
        let bad = good.replacen(old, new, 1);
        assert_eq!(places(expected, &response(422, &headers, &bad)), [place], "{bad}");
    }
    assert_eq!(places("{status: 404, problem: true}", &response(404, &headers, "<h1>")), ["body"]);
}

#[test]
fn headers_and_cookies_are_matched() {
    let set = [("Set-Cookie", "sid=1; HttpOnly; Path=/"), ("ALLOW", "GET"), ("allow", "PUT")];
    let expected =
        "{headers: {Allow: 'GET, PUT', x: {$absent: true}}, cookies: {sid: {httponly: true}}}";
    assert_eq!(places(expected, &response(200, &set, "")), NONE);
    let expected =
        "{headers: {location: {$url: /a}}, cookies: {sid: {secure: true}, x: {$any: true}}}";
    let places = places(expected, &response(200, &set, ""));
    assert_eq!(places, ["header location", "cookie sid /secure", "cookie x"]);
}

#[test]
fn html_is_looked_at_by_selector() {
    let page = response(200, &[], "<ul><li>a<li> b  c</ul><a rel=next href=/2>");
    for good in [
        "{select: li}",
        "{select: li, count: 2, texts: [a, b c]}",
        "{select: h1, count: 0}",
        "{select: a, attributes: {href: /2, title: {$absent: true}}}",
    ] {
        assert_eq!(places(&format!("html: [{good}]"), &page), NONE, "{good}");
    }
    for (bad, place) in [
        ("{select: h1}", "html h1"),
        ("{select: li, count: {max: 1}}", "html li"),
        ("{select: li, text: b}", "html li"),
        ("{select: li, texts: [a]}", "html li"),
        ("{select: a, attributes: {href: /3}}", "html a attribute href"),
    ] {
        assert_eq!(places(&format!("html: [{bad}]"), &page), [place], "{bad}");
    }
}

#[test]
fn metrics_are_summed_and_counted() {
    let text = "# TYPE a counter\na{b=\"1\"} 2\na{b=\"2\"} 3\n# TYPE c gauge\nc 0.5\n";
    let metrics = response(200, &[], text);
    for good in [
        "{name: a, type: counter, sum: '${id}', count: 2}",
        "{name: a, labels: {b: '2'}, sum: 3, count: 1}",
        "{name: a, labels: {b: {$in: ['1', '9']}}, sum: {$below: 3}}",
        "{name: a, labels: {b: '9'}, sum: 0, count: 0}",
        "{name: c, type: gauge, sum: 0.5}",
    ] {
        assert_eq!(places(&format!("metrics: [{good}]"), &metrics), NONE, "{good}");
    }
    for (bad, place) in [
        ("{name: a, type: gauge}", "metric a"),
        ("{name: a, sum: 4}", "metric a"),
        ("{name: a, count: 3}", "number of series a"),
        ("{name: a, labels: {b: '9'}}", "number of series a"),
        ("{name: b}", "number of series b"),
    ] {
        assert_eq!(places(&format!("metrics: [{bad}]"), &metrics), [place], "{bad}");
    }
    assert_eq!(
        places("metrics: [{name: a}]", &response(200, &[], "a one\n")),
        ["line 1 of the body"]
    );
}

#[test]
fn another_answer_may_do_as_well() {
    let expected = "{status: 405, headers: {allow: {$any: true}}, or: {status: 404}}";
    assert_eq!(places(expected, &response(405, &[("allow", "GET")], "")), NONE);
    assert_eq!(places(expected, &response(404, &[], "")), NONE);
    assert_eq!(places(expected, &response(405, &[], "")), ["header allow"]);
    assert_eq!(places(expected, &response(500, &[], "")), ["status"]);
}

#[test]
fn a_body_is_empty_a_text_or_too_long() {
    assert_eq!(places("empty: true", &response(204, &[], "")), NONE);
    assert_eq!(places("empty: true", &response(200, &[], "x")), ["body"]);
    assert_eq!(places("text: {$contains: b}", &response(200, &[], "abc")), NONE);
    assert_eq!(places("text: {$contains: d}", &response(200, &[], "abc")), ["text"]);
    let bytes = Response { status: 200, body: vec![255], ..Response::default() };
    assert_eq!(places("text: {$any: true}", &bytes), ["body"]);
    let long = Response { status: 200, truncated: true, ..Response::default() };
    assert_eq!(places("{}", &long), ["body"]);
}
