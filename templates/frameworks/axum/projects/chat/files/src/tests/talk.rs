//! Messages: who hears them, in which order, and what is not one.

use super::client::{Client, Server};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::{Message, protocol::frame::coding::CloseCode};

async fn history(server: &Server, query: &str) -> Value {
    server
        .app
        .get(&format!("/api/rooms/1/messages?{query}"))
        .await
        .json()
}

fn texts(history: &Value) -> Vec<&str> {
    let items = history["items"].as_array().expect("items");
    items
        .iter()
        .filter_map(|message| message["text"].as_str())
        .collect()
}

#[tokio::test]
async fn all_in_the_room_hear_a_message_as_it_is_stored_and_nobody_elsewhere() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    let (mut eve, _) = server.join(2, "Ada").await;
    ada.say(" Hi šŸ\r\nthere ").await;
    let mut event = ada.event().await;
    eve.say("elsewhere").await;
    assert_eq!(eve.hear().await, "elsewhere");

    assert_eq!(event["type"], "message");
    event.as_object_mut().expect("an object").remove("type");
    assert_eq!(
        history(&server, "").await,
        json!({ "items": [event], "has_more": false })
    );
    let values = ["room_id", "author", "text"].map(|name| &event[name]);
    assert_eq!(json!(values), json!([1, "Ada", " Hi šŸ\nthere "]));
}

#[tokio::test]
async fn a_crowd_hears_everything_once_in_the_order_of_the_history() {
    let server = Server::start(15).await;
    let mut clients = Vec::new();
    for number in 0..10 {
        clients.push(server.join(1, &format!("c{number}")).await.0);
    }
    let mut crowd = JoinSet::new();
    for (number, mut client) in clients.into_iter().enumerate() {
        crowd.spawn(async move {
            for message in 0..10 {
                client.say(&format!("{number} {message}")).await;
            }
            let mut heard = Vec::new();
            while heard.len() < 100 {
                let event = client.event().await;
                if event["type"] == "message" {
                    heard.push(event["text"].as_str().unwrap_or_default().to_owned());
                }
            }
            heard
        });
    }
    let all_heard = crowd.join_all().await;
    let stored = history(&server, "limit=100").await;
    for heard in all_heard {
        assert_eq!(heard, texts(&stored));
    }
}

#[tokio::test]
async fn the_history_is_read_backwards_in_parts() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    for text in ["a", "b", "c"] {
        ada.say(text).await;
        ada.hear().await;
    }
    let newest = history(&server, "limit=2").await;
    assert_eq!(
        (texts(&newest), &newest["has_more"]),
        (vec!["b", "c"], &json!(true))
    );
    let before = format!("limit=2&before={}", newest["items"][0]["id"]);
    let older = history(&server, &before).await;
    assert_eq!(
        (texts(&older), &older["has_more"]),
        (vec!["a"], &json!(false))
    );
    assert_eq!(
        texts(&history(&server, "before=9223372036854775807").await),
        ["a", "b", "c"]
    );
}

#[tokio::test]
async fn garbage_is_refused_to_its_sender_alone() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    let (mut bob, _) = server.join(1, "Bob").await;
    ada.event().await;
    let long = json!({ "type": "message", "text": "x".repeat(2001) }).to_string();
    let padded = format!("{{{}", " ".repeat(65_535));
    let garbage = ["", "hello", "[]", r#"{"type":"message"}"#, &long, &padded].map(Message::text);
    for message in garbage.into_iter().chain([Message::binary(vec![0xff, 0])]) {
        bob.send(message).await;
        let event = bob.event().await;
        assert!(
            event["type"] == "error" && event["detail"].is_string(),
            "{event}"
        );
    }
    bob.say(&"🦀".repeat(2000)).await;
    assert_eq!(ada.hear().await, "🦀".repeat(2000));
}

/// Waits until the server ends the connection, and until the other heard of it.
async fn assert_ended(mut client: Client, witness: &mut Client) {
    assert_eq!(witness.event().await["type"], "left");
    while let Some(message) = client.next().await {
        assert!(message.is_close(), "{message:?}");
    }
}

#[tokio::test]
async fn what_is_too_long_or_broken_ends_its_own_connection_alone() {
    use tokio::io::AsyncWriteExt;

    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    let (mut long, _) = server.join(1, "Long").await;
    assert_eq!(ada.event().await["type"], "joined");
    long.send("x".repeat(65_537)).await;
    assert_ended(long, &mut ada).await;

    // A reserved bit, an unmasked text, text that is no UTF-8, a length without end.
    let frames: [&[u8]; 4] = [
        &[0xf1, 0x80, 0, 0, 0, 0],
        &[0x81, 0x01, b'a'],
        &[0x81, 0x81, 0, 0, 0, 0, 0xff],
        &[
            0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0,
        ],
    ];
    for frame in frames {
        let (mut broken, _) = server.join(1, "Broken").await;
        assert_eq!(ada.event().await["type"], "joined");
        broken
            .0
            .get_mut()
            .write_all(frame)
            .await
            .expect("an open connection");
        assert_ended(broken, &mut ada).await;
    }
    ada.say("still here").await;
    assert_eq!(ada.hear().await, "still here");
}

#[tokio::test]
async fn a_reader_a_thousand_messages_behind_loses_nothing_and_slows_nobody() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    let (mut slow, _) = server.join(1, "Slow").await;
    ada.event().await;
    let filler = "x".repeat(1900);
    for number in 0..1000 {
        let text = format!("{number} {filler}");
        ada.say(&text).await;
        assert_eq!(ada.hear().await, text);
    }
    for number in 0..1000 {
        assert!(
            slow.hear().await.starts_with(&format!("{number} ")),
            "{number}"
        );
    }
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    let live = server.live.clone();
    let closed = tokio::spawn(async move { live.close().await });
    let Some(Message::Close(Some(frame))) = ada.next().await else {
        panic!("no goodbye")
    };
    assert_eq!(frame.code, CloseCode::Away);
    assert_eq!(ada.next().await, None);
    closed.await.expect("no panic");
}
