//! The steps of sockets: `connect`, `send`, `receive`, `silent`, `closed`, `socket`.

use super::answer::{Answer, Broken};
use super::difference::{Difference, quoted, short, visible};
use super::halt::Halt;
use super::matching::Place;
use super::model::{Conduct, Names, Step};
use super::refusal::Refusal;
use super::request::{Request, bytes};
use super::scene::{Scene, label};
use super::send::Sent;
use super::socket::{Incoming, Socket};
use super::value::{Values, plain};
use super::wire::Message;
use serde_json::Value;
use std::io;
use std::time::{Duration, Instant};

/// How long an upgrade, a message or an end may take where a step does not say.
const WITHIN: Duration = Duration::from_secs(5);
/// How often it is looked whether the run shall end.
const LOOK: Duration = Duration::from_millis(100);
/// So many characters of a message are told.
const TOLD: usize = 500;

impl Scene<'_> {
    pub(super) fn connect(
        &mut self,
        step: &Step,
        path: &str,
        values: &mut Values,
    ) -> Result<(), Halt> {
        let failed = |differences| Halt::failed(step, label(step), differences);
        for name in names(step) {
            let (request, opened) = self.upgrade(step, path, values)?;
            let label = label(step);
            let url = self.address.url();
            let outcome = match opened {
                Ok(socket) if step.expect.is_none() => {
                    self.sockets.insert(name, socket);
                    continue;
                }
                Ok(_) => {
                    let actual = "the server let the client in";
                    let difference = Difference::new("upgrade", "a refusal", actual);
                    return Err(failed(vec![difference]).of(&url, &request));
                }
                Err(refusal) => answered(refusal, step.within.map_or(WITHIN, |span| span.0)),
            };
            match (&outcome, &step.expect) {
                (Ok(answer), None) => {
                    let actual = format!("{} {}", answer.status, answer.reason);
                    let difference = Difference::new("upgrade", "101", actual.trim_end());
                    return Err(failed(vec![difference]).of(&url, &request).after(answer));
                }
                (Err(broken), None) => {
                    return Err(Halt::broken(step, label, broken).of(&url, &request));
                }
                (_, Some(expect)) => {
                    let sent = Sent { label, request, outcome };
                    if let Some(answer) = self.judge(step, Some(expect), &sent, values)? {
                        for (name, value) in self.captured(step, &sent, &answer, values)? {
                            values.set(&name, value);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Asks for a WebSocket: the request as it is told, and what came of it.
    fn upgrade(
        &self,
        step: &Step,
        path: &str,
        values: &Values,
    ) -> Result<(Request, Result<Socket, Refusal>), Halt> {
        let wrong = |difference| Halt::failed(step, label(step), vec![difference]);
        let mut request = self.upgrade_request(step, path, values).map_err(wrong)?;
        let url = format!("{}{}", self.address.url(), request.path);
        let within = step.within.map_or(WITHIN, |span| span.0);
        let opened = Socket::connect(&url, &request.headers, within, &self.budget);
        for (name, value) in [
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ] {
            request.add(name, value);
        }
        Ok((request, opened))
    }

    /// The request for an upgrade, without what makes it one.
    pub(super) fn upgrade_request(
        &self,
        step: &Step,
        path: &str,
        values: &Values,
    ) -> Result<Request, Difference> {
        let line = Step { request: Some(format!("GET {path}")), ..step.clone() };
        Request::of(&line, values, &self.jar(step))
    }

    /// Sends by each socket of a step.
    pub(super) fn say(&mut self, step: &Step, values: &Values) -> Result<(), Halt> {
        let wrong = |difference| Halt::failed(step, label(step), vec![difference]);
        let message = message(step, values).map_err(wrong)?;
        for name in names(step) {
            let error = match self.socket(step, &name)?.send(&message) {
                Ok(()) => continue,
                Err(error) => error,
            };
            let actual = match error.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                    "the server took nothing for five seconds".to_owned()
                }
                _ => format!("the connection is gone ({error})"),
            };
            let expected = "a server that takes the message";
            return Err(wrong(Difference::new(place(&name, "socket"), expected, actual)));
        }
        Ok(())
    }

    /// The next messages of each socket of a step are as wanted.
    pub(super) fn receive(
        &mut self,
        step: &Step,
        wanted: &[Value],
        values: &Values,
    ) -> Result<(), Halt> {
        let until = Instant::now() + step.within.map_or(WITHIN, |span| span.0);
        let all = wanted.len();
        for name in names(step) {
            let mut came = Vec::new();
            for (number, wanted) in (1..).zip(wanted) {
                let place = match all {
                    1 => place(&name, "message"),
                    _ => place(&name, &format!("message {number}")),
                };
                let incoming = self.next(step, &name, until)?;
                let mut found = Vec::new();
                let value = match &incoming {
                    // What is no JSON is a text.
                    Incoming::Text(text) => {
                        serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
                    }
                    other => {
                        let expected = expectation(wanted, values);
                        found.push(Difference::new(&place, expected, told(other)));
                        Value::Null
                    }
                };
                came.push(told(&incoming));
                if found.is_empty() {
                    let at = Place::new(&place, "nothing");
                    super::judge::compare(wanted, Some(&value), &at, values, &mut found);
                }
                if !found.is_empty() {
                    let mut halt = Halt::failed(step, label(step), found);
                    halt.failure.answer = Some(came.join("\n"));
                    return Err(halt);
                }
            }
        }
        Ok(())
    }

    /// Nothing comes to the sockets of a step for so long.
    pub(super) fn silent(&mut self, step: &Step, span: Duration) -> Result<(), Halt> {
        let until = Instant::now() + span;
        for name in names(step) {
            let incoming = self.next(step, &name, until)?;
            if incoming != Incoming::Nothing {
                let place = place(&name, "socket");
                let difference = Difference::new(place, "nothing", told(&incoming));
                return Err(Halt::failed(step, label(step), vec![difference]));
            }
        }
        Ok(())
    }

    /// The server ends the sockets of a step, whatever it says before.
    pub(super) fn closed(&mut self, step: &Step, codes: &[u16]) -> Result<(), Halt> {
        let until = Instant::now() + step.within.map_or(WITHIN, |span| span.0);
        let all: Vec<String> = codes.iter().map(u16::to_string).collect();
        let expected = match all.as_slice() {
            [] => "the server closes it".to_owned(),
            all => format!("the server closes it with {}", all.join(" or ")),
        };
        for name in names(step) {
            let actual = loop {
                match self.next(step, &name, until)? {
                    Incoming::Text(_) | Incoming::Binary(_) => {}
                    Incoming::Closed { code, how } => {
                        let good = codes.is_empty() || code.is_some_and(|one| codes.contains(&one));
                        break (!good).then_some(how);
                    }
                    Incoming::Nothing => break Some("it is still open".to_owned()),
                    Incoming::Broken(why) => break Some(why),
                }
            };
            if let Some(actual) = actual {
                let difference = Difference::new(place(&name, "socket"), expected, actual);
                return Err(Halt::failed(step, label(step), vec![difference]));
            }
        }
        Ok(())
    }

    /// What the sockets of a step do from now on.
    pub(super) fn conduct(&mut self, step: &Step, conduct: Conduct) -> Result<(), Halt> {
        for name in names(step) {
            let socket = self.socket(step, &name)?;
            match conduct {
                Conduct::Close => socket.close(),
                Conduct::Cut => socket.cut(),
                Conduct::Pause => socket.pause(),
                Conduct::Read => socket.read(),
                Conduct::Mute => socket.mute(),
            }
        }
        Ok(())
    }

    /// What comes next to a socket, until then.
    fn next(&self, step: &Step, name: &str, until: Instant) -> Result<Incoming, Halt> {
        let socket = self.socket(step, name)?;
        loop {
            if (self.stopped)() {
                return Err(Halt::stopped());
            }
            let left = until.saturating_duration_since(Instant::now());
            let incoming = socket.next(left.min(LOOK));
            if incoming != Incoming::Nothing || left.is_zero() {
                return Ok(incoming);
            }
        }
    }

    fn socket(&self, step: &Step, name: &str) -> Result<&Socket, Halt> {
        self.sockets.get(name).ok_or_else(|| {
            let expected = "a socket that was opened before";
            let difference = Difference::new(place(name, "socket"), expected, "no such socket");
            Halt::failed(step, label(step), vec![difference])
        })
    }
}

/// The names of a step's sockets.
fn names(step: &Step) -> Vec<String> {
    let none = || vec![String::new()];
    step.who.as_ref().map_or_else(none, |names| Names::all(names).to_vec())
}

fn place(name: &str, what: &str) -> String {
    if name.is_empty() { what.to_owned() } else { format!("{name}: {what}") }
}

fn message(step: &Step, values: &Values) -> Result<Message, Difference> {
    if let Some(json) = &step.send {
        return Ok(Message::Text(values.fill(json)?.to_string()));
    }
    if let Some(text) = &step.send_text {
        return Ok(Message::Text(plain(&values.fill(text)?)));
    }
    let digits =
        |digits: &Option<String>| bytes(digits.as_deref().unwrap_or_default()).unwrap_or_default();
    Ok(match &step.send_raw {
        Some(_) => Message::Raw(digits(&step.send_raw)),
        None => Message::Binary(digits(&step.send_binary)),
    })
}

/// A refusal as the answer that it is, or why there is none.
fn answered(refusal: Refusal, within: Duration) -> Result<Answer, Broken> {
    match refusal {
        Refusal::Answered { status, headers, body } => {
            Ok(Answer { status, headers, body, ..Answer::default() })
        }
        Refusal::TimedOut => Err(Broken::TimedOut(within.as_secs())),
        Refusal::Lost(_) => Err(Broken::Closed),
        Refusal::Broken(why) => Err(Broken::Garbled(why)),
        Refusal::Unsendable(why) => Err(Broken::Unsendable(why)),
    }
}

/// What is wanted, in words.
fn expectation(wanted: &Value, values: &Values) -> String {
    let words = values.matcher(wanted).map(|matcher| matcher.words());
    format!("a message: {}", words.unwrap_or_else(|_| "as the contract wants it".to_owned()))
}

/// What came, in words.
fn told(incoming: &Incoming) -> String {
    match incoming {
        Incoming::Text(text) => short(&visible(text, false), TOLD),
        Incoming::Binary(bytes) => {
            let start = quoted(&String::from_utf8_lossy(&bytes[..bytes.len().min(100)]));
            format!("a binary message of {} bytes: {start}", bytes.len())
        }
        Incoming::Closed { how, .. } => how.clone(),
        Incoming::Broken(why) => why.clone(),
        Incoming::Nothing => "nothing".to_owned(),
    }
}
