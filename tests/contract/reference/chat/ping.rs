//! chat: the sockets of all members together, pinged while the server runs and closed when it ends.

use super::api::{State, lock};
use crate::reference::faults::fault;
use crate::reference::server::setting;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::Message;
use tungstenite::protocol::frame::coding::CloseCode;

/// How often members are pinged.
pub fn every() -> Duration {
    let seconds = setting("PING_SECONDS", "15").parse().unwrap_or(15.0);
    let seconds = if fault("ping-seconds-ignored") { 15.0 } else { seconds };
    Duration::from_secs_f64(f64::max(seconds, 0.05))
}

/// Pings everybody, and drops who does not answer.
pub fn keep_pinging(state: &Arc<Mutex<State>>) {
    let every = every();
    let patience = match () {
        () if fault("silent-left-too-soon") => every / 2,
        () if fault("silent-left-too-late") => every * 4,
        () => every * 2,
    };
    let state = Arc::clone(state);
    thread::spawn(move || {
        loop {
            thread::sleep(every / 10);
            let mut state = lock(&state);
            for member in state.hub.members.iter_mut().filter(|member| member.stream.is_some()) {
                if member.last_ping.elapsed() >= every && !fault("no-pings") {
                    member.last_ping = Instant::now();
                    member.outbox.push_first(Message::Ping(Vec::new().into()));
                }
                if member.last_pong.elapsed() >= patience && !fault("silent-stays") {
                    member.cut();
                }
            }
        }
    });
}

/// Closes every socket, and waits briefly for the other sides.
pub fn part(state: &Mutex<State>) {
    if fault("broker-stop-untold") {
        lock(state).hub.broker = None;
    }
    for member in &lock(state).hub.members {
        member.outbox.end(CloseCode::Away);
    }
    let begin = Instant::now();
    while lock(state).hub.count() > 0 && begin.elapsed() < Duration::from_millis(1_500) {
        thread::sleep(Duration::from_millis(10));
    }
    // Those at other servers hear of who does not answer, too.
    lock(state).hub.leave_all();
}
