//! The server around a project: connections, the orderly end, and what every answer bears.

use super::faults::{fault, param};
use super::learner;
use super::pages::Site;
use super::protocol::distort::distort;
use super::protocol::http::{Body, Request, Response};
use super::protocol::problem::problem;
use super::protocol::wire::{self, Reader, Refusal};
use super::store;
use super::vacuous::emptied;
use serde_json::Value;
use signal_hook::consts::{SIGINT, SIGTERM};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// One of the four, as its answers.
pub trait Project: Send + Sync {
    fn answer(&self, request: &Request) -> Response;

    /// What is shown for a refusal outside `/api`.
    fn error_page(&self, status: u16) -> Response {
        let reason = wire::reason(status);
        Response::html(status, format!("<!doctype html><title>{reason}</title><h1>{reason}</h1>"))
    }

    /// Whether all that it needs beside its database answers.
    fn is_well(&self) -> bool {
        true
    }

    /// Says good-bye to those who stay connected.
    fn part(&self) {}

    /// Closes the store in order.
    fn close(&self);
}

pub struct Server {
    project: Box<dyn Project>,
    site: Site,
    active: AtomicUsize,
    writers: AtomicUsize,
    stopping: AtomicBool,
    /// Lists as they were answered, by address, for the fault that answers from copies.
    copies: Mutex<BTreeMap<String, (Instant, Value)>>,
}

