//! Who is in a room, and who may come in.

use std::time::Duration;

use super::client::Server;
use serde_json::json;
use tokio::time::Instant;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, client::IntoClientRequest},
};

#[tokio::test]
async fn members_hear_who_comes_and_goes() {
    let server = Server::start(15).await;
    let (mut ada, members) = server.join(1, "Ada").await;
    assert_eq!(members, json!(["Ada"]));
    let (mut zoe, members) = server.join(1, "%20Zo%C3%AB%20").await;
    assert_eq!(members, json!(["Ada", "Zoë"]));
    let (_bob, members) = server.join(1, "Bob").await;
    assert_eq!(
        members,
        json!(["Ada", "Zoë", "Bob"]),
        "in the order of joining"
    );
    for name in ["Zoë", "Bob"] {
        assert_eq!(ada.event().await, json!({ "type": "joined", "name": name }));
    }
    zoe.0.close(None).await.expect("an open connection");
    assert_eq!(ada.event().await, json!({ "type": "left", "name": "Zoë" }));
    let (_, members) = server.join(1, "Zo%C3%AB").await;
    assert_eq!(members, json!(["Ada", "Bob", "Zoë"]));
}

#[tokio::test]
async fn who_may_not_join_is_told_before_the_upgrade() {
    let server = Server::start(15).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    for (room, name, status) in [(1, "%20Ada", 409), (1, "", 422), (9, "Ada", 404)] {
        let Err(refused) = server.try_join(room, name).await else {
            panic!("{name} came in")
        };
        assert_eq!(refused, status);
        let answer = server
            .app
            .get(&format!("/api/rooms/{room}/live?name={name}"))
            .await;
        assert_eq!(answer.status, status, "the same without an upgrade");
    }
    server.join(2, "Ada").await;
    server.join(1, "ada").await;
    assert_eq!(
        ada.event().await["name"],
        "ada",
        "and nobody hears of the others"
    );
}

#[tokio::test]
async fn a_page_of_another_site_may_not_join() {
    let server = Server::start(15).await;
    let own = format!("http://{}", server.address);
    for (origin, status) in [("http://evil.example", 403), ("null", 403), (&own, 101)] {
        let mut request = server
            .url(1, "Ada")
            .into_client_request()
            .expect("a request");
        request
            .headers_mut()
            .insert("origin", origin.parse().expect("a header"));
        let answer = match connect_async(request).await {
            Ok((_, response)) => response.status(),
            Err(Error::Http(response)) => response.status(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(answer, status, "{origin}");
    }
}

#[tokio::test]
async fn of_two_who_come_at_once_with_one_name_one_gets_in() {
    let server = Server::start(15).await;
    for round in 0..20 {
        let name = format!("n{round}");
        let (one, other) = tokio::join!(server.try_join(1, &name), server.try_join(1, &name));
        assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "{name}");
    }
}

#[tokio::test]
async fn who_answers_no_ping_has_left() {
    let server = Server::start(1).await;
    let (mut ada, _) = server.join(1, "Ada").await;
    // Nobody reads from this one, so nobody answers.
    let _silent = server.join(1, "Silent").await;
    let joined = Instant::now();
    assert_eq!(ada.event().await["type"], "joined");
    assert_eq!(
        ada.event().await,
        json!({ "type": "left", "name": "Silent" })
    );
    let after = joined.elapsed();
    assert!(
        after > Duration::from_secs(1) && after < Duration::from_secs(3),
        "{after:?}"
    );
    ada.say("who answers stays").await;
    assert_eq!(ada.hear().await, "who answers stays");
}
