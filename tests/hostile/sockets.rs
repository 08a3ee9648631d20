//! What a WebSocket's server may do to us, and what we do to it.

use crate::peers;
use roadmap::contract::client::{HandshakeError, Message, QueueBudget, ReceivedEvent, Socket};
use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tungstenite::Message as Sent;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(5);

fn connect(url: &str) -> Socket {
    Socket::connect(url, &[], LONG, &QueueBudget::default()).expect("an upgrade")
}

fn refused(url: &str, within: Duration) -> HandshakeError {
    Socket::connect(url, &[], within, &QueueBudget::default()).expect_err("no upgrade")
}

#[test]
fn messages_come_in_order_and_the_end_stays() {
    let url = peers::upgrade(|mut web| {
        web.send(Sent::text("one")).expect("sent");
        web.send(Sent::binary(vec![1, 2])).expect("sent");
        let message = web.read().expect("heard");
        web.send(message).expect("sent");
        let code = CloseCode::Away;
        web.close(Some(CloseFrame { code, reason: "bye".into() })).expect("closed");
        while web.read().is_ok() {}
    });
    let socket = connect(&url);
    assert_eq!(socket.next(LONG), ReceivedEvent::Text("one".to_owned()));
    assert_eq!(socket.next(LONG), ReceivedEvent::Binary(vec![1, 2]));
    assert_eq!(socket.next(SHORT), ReceivedEvent::TimedOut);
    socket.send(&Message::Text("zwei \u{1f980}".to_owned())).expect("sent");
    assert_eq!(socket.next(LONG), ReceivedEvent::Text("zwei \u{1f980}".to_owned()));
    for _ in 0..2 {
        let how = "the server closed it with 1001".to_owned();
        assert_eq!(socket.next(LONG), ReceivedEvent::Closed { code: Some(1001), how });
    }
}

#[test]
fn a_refusal_is_the_answer_that_it_is() {
    let with_length =
        b"HTTP/1.1 404 Not Found\r\nContent-Type: a/b\r\nContent-Length: 4\r\n\r\ngone";
    let in_chunks = b"HTTP/1.1 404 No\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n\
        2\r\ngo\r\n2\r\nne\r\n0\r\n\r\n";
    for answer in [&with_length[..], &in_chunks[..]] {
        let HandshakeError::Answered(response) = refused(&peers::answer(answer), LONG) else {
            panic!("no answer");
        };
        assert_eq!((response.status, response.body.as_slice()), (404, &b"gone"[..]));
        assert_eq!(response.headers[0], ("content-type".to_owned(), "a/b".to_owned()));
    }
}

#[test]
fn a_body_or_a_handshake_that_never_ends_is_given_up() {
    let begun = Instant::now();
    let endless = peers::answer(b"HTTP/1.1 409 Conflict\r\nContent-Length: 400\r\n\r\nmore ");
    let HandshakeError::Answered(response) = refused(&endless, SHORT) else {
        panic!("no answer");
    };
    assert_eq!((response.status, response.body.as_slice()), (409, &b"more "[..]));
    assert_eq!(refused(&peers::answer(b"HTTP/1.1 101 Switching"), SHORT), HandshakeError::TimedOut);
    // A byte now and then renews no limit.
    let dripping = peers::serve(|mut stream| {
        while stream.write_all(b"H").is_ok() {
            sleep(Duration::from_millis(50));
        }
    });
    let refusal = refused(&dripping, SHORT);
    assert!(
        matches!(refusal, HandshakeError::TimedOut | HandshakeError::Invalid(_)),
        "{refusal:?}"
    );
    assert!(begun.elapsed() < LONG);
}

#[test]
fn an_upgrade_without_the_right_key_or_answer_is_broken() {
    let wrong =
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Accept: d3Jvbmc=\r\n\r\n";
    assert!(matches!(refused(&peers::answer(wrong), LONG), HandshakeError::Invalid(_)));
    assert!(matches!(
        refused(&peers::answer(b"SSH-2.0-x\r\n\r\n"), LONG),
        HandshakeError::Invalid(_)
    ));
    assert!(matches!(
        refused(&peers::serve(drop), LONG),
        HandshakeError::Lost(_) | HandshakeError::Invalid(_)
    ));
}

#[test]
fn an_end_in_the_middle_of_a_frame_is_an_end_without_a_word() {
    let url = peers::upgrade(|mut web| {
        // A text of 100 bytes, of which 10 come.
        let mut frame = vec![0x81, 100];
        frame.extend([b'x'; 10]);
        web.get_mut().write_all(&frame).expect("sent");
    });
    let how = "the connection ended without a word".to_owned();
    assert_eq!(connect(&url).next(LONG), ReceivedEvent::Closed { code: None, how });
}

