//! Who is in which room, and what waits to be sent to each.

use super::accounts::Opened;
use super::broker::{Away, Broker};
use super::limits;
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::protocol::distort;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tungstenite::Message;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;

/// Further behind, a reader is dropped.
const MAX_WAITING: usize = 5_000;

#[derive(Default)]
struct Waiting {
    frames: VecDeque<Message>,
    /// Nothing is sent before the welcome, which is not there yet.
    held: bool,
    /// Nothing comes after what waits.
    ended: bool,
}

/// What waits to be sent to one member.
#[derive(Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Outbox {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends nothing until [`Self::open`].
    fn hold(&self) {
        self.lock().held = true;
    }

    /// Sends the welcome, and all that waits behind it.
    pub fn open(&self, welcome: Option<Message>) {
        let mut waiting = self.lock();
        welcome.into_iter().for_each(|welcome| waiting.frames.push_front(welcome));
        waiting.held = false;
        self.changed.notify_all();
    }

    pub fn push(&self, frame: Message) {
        let mut waiting = self.lock();
        if !waiting.ended {
            waiting.frames.push_back(frame);
            self.changed.notify_all();
        }
    }

    /// Before all that waits: a ping, or the answer to one.
    pub fn push_first(&self, frame: Message) {
        let mut waiting = self.lock();
        if !waiting.ended {
            waiting.frames.push_front(frame);
            self.changed.notify_all();
        }
    }

    /// A close frame, after which nothing follows.
    pub fn end(&self, code: CloseCode) {
        if fault("sockets-cut-at-stop") && code == CloseCode::Away {
            return self.cut();
        }
        let code = if fault("socket-close-code") && code == CloseCode::Away {
            CloseCode::Normal
        } else {
            code
        };
        self.push(Message::Close(Some(CloseFrame { code, reason: "".into() })));
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Nothing more, not even what waits.
    pub fn cut(&self) {
        let mut waiting = self.lock();
        waiting.frames.clear();
        waiting.ended = true;
        self.changed.notify_all();
    }

    /// The next frame to send; nothing at the end.
    pub fn next(&self) -> Option<Message> {
        let mut waiting = self.lock();
        loop {
            let frame = if waiting.held { None } else { waiting.frames.pop_front() };
            if frame.is_some() {
                self.changed.notify_all();
                return frame;
            }
            if waiting.ended {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub fn count(&self) -> usize {
        self.lock().frames.len()
    }

    /// Waits until all is sent.
    fn drain(&self) {
        let begin = Instant::now();
        let mut waiting = self.lock();
        while !waiting.frames.is_empty() && begin.elapsed() < Duration::from_secs(20) {
            let short = Duration::from_millis(100);
            let woken = self.changed.wait_timeout(waiting, short);
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

pub struct Member {
    pub key: u64,
    pub room: u64,
    pub name: String,
    pub outbox: Arc<Outbox>,
    /// Nothing for a guest.
    pub opened: Option<Opened>,
    /// Set once the handshake is done.
    pub stream: Option<TcpStream>,
    pub last_ping: Instant,
    pub last_pong: Instant,
    /// The time of joining, where there is a broker.
    pub place: i64,
    /// Its own joining has come back from the broker: what comes from then on is for it.
    pub is_in: bool,
}

impl Member {
    /// It joined less than half a second ago.
    pub fn is_new(&self) -> bool {
        clock::micros() - self.place < 500_000
    }

    /// Ends the connection from our side at once.
    pub fn cut(&self) {
        self.outbox.cut();
        if let Some(stream) = &self.stream {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

/// Why somebody may not join.
pub enum Refused {
    Taken,
    /// The broker, which knows all members, does not answer.
    Away,
}

#[derive(Default)]
pub struct Hub {
    pub last: u64,
    /// In the order of joining.
    pub members: Vec<Member>,
    /// Names that stay taken after their members left, under a fault.
    held: Vec<(u64, String)>,
    /// This server has said that it lives.
    pub renewed: bool,
    /// Between this server and others.
    pub broker: Option<Broker>,
}

impl Hub {
    pub fn new() -> Self {
        Self { broker: Broker::new(), ..Self::default() }
    }

    pub fn refusal(&mut self, room: u64, name: &str) -> Option<Refused> {
        let same = |other: &str| {
            let other = if fault("names-with-blanks") { other } else { other.trim() };
            other == if fault("names-with-blanks") { name } else { name.trim() }
                || fault("names-without-case") && other.eq_ignore_ascii_case(name)
        };
        let in_room = |other: u64| other == room || fault("names-of-all-rooms");
        let here = self.members.iter().any(|member| in_room(member.room) && same(&member.name));
        let held = self.held.iter().any(|(room, name)| in_room(*room) && same(name));
        let is_up = self.broker.as_mut().is_none_or(Broker::is_up);
        let elsewhere = match self.broker.as_mut().map(Broker::members) {
            Some(_) if !is_up && !fault("broker-joined-without") => return Some(Refused::Away),
            Some(Err(Away)) if !fault("broker-joined-without") => return Some(Refused::Away),
            Some(Ok(members)) if !fault("broker-names-apart") => {
                members.iter().any(|member| in_room(member.room) && same(&member.name))
            }
            _ => false,
        };
        (here || held || elsewhere).then_some(Refused::Taken)
    }

    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// Ends every connection, as one that fell would.
    pub fn cut_all(&self) {
        self.members.iter().for_each(Member::cut);
    }

    /// Adds a member, who is welcomed; the others get a message.
    /// `resumed` says whether messages that were missed follow, to whoever comes back.
    pub fn join(
        &mut self,
        room: u64,
        name: &str,
        opened: Option<Opened>,
        resumed: Option<bool>,
    ) -> (u64, Arc<Outbox>) {
        self.last += 1;
        let outbox = Arc::new(Outbox::default());
        let now = Instant::now();
        self.members.push(Member {
            key: self.last,
            room,
            name: name.to_owned(),
            outbox: Arc::clone(&outbox),
            opened,
            stream: None,
            last_ping: now,
            last_pong: now,
            place: clock::micros(),
            is_in: self.broker.is_none(),
        });
        if self.broker.is_some() {
            outbox.hold();
            self.join_all(room, name, resumed);
            return (self.last, outbox);
        }
        let others =
            self.members.iter().filter(|member| member.room == room || fault("presence-leaks"));
        let mut names: Vec<&str> = others.map(|member| member.name.as_str()).collect();
        if fault("welcome-without-self") {
            names.pop();
        }
        if fault("welcome-in-any-order") {
            names.reverse();
        }
        if fault("welcome-with-self-alone") {
            names = vec![name];
        }
        if !fault("no-welcome") {
            let mut welcome = json!({"type": "welcome", "members": names});
            if let Some(resumed) = resumed {
                welcome["resumed"] = json!(resumed);
            }
            outbox.push(frame(welcome));
        }
        if !fault("no-joined") {
            let except = if fault("joined-to-self") { None } else { Some(self.last) };
            self.tell(
                room,
                except,
                &json!({"type": "joined", "name": name}),
                fault("presence-leaks"),
            );
        }
        (self.last, outbox)
    }

    /// Closes the sockets of these members, who have left.
    pub fn end(&mut self, code: CloseCode, ends: impl Fn(&Member) -> bool) {
        let ended: Vec<u64> =
            self.members.iter().filter(|member| ends(member)).map(|member| member.key).collect();
        for key in ended {
            let member = self.members.iter().find(|member| member.key == key);
            if let Some(member) = member {
                member.outbox.end(code);
            }
            self.leave(key);
        }
    }

    pub fn leave_all(&mut self) {
        while let Some(key) = self.members.first().map(|member| member.key) {
            self.leave(key);
        }
    }

    pub fn leave(&mut self, key: u64) {
        let Some(at) = self.members.iter().position(|member| member.key == key) else { return };
        let member = self.members.remove(at);
        limits::left(member.room, &member.name);
        if fault("names-stay-taken") {
            self.held.push((member.room, member.name.clone()));
        }
        if let Some(broker) = &mut self.broker {
            let _ = broker.remove(member.room, &member.name);
        }
        if !fault("no-left") {
            let event = json!({"type": "left", "name": member.name});
            self.tell(member.room, None, &event, fault("presence-leaks"));
            if fault("left-twice") {
                self.tell(member.room, None, &event, fault("presence-leaks"));
            }
        }
    }

    /// Sends an event to all in a room, at all servers; `leak` sends it to all in the house. False where it reaches nobody.
    pub fn tell(&mut self, room: u64, except: Option<u64>, event: &Value, leak: bool) -> bool {
        if self.broker.is_some() {
            return self.tell_all(room, except, event, leak);
        }
        self.deliver(room, except, event, leak);
        true
    }

    /// Sends an event to all in a room, at this server.
    pub fn deliver(&self, room: u64, except: Option<u64>, event: &Value, leak: bool) {
        let frame = frame(event.clone());
        let number = event["id"].as_u64().unwrap_or(1);
        let mut left = self.members.iter().filter(|member| member.room == room).count();
        for member in &self.members {
            let elsewhere = member.room != room && !leak || !member.is_in;
            if Some(member.key) == except || elsewhere {
                continue;
            }
            left = left.saturating_sub(1);
            let waiting = member.outbox.count();
            let lost = fault("every-seventh-lost") && number.is_multiple_of(7) && left == 0
                || fault("slow-reader-loses") && waiting > 200;
            if lost {
                continue;
            }
            let dropped = fault("slow-reader-dropped") && waiting > 200;
            if waiting > MAX_WAITING || dropped {
                member.cut();
            }
            member.outbox.push(frame.clone());
            if fault("message-doubled") && event["type"] == "message" {
                member.outbox.push(frame.clone());
            }
            if fault("slow-reader-blocks") {
                member.outbox.drain();
            }
        }
    }
}

/// An event as it is sent.
pub fn frame(mut event: Value) -> Message {
    distort::everywhere(&mut event);
    crate::reference::vacuous::empty(&mut event);
    Message::text(event.to_string())
}
