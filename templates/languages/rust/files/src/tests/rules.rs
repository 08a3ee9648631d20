//! The rules for fields.

use serde_json::{Value, json};

use crate::input::{Fields, Paging, rule};

#[test]
fn a_line_is_trimmed_and_measured_in_code_points() {
    assert_eq!(rule::line(1..=2)(&json!(" \tšŸ\n")).unwrap(), "šŸ");
    for text in [
        "",
        " \u{a0}\n",
        "🦀🦀🦀",
        "a\nb",
        "a\rb",
        "a\0",
        "a\u{85}b",
        "a\u{2028}b",
    ] {
        assert!(rule::line(1..=2)(&json!(text)).is_err(), "{text:?}");
    }
}

#[test]
fn lines_are_kept_as_sent_but_for_windows_line_ends() {
    assert_eq!(
        rule::lines(1..=9)(&json!(" a\r\n\tb ")).unwrap(),
        " a\n\tb "
    );
    assert_eq!(rule::lines(0..=9)(&json!(" \n ")).unwrap(), " \n ");
    assert!(rule::lines(1..=9)(&json!(" \n ")).is_err());
    assert!(rule::lines(0..=9)(&json!("a\0")).is_err());
}

#[test]
fn a_number_is_made_of_digits_and_in_range() {
    assert_eq!(rule::number(1..=100)(&json!("100")), Ok(100));
    let too_large = "9".repeat(20);
    for text in ["", "0", "101", "-1", "+1", "1.0", " 1", "９", &too_large] {
        assert!(rule::number(1..=100)(&json!(text)).is_err(), "{text:?}");
    }
}

#[test]
fn a_message_speaks_of_what_is_sent_not_of_how_it_is_read() {
    let message = |value: Value| rule::choice(&["a", "b"])(&value).unwrap_err();
    assert_eq!(message(json!("c")), r#"must be one of "a", "b""#);
    assert_eq!(message(json!(5)), r#"must be one of "a", "b""#);
    assert_eq!(rule::line(1..=9)(&json!(5)).unwrap_err(), "must be a text");
}

#[test]
fn a_page_far_past_the_end_does_not_overflow() {
    let mut query: Fields =
        serde_json::from_value(json!({ "page": i64::MAX.to_string() })).unwrap();
    assert_eq!(Paging::read(&mut query).offset(), i64::MAX);
}
