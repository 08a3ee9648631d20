//! `roadmap show -o roadmap.html` and `-o roadmap.svg`: the map as one page, and as a picture.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;
use data_encoding::BASE64;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::fs;
use std::path::Path;

/// The page of the small roadmap.
fn page(sandbox: &Sandbox, line: &str) -> String {
    sandbox.run(&format!("show -o map.html {line}")).done();
    sandbox.read("work/map.html")
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    select(page, selector).iter().map(|element| words(element.text().collect())).collect()
}

/// What the page's data say.
fn data(page: &Html) -> Value {
    let texts = texts(page, "script[type='application/json']");
    serde_json::from_str(&texts[0]).expect("JSON")
}

#[test]
fn the_map_has_every_stage_and_topic_with_its_level_and_progress() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --framework axum").done();
    sandbox.run("done http").done();
    let page = Html::parse_document(&page(&sandbox, ""));
    let parts = ["h1", "h3", ".yours", ".stage .count", "summary", ".build li"];
    let lines = parts.iter().flat_map(|part| {
        texts(&page, part).into_iter().map(move |text| format!("{part}: {text}\n"))
    });
    let expected = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/snapshots/", "show_map", ".txt");
    let expected = Data::read_from(Path::new(expected), Some(DataFormat::Text)).raw();
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(lines.collect::<String>()).raw(), expected);
    let ticked = select(&page, "input[checked]");
    let labels: Vec<_> = ticked.iter().filter_map(|element| element.attr("aria-label")).collect();
    assert_eq!(labels, ["Done: HTTP"]);
}

#[test]
fn plain_shows_neither_ticks_nor_path() {
    let sandbox = Sandbox::new();
    let before = page(&sandbox, "");
    sandbox.run("pick --framework axum").done();
    sandbox.run("done http").done();
    assert_ne!(page(&sandbox, ""), before);
    assert_eq!(page(&sandbox, "--plain"), before);
    let picture = |line: &str| sandbox.run(&format!("show --format svg {line}")).done().stdout;
    assert!(picture("").contains("Your path: Rust, axum"));
    assert!(!picture("--plain").contains("Your path"));
}

#[test]
fn the_data_of_the_page_are_the_answer_in_json() {
    let sandbox = Sandbox::new();
    for line in ["", "data", "--lang python --level essential", "--search table"] {
        let page = Html::parse_document(&page(&sandbox, line));
        let answer = sandbox.run(&format!("show --format json {line}")).done().json();
        assert_eq!(data(&page), answer, "{line}");
    }
}

#[test]
fn the_policy_names_the_only_style_and_the_only_script_by_their_hashes() {
    let page = Html::parse_document(&page(&Sandbox::new(), ""));
    let policy = select(&page, "meta[http-equiv='Content-Security-Policy']");
    let policy = policy[0].attr("content").expect("a policy");
    let hash = |selector: &str| {
        let all = select(&page, selector);
        assert_eq!(all.len(), 1, "{selector}");
        let text: String = all[0].text().collect();
        format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text.as_bytes())))
    };
    let expected = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash("style"),
        hash("script:not([type='application/json'])")
    );
    assert_eq!(policy, expected);
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let sandbox = Sandbox::new();
    sandbox.bare("show -o map.html").go().done();
    let text = sandbox.read("work/map.html");
    assert!(text.len() < 500_000, "{} bytes", text.len());
    let page = Html::parse_document(&text);
    let asking = "img, link, iframe, object, embed, audio, video, source, base, use, image, \
                  meta[http-equiv='refresh'], [src], [srcset], [style], [ping], [background]";
    assert!(select(&page, asking).is_empty());
    let style: String = select(&page, "style")[0].text().collect();
    assert!(!style.contains("url(") && !style.contains("@import"));
    // No attribute is code either.
    for element in select(&page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}");
            if name == "href" {
                assert!(value.starts_with('#') || value.starts_with("https://"), "{value}");
            }
        }
    }
}

#[test]
fn every_link_in_the_page_leads_somewhere_and_no_id_is_there_twice() {
    let sandbox = Sandbox::new();
    sandbox.bare("show -o map.html").go().done();
    let page = Html::parse_document(&sandbox.read("work/map.html"));
    let mut ids: Vec<&str> =
        select(&page, "[id]").iter().filter_map(|node| node.attr("id")).collect();
    for link in select(&page, "a[href^='#']") {
        let href = link.attr("href").expect("an address");
        assert!(ids.contains(&&href[1..]), "{href}");
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn hostile_titles_stay_text() {
    let hostile = "</script><img src=x onerror=alert(1)><!--<script>'\\\"&amp;{{title}}";
    let sandbox = Sandbox::new();
    let small = fs::read_to_string(fixture::roadmap()).expect("the small roadmap");
    let quoted = json!(hostile).to_string();
    let mine = small.replacen("title: A small roadmap", &format!("title: {quoted}"), 1);
    let mine = mine.replacen("title: HTTP\n", &format!("title: {quoted}\n"), 1);
    assert_eq!(mine.matches(&quoted).count(), 2);
    sandbox.write("work/mine.yaml", &mine);
    for file in ["map.html", "map.svg"] {
        sandbox.bare(&format!("show --roadmap mine.yaml -o {file}")).go().done();
    }
    let page = Html::parse_document(&sandbox.read("work/map.html"));
    assert!(select(&page, "img").is_empty());
    assert_eq!(select(&page, "script").len(), 2);
    assert_eq!(texts(&page, "h1"), [hostile]);
    assert!(texts(&page, ".topic .title").contains(&hostile.to_owned()));
    assert_eq!(data(&page)["title"], hostile);

    let picture = sandbox.read("work/map.svg");
    let picture = roxmltree::Document::parse(&picture).expect("XML");
    let title = picture.descendants().find(|node| node.has_tag_name("title"));
    assert_eq!(title.and_then(|node| node.text()), Some(hostile));
}

#[test]
fn the_picture_has_every_stage_and_no_script() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let text = sandbox.run("show --format svg").done().stdout;
    let picture = roxmltree::Document::parse(&text).expect("XML");
    let named =
        |name: &'static str| picture.descendants().filter(move |node| node.has_tag_name(name));
    assert_eq!(named("script").count(), 0);
    assert_eq!(named("circle").count(), 3);
    let words: Vec<_> = named("text").filter_map(|node| node.text()).collect();
    for title in ["A small roadmap", "The basics", "1 of 2 done"] {
        assert!(words.contains(&title), "{title}: {words:?}");
    }
    sandbox.run("show -o map.svg").done();
    assert_eq!(sandbox.read("work/map.svg"), text);
}

#[test]
fn a_search_without_a_hit_still_gives_a_page_and_a_picture() {
    let sandbox = Sandbox::new();
    let page = Html::parse_document(&page(&sandbox, "--search cobol"));
    assert!(select(&page, ".stage").is_empty());
    let picture = sandbox.run("show --format svg --search cobol").done().stdout;
    roxmltree::Document::parse(&picture).expect("XML");
}

#[test]
fn the_picture_in_the_readme_is_up_to_date() {
    let picture = Sandbox::new().bare("show --plain --format svg").go().done().stdout;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/roadmap.svg");
    let saved = fs::read_to_string(path).expect("the picture");
    assert!(picture == saved, "draw it again: cargo run -- show --plain -o docs/roadmap.svg");
}
