//! A server on a port of its own, and somebody with a socket.

use std::{net::SocketAddr, time::Duration};

use axum::http::StatusCode;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message},
};

use super::TestApp;
use crate::routes::{self, Live};

pub struct Server {
    pub app: TestApp,
    pub live: Live,
    pub address: SocketAddr,
}

pub struct Client(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Server {
    /// With the rooms 1 and 2.
    pub async fn start(ping_seconds: u32) -> Self {
        let mut app = TestApp::new().await;
        let live = Live::new(ping_seconds);
        app.router = routes::app(app.db.clone(), live.clone());
        for name in ["one", "two"] {
            assert_eq!(
                app.post("/api/rooms", &json!({ "name": name }))
                    .await
                    .status,
                201
            );
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = app.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { app, live, address }
    }

    pub fn url(&self, room: i64, name: &str) -> String {
        format!("ws://{}/api/rooms/{room}/live?name={name}", self.address)
    }

    /// The status is that of a handshake that failed.
    pub async fn try_join(&self, room: i64, name: &str) -> Result<Client, StatusCode> {
        match connect_async(self.url(room, name)).await {
            Ok((stream, _)) => Ok(Client(stream)),
            Err(Error::Http(response)) => Err(response.status()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Joins, and gives the members of whom the welcome tells.
    pub async fn join(&self, room: i64, name: &str) -> (Client, Value) {
        let mut client = self.try_join(room, name).await.expect("a handshake");
        let welcome = client.event().await;
        assert_eq!(welcome["type"], "welcome");
        (client, welcome["members"].clone())
    }
}

impl Client {
    pub async fn send(&mut self, message: impl Into<Message>) {
        self.0
            .send(message.into())
            .await
            .expect("an open connection");
    }

    pub async fn say(&mut self, text: &str) {
        self.send(json!({ "type": "message", "text": text }).to_string())
            .await;
    }

    /// What comes next, but for pings: those are answered while it waits.
    pub async fn next(&mut self) -> Option<Message> {
        loop {
            let next = timeout(Duration::from_secs(10), self.0.next())
                .await
                .expect("in time");
            match next {
                Some(Ok(Message::Ping(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    }

    pub async fn event(&mut self) -> Value {
        let message = self.next().await.expect("an event");
        serde_json::from_str(message.to_text().expect("a text")).expect("JSON")
    }

    /// The text of the message that comes next.
    pub async fn hear(&mut self) -> String {
        let event = self.event().await;
        assert_eq!(event["type"], "message", "{event}");
        event["text"].as_str().unwrap_or_default().to_owned()
    }
}