/// A setting from the environment, or else from a `.env` in the current directory.
pub fn setting(name: &str, default: &str) -> String {
    let set = std::env::var(name).ok().filter(|value| !value.is_empty());
    let stored = || {
        let file = std::fs::read_to_string(".env").ok()?;
        let mut lines = file.lines().filter_map(|line| line.trim().split_once('='));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    set.or_else(stored).unwrap_or_else(|| default.to_owned())
}

/// Serves until SIGTERM or SIGINT.
pub fn serve(project: Box<dyn Project>, site: Site) -> std::io::Result<ExitCode> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        if fault("ignores-sigterm") && signal == SIGTERM {
            signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)))?;
        } else {
            signal_hook::flag::register(signal, Arc::clone(&stop))?;
        }
    }
    let host = setting("HOST", "127.0.0.1");
    let host = if fault("host-ignored") { "0.0.0.0".to_owned() } else { host };
    let port = setting("PORT", "8000");
    let listener = TcpListener::bind(format!("{host}:{port}"))?;
    let mut address = listener.local_addr()?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let server = Arc::new(Server {
        project,
        site,
        active: AtomicUsize::new(0),
        writers: AtomicUsize::new(0),
        stopping: AtomicBool::new(false),
        copies: Mutex::default(),
    });
    let accepting = Arc::clone(&server);
    let acceptor = thread::spawn(move || accept(&accepting, &listener));
    let loud = matches!(setting("LOG_LEVEL", "info").as_str(), "info" | "debug" | "trace");
    if loud && !fault("no-start-line") {
        let _ = writeln!(std::io::stderr(), "listening on http://{address}");
    }
    while !stop.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(10));
    }
    if !fault("accepts-at-stop") {
        server.stopping.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which then drops the listener.
        let _ = TcpStream::connect(address);
        let _ = acceptor.join();
    }
    server.project.part();
    server.finish_requests();
    server.project.close();
    if fault("slow-stop") {
        thread::sleep(Duration::from_secs(8));
    }
    Ok(if fault("stop-status") { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn accept(server: &Arc<Server>, listener: &TcpListener) {
    while !server.stopping.load(Ordering::SeqCst) {
        let Ok((stream, _)) = listener.accept() else { continue };
        let server = Arc::clone(server);
        thread::spawn(move || server.connection(stream));
    }
}

/// The only worker, for the fault that has one.
static WORKER: Mutex<()> = Mutex::new(());

/// Counts for as long as it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::SeqCst);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Server {
    /// Waits for requests under way, for three seconds at most.
    fn finish_requests(&self) {
        if fault("requests-cut-at-stop") {
            return;
        }
        let least = if fault("accepts-at-stop") { 1_500 } else { 50 };
        thread::sleep(Duration::from_millis(least));
        let begin = Instant::now();
        let patience = Duration::from_secs(if fault("stop-waits") { 60 } else { 3 });
        while self.active.load(Ordering::SeqCst) > 0 && begin.elapsed() < patience {
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn connection(&self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
        let Ok(copy) = stream.try_clone() else { return };
        let mut reader = Reader::new(copy);
        while wire::waits(&mut reader) {
            let counted = Counted::new(&self.active);
            // Holds the one worker until the request is whole.
            let worker = fault("slow-client-blocks").then(|| WORKER.lock());
            let (mut answer, head, last) = match wire::read(&mut reader) {
                Ok(request) => {
                    let asked = request.header("connection").unwrap_or_default();
                    let last = asked.eq_ignore_ascii_case("close");
                    (self.answered(&request), request.method == "HEAD", last)
                }
                Err(Refusal::Gone) => return,
                Err(Refusal::Broken(status)) => {
                    let request = nothing_asked();
                    (
                        self.finished(&request, problem(status, "The request cannot be read.")),
                        false,
                        true,
                    )
                }
                Err(Refusal::TooLarge(request)) => (self.too_large(&request), false, true),
            };
            drop(worker);
            if let Some(switch) = answer.switch.take() {
                if wire::write(&mut stream, &answer, true, false).is_ok() {
                    drop(counted);
                    let ahead = reader.buffer().to_vec();
                    switch(stream, ahead);
                }
                return;
            }
            let close = last || self.stopping.load(Ordering::SeqCst);
            if wire::write(&mut stream, &answer, head, close).is_err() {
                return;
            }
            if close {
                drop(counted);
                wire::linger(&mut reader);
                return;
            }
        }
    }

    fn too_large(&self, request: &Request) -> Response {
        let status = if fault("large-body-500") { 500 } else { 413 };
        let answer = if request.is_api() {
            problem(status, "The body is larger than 1 MiB.")
        } else {
            self.project.error_page(status)
        };
        self.finished(request, answer)
    }

    fn answered(&self, request: &Request) -> Response {
        let writes = !matches!(request.method.as_str(), "GET" | "HEAD");
        let counted = writes.then(|| Counted::new(&self.writers));
        if writes && (fault("writers-collide") || fault("ids-race")) {
            thread::sleep(Duration::from_millis(30));
            let crowded = self.writers.load(Ordering::SeqCst) > 1;
            if crowded && fault("writers-collide") {
                return self.finished(request, problem(500, "The database is locked."));
            }
            store::CROWDED.store(crowded, Ordering::SeqCst);
        }
        let answer = match learner::is_missing(&request.path) {
            _ if request.path == "/healthz" && !self.project.is_well() => {
                problem(503, "The broker does not answer.")
            }
            true => problem(404, "There is nothing at this address."),
            false => self.site.answer(request).unwrap_or_else(|| self.project.answer(request)),
        };
        let answer = if fault("stale-lists") { self.copied(request, answer) } else { answer };
        // Problems are for programs; outside `/api` a person reads.
        let refused = answer.status >= 400 && matches!(answer.body, Body::Json(_));
        let machine = request.is_api() || matches!(request.path.as_str(), "/healthz" | "/graphql");
        let answer = if refused && !machine {
            let page = self.project.error_page(answer.status);
            Response { headers: answer.headers, ..page }
        } else {
            answer
        };
        drop(counted);
        self.finished(request, answer)
    }

    /// A list as it was up to a second ago, if it was asked for then.
    fn copied(&self, request: &Request, answer: Response) -> Response {
        let Body::Json(body) = &answer.body else { return answer };
        if request.method != "GET" || body.get("items").is_none() {
            return answer;
        }
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        let address = format!("{} {:?}", request.path, request.query);
        match copies.get(&address) {
            Some((at, copy)) if at.elapsed() < Duration::from_secs(1) => {
                Response::json(answer.status, copy.clone())
            }
            _ => {
                copies.insert(address, (Instant::now(), body.clone()));
                answer
            }
        }
    }

    /// The headers of every answer, and what a fault does to all of a kind.
    fn finished(&self, request: &Request, answer: Response) -> Response {
        let mut answer = emptied(request, distort(request, answer));
        let page = answer.media_type.starts_with("text/html");
        let bare = fault("no-nosniff")
            || fault("no-nosniff-on-errors") && answer.status >= 400
            || fault("no-nosniff-on-pages") && page
            || fault("no-nosniff-on-empty") && answer.status == 204
            || fault("no-nosniff-on-images") && request.path.starts_with("/images/")
            || fault("no-nosniff-on-files") && request.path.starts_with("/static/");
        if !bare {
            answer = answer.with("X-Content-Type-Options", "nosniff");
        }
        if page && !fault("no-policy") && !(fault("no-policy-on-errors") && answer.status >= 400) {
            let more = param("policy").map(|word| format!(" '{word}'")).unwrap_or_default();
            let policy = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
            let scripts = match () {
                () if fault("policy-of-frames") => "img-src 'self'",
                () if fault("policy-of-all") => "default-src *",
                () => "default-src 'self'",
            };
            answer = answer.with("Content-Security-Policy", format!("{scripts}{more}; {policy}"));
        }
        answer
    }
}

fn nothing_asked() -> Request {
    let (method, path) = ("GET".to_owned(), "/api".to_owned());
    Request { method, path, query: Vec::new(), headers: Vec::new(), body: Vec::new() }
}
