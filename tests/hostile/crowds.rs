//! Crowds in rooms that are good, and in rooms that are not.

use crate::peers;
use roadmap::contract::client::{CrowdError, CrowdPlan, CrowdReport, MessageFilter, run_crowd};
use roadmap::contract::judge::judge_crowd;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::{Error, Message, WebSocket, accept};

/// What a room does with a message: to whom each copy goes, by the number of the member.
type Spread = fn(members: &mut [WebSocket<TcpStream>], number: usize, message: &Message);

/// Who is in a room, and its history.
#[derive(Default)]
struct Room {
    members: Vec<WebSocket<TcpStream>>,
    history: Vec<Message>,
}

/// A room that hands out each message as `spread` says; its address.
fn room(spread: Spread) -> String {
    room_with_history(spread, None)
}

/// The same. With a `seam`, whoever comes is sent the history, and is a member so much later.
fn room_with_history(spread: Spread, seam: Option<Duration>) -> String {
    let shared = Arc::<Mutex<Room>>::default();
    peers::serve(move |stream| {
        let other = stream.try_clone().expect("a handle");
        let mut web = accept(stream).expect("an upgrade");
        web.send(Message::text(r#"{"type":"welcome"}"#)).expect("sent");
        let mut inside = shared.lock().expect("sound");
        if let Some(seam) = seam {
            inside.history.iter().for_each(|message| drop(web.send(message.clone())));
            if !seam.is_zero() {
                drop(inside);
                thread::sleep(seam);
                inside = shared.lock().expect("sound");
            }
        }
        inside.members.push(web);
        drop(inside);
        let role = tungstenite::protocol::Role::Server;
        let mut listening = WebSocket::from_raw_socket(other, role, None);
        loop {
            match listening.read() {
                Ok(message @ Message::Text(_)) => {
                    let mut inside = shared.lock().expect("sound");
                    inside.history.push(message.clone());
                    let number = inside.history.len();
                    spread(&mut inside.members, number, &message);
                }
                Ok(_) => {}
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    })
}

fn to_all(members: &mut [WebSocket<TcpStream>], _: usize, message: &Message) {
    for member in members {
        let _ = member.send(message.clone());
    }
}

fn crowd(
    url: &str,
    clients: u32,
    messages: u32,
    within: Duration,
) -> Result<CrowdReport, CrowdError> {
    talking(url, clients, messages, within, false)
}

fn talking(
    url: &str,
    clients: u32,
    messages: u32,
    within: Duration,
    staggered: bool,
) -> Result<CrowdReport, CrowdError> {
    let filter: MessageFilter = Arc::new(|value: &Value| value["type"] == "message");
    let text =
        |client, n| json!({ "type": "message", "text": format!("{client} {n}") }).to_string();
    run_crowd(&CrowdPlan {
        clients,
        messages,
        staggered,
        connect: &|_| (url.to_owned(), Vec::new()),
        text: &text,
        filter,
        by: "/text",
        distinct: &[],
        ascending: &[],
        within,
        stop: &|| false,
    })
}

fn differences(report: &CrowdReport) -> Vec<String> {
    let words = |difference: roadmap::contract::value::Difference| {
        format!("{} {}", difference.place, difference.actual)
    };
    judge_crowd(report).into_iter().map(words).collect()
}

#[test]
fn fifty_with_twenty_messages_each_are_heard_and_judged_soon() {
    let begun = Instant::now();
    let report = crowd(&room(to_all), 50, 20, Duration::from_secs(30)).expect("let in");
    assert_eq!(differences(&report), Vec::<String>::new());
    assert_eq!(report.received.len(), 50);
    assert_eq!(report.order().len(), 1_000);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn who_comes_late_gets_everything_once_or_is_reported() {
    let late = |seam| {
        let url = room_with_history(to_all, Some(Duration::from_millis(seam)));
        let report = talking(&url, 20, 10, Duration::from_secs(3), true).expect("let in");
        differences(&report)
    };
    assert_eq!(late(0), Vec::<String>::new());
    let reported = late(5);
    assert!(reported.iter().any(|line| line.contains("lacks")), "{reported:?}");
}

#[test]
fn a_room_that_doubles_loses_or_reorders_is_reported() {
    let doubles: Spread = |members, number, message| {
        to_all(members, number, message);
        if number == 5 {
            let _ = members[1].send(message.clone());
        }
    };
    let report = crowd(&room(doubles), 3, 4, Duration::from_secs(5)).expect("let in");
    let reported = differences(&report);
    assert!(
        matches!(reported.as_slice(), [line] if line.starts_with("client 2 got `") && line.ends_with("` twice")),
        "{reported:?}"
    );

    let loses: Spread = |members, number, message| {
        if number != 5 {
            to_all(members, number, message);
        }
    };
    let report = crowd(&room(loses), 3, 4, Duration::from_secs(1)).expect("let in");
    let reported = differences(&report);
    assert!(
        reported.len() == 3 && reported[0].starts_with("client 1 lacks 1 after 1."),
        "{reported:?}"
    );

    let turns: Spread = |members, number, message| {
        static DELAYED: Mutex<Option<Message>> = Mutex::new(None);
        let mut delayed = DELAYED.lock().expect("sound");
        match (number, delayed.take()) {
            (5, _) => *delayed = Some(message.clone()),
            (_, Some(earlier)) => {
                drop(members[1].send(message.clone()).and(members[1].send(earlier)));
            }
            (_, None) => drop(members[1].send(message.clone())),
        }
        for (index, member) in members.iter_mut().enumerate() {
            if index != 1 {
                let _ = member.send(message.clone());
            }
        }
    };
    let report = crowd(&room(turns), 3, 4, Duration::from_secs(5)).expect("let in");
    let reported = differences(&report);
    assert!(
        reported.iter().any(|line| line.starts_with("clients 1 and 2 disagree")),
        "{reported:?}"
    );
}

#[test]
fn a_room_that_falls_silent_or_closes_midway_ends_in_time() {
    let stops: Spread = |members, number, message| {
        if number < 6 {
            to_all(members, number, message);
        }
    };
    let begun = Instant::now();
    let report = crowd(&room(stops), 4, 5, Duration::from_secs(1)).expect("let in");
    assert!(begun.elapsed() < Duration::from_secs(5));
    let reported = differences(&report);
    assert!(reported.len() == 4 && reported[0].starts_with("client 1 lacks 15"), "{reported:?}");

    let closes: Spread = |members, number, message| {
        to_all(members, number, message);
        if number == 6 {
            members.iter_mut().for_each(|member| drop(member.close(None)));
        }
    };
    let begun = Instant::now();
    let report = crowd(&room(closes), 4, 5, Duration::from_secs(30)).expect("let in");
    assert!(begun.elapsed() < Duration::from_secs(10), "all ends are known");
    assert!(report.received.iter().all(|received| received.end.is_some()));
    assert!(differences(&report)[0].starts_with("client 1 the server closed it"));
}

#[test]
fn a_crowd_that_takes_nothing_in_time_or_is_refused_ends() {
    // Takes each connection, and reads nothing more.
    let deaf = peers::upgrade(|mut web| {
        web.send(Message::text("{}")).expect("sent");
        thread::sleep(Duration::from_secs(60));
    });
    let begun = Instant::now();
    let report = crowd(&deaf, 3, 2, Duration::from_secs(1)).expect("let in");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(differences(&report)[0].starts_with("client 1 lacks 6"));
    let full = peers::answer(b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n");
    let refused = crowd(&full, 3, 2, Duration::from_secs(1)).expect_err("refused");
    assert_eq!(refused.to_string(), "client 1: the upgrade was answered with 409");
}