#[test]
fn protocol_errors_and_long_messages_are_reported() {
    let raw = |bytes: &'static [u8]| {
        peers::upgrade(move |mut web| {
            web.get_mut().write_all(bytes).expect("sent");
            sleep(LONG);
        })
    };
    let message_of = |url: &str| match connect(url).next(LONG) {
        ReceivedEvent::Invalid(why) => why,
        other => panic!("{other:?}"),
    };
    assert!(message_of(&raw(&[0x83, 0])).starts_with("the server broke the protocol"));
    assert_eq!(message_of(&raw(&[0x81, 1, 0xFF])), "the server sent a text that is not UTF-8");
    let long = raw(&[0x82, 127, 0, 0, 0, 0, 0x10, 0, 0, 0]);
    assert_eq!(message_of(&long), "the server sent a message above 1 MiB");
}

#[test]
fn a_flood_is_bounded_and_reported() {
    let url = peers::upgrade(|mut web| while web.send(Sent::text("x".repeat(60_000))).is_ok() {});
    let budget = QueueBudget::default();
    let socket = Socket::connect(&url, &[], LONG, &budget).expect("an upgrade");
    let mut bytes = 0;
    sleep(Duration::from_secs(1));
    let why = loop {
        match socket.next(LONG) {
            ReceivedEvent::Text(text) => bytes += text.len(),
            ReceivedEvent::Invalid(why) => break why,
            other => panic!("{other:?}"),
        }
        if bytes < 1024 * 1024 {
            // Slow enough to be flooded.
            sleep(Duration::from_millis(100));
        }
    };
    assert_eq!(why, "more than 64 MiB came that nobody had asked for");
}

/// A server that pings again and again, reports each pong, and sends the texts of the test.
fn pinging() -> (String, Receiver<Instant>, Sender<&'static str>) {
    let (pongs, heard) = channel();
    let (say, spoken) = channel::<&'static str>();
    let ends = Arc::new(Mutex::new(Some((pongs, spoken))));
    let url = peers::upgrade(move |mut web| {
        let (pongs, spoken) = ends.lock().expect("sound").take().expect("one connection");
        web.get_ref().set_read_timeout(Some(Duration::from_millis(20))).expect("set");
        loop {
            if web.send(Sent::Ping(vec![7].into())).is_err() {
                return;
            }
            if let Ok(text) = spoken.try_recv() {
                web.send(Sent::text(text)).expect("sent");
            }
            match web.read() {
                Ok(Sent::Pong(_)) => pongs.send(Instant::now()).expect("heard"),
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    });
    (url, heard, say)
}

#[test]
fn pings_are_answered_while_nobody_asks_and_not_while_ignored_or_paused() {
    let (url, pongs, say) = pinging();
    let socket = connect(&url);
    for _ in 0..3 {
        pongs.recv_timeout(LONG).expect("a pong");
    }
    socket.pause();
    sleep(Duration::from_millis(100));
    pongs.try_iter().for_each(drop);
    say.send("while paused").expect("said");
    assert_eq!(socket.next(SHORT), ReceivedEvent::TimedOut);
    assert!(pongs.try_recv().is_err(), "a pong while paused");
    socket.read();
    assert_eq!(socket.next(LONG), ReceivedEvent::Text("while paused".to_owned()));
    pongs.recv_timeout(LONG).expect("a pong again");
    socket.ignore_pings();
    sleep(Duration::from_millis(100));
    pongs.try_iter().for_each(drop);
    say.send("while pings are ignored").expect("said");
    assert_eq!(socket.next(LONG), ReceivedEvent::Text("while pings are ignored".to_owned()));
    sleep(SHORT);
    assert!(pongs.try_recv().is_err(), "a pong while pings are ignored");
}

#[test]
fn close_says_good_bye_and_disconnect_does_not() {
    let (ends, heard) = channel();
    let ends = Arc::new(Mutex::new(ends));
    let url = peers::upgrade(move |mut web| {
        let heard = loop {
            match web.read() {
                Ok(Sent::Close(frame)) => break frame.map(|frame| u16::from(frame.code)),
                Ok(_) => {}
                Err(_) => break None,
            }
        };
        ends.lock().expect("sound").send(heard).expect("heard");
    });
    let socket = connect(&url);
    socket.close();
    assert_eq!(heard.recv_timeout(LONG).expect("an end"), Some(1000));
    let socket = connect(&url);
    socket.disconnect();
    assert_eq!(heard.recv_timeout(LONG).expect("an end"), None);
    let socket = connect(&url);
    drop(socket);
    assert_eq!(heard.recv_timeout(LONG).expect("an end"), None);
    let socket = connect(&url);
    socket.send(&Message::Raw(vec![0xFF, 0x80, 0, 0, 0, 0])).expect("sent");
    assert_eq!(heard.recv_timeout(LONG).expect("an end"), None);
}
