//! chat, milestone `scale-out`: the hub of a server that is not alone. What it tells a room goes to the broker, and what comes
//! from there is handed to its own members.

use super::api::{State, lock};
use super::broker::Broker;
use super::hub::{Hub, Member, frame};
use super::ping;
use crate::reference::faults::fault;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::thread::{self, sleep};
use std::time::Duration;

/// How soon after a failure it is tried again.
const AGAIN: Duration = Duration::from_millis(200);
/// A time of joining, in microseconds, behind those of all who come later.
const LATER: i64 = 3_600_000_000;

/// Begins to listen to the broker, and to say that this server lives.
pub fn begin(state: &Arc<Mutex<State>>) {
    let Some(client) = lock(state).hub.broker.as_ref().map(Broker::client) else { return };
    let listening = Arc::clone(state);
    thread::spawn(move || {
        let mut before = false;
        while !(before && fault("broker-gone-for-ever")) {
            if let Some(mut connection) = Broker::subscription(&client) {
                let subscribed = || lock(&listening).hub.begin_again(true);
                let deliver = |published: &Value| lock(&listening).hub.receive(published);
                Broker::listen(&mut connection, subscribed, deliver);
                before = true;
            }
            lock(&listening).hub.begin_again(false);
            sleep(AGAIN);
        }
    });
    let state = Arc::clone(state);
    thread::spawn(move || {
        loop {
            lock(&state).hub.renew();
            sleep(ping::every() / 4);
        }
    });
}

impl Hub {
    /// The subscription has begun or ended. A Redis that was restarted knows no members.
    fn begin_again(&mut self, subscribed: bool) {
        let Some(broker) = &mut self.broker else { return };
        broker.set_subscribed(subscribed);
        if !subscribed {
            if fault("broker-loss-ends") {
                self.cut_all();
            }
            return;
        }
        if !fault("broker-presence-forgotten") {
            let late = if fault("broker-places-anew") { LATER } else { 0 };
            for member in &self.members {
                let _ = broker.add(member.room, &member.name, member.place + late);
            }
        }
        self.renew();
    }

    /// Says that this server lives, and has the members of those that do not leave.
    fn renew(&mut self) {
        let Some(broker) = &mut self.broker else { return };
        if !(self.renewed && fault("broker-never-renewed")) {
            broker.renew(ping::every() * 2);
            self.renewed = true;
        }
        for member in broker.take_dead() {
            if !fault("broker-dead-untold") {
                self.tell(member.room, None, &json!({"type": "left", "name": member.name}), false);
            }
        }
    }

    /// A member is written down for all servers; its welcome comes when its joining has come back.
    pub fn join_all(&mut self, room: u64, name: &str, resumed: Option<bool>) {
        let (key, place) = (self.last, self.members.last().map_or(0, |member| member.place));
        let Some(broker) = &mut self.broker else { return };
        let _ = broker.add(room, name, place);
        let members = broker.members().unwrap_or_default();
        let names: Vec<&str> = members
            .iter()
            .filter(|member| member.room == room)
            .map(|member| member.name.as_str())
            .collect();
        let mut welcome = json!({"type": "welcome", "members": names});
        if let Some(resumed) = resumed {
            welcome["resumed"] = json!(resumed);
        }
        let joined = json!({"type": "joined", "name": name});
        let id = broker.id.clone();
        let sent = broker.publish(&json!({
            "room": room, "server": id, "key": key, "welcome": welcome, "event": joined,
        }));
        if sent.is_err() {
            // Nobody hears of it: the connection ends, and its client comes again.
            self.members.iter().filter(|member| member.key == key).for_each(Member::cut);
        }
    }

    /// Publishes an event; false where the broker is away.
    pub fn tell_all(&mut self, room: u64, except: Option<u64>, event: &Value, leak: bool) -> bool {
        let kind = event["type"].as_str().unwrap_or_default();
        let Some(broker) = &mut self.broker else { return false };
        let id = broker.id.clone();
        let sent = broker.publish(&json!({
            "room": room, "server": id, "except": except, "event": event, "leak": leak,
        }));
        let at_once = fault("broker-echo") || fault("broker-own-first");
        if sent.is_ok() && kind == "message" && at_once {
            self.deliver(room, except, event, leak);
        }
        sent.is_ok()
    }

    /// Hands on what came from the broker.
    fn receive(&mut self, published: &Value) {
        let (room, event) = (published["room"].as_u64().unwrap_or_default(), &published["event"]);
        let kind = event["type"].as_str().unwrap_or_default();
        let own = self.broker.as_ref().is_some_and(|broker| published["server"] == broker.id);
        let recent =
            |room| self.members.iter().any(|member| member.room == room && member.is_new());
        let lost = match kind {
            "message" if fault("broker-late") && !own && recent(room) => true,
            "message" => fault("broker-own-first") && own || fault("broker-messages-apart") && !own,
            "joined" => fault("broker-joined-apart") && !own,
            "left" => fault("broker-left-apart") && !own,
            _ => false,
        };
        if fault("broker-slow") && kind == "message" {
            sleep(Duration::from_secs(3));
        }
        let key = published["key"].as_u64().filter(|_| own);
        let except = key.or_else(|| published["except"].as_u64().filter(|_| own));
        if let Some(member) = self.members.iter_mut().find(|member| Some(member.key) == key) {
            member.is_in = true;
            member.outbox.open(Some(frame(published["welcome"].clone())));
        }
        let leak = published["leak"] == true || fault("broker-leaks") && kind == "message" && !own;
        if !lost {
            self.deliver(room, except, event, leak);
        }
        if fault("broker-left-twice") && kind == "left" {
            self.deliver(room, except, event, leak);
        }
    }
}
