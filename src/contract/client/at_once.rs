//! Requests that all begin at the same moment, each on a connection of its own that is open already.

use super::address::Address;
use super::http::{Connection, LONGEST_BODY};
use super::request::Request;
use super::response::{ExchangeError, Response};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Each thread sends one request and reads one answer.
const STACK: usize = 256 * 1024;
/// No more is read of the bodies of all answers together.
const ALL_BODIES: usize = 32 * 1024 * 1024;

/// Sends all of `requests` at once. `watch` runs meanwhile on this thread, and is given the number of
/// exchanges that have ended, as it grows.
pub fn at_once(
    address: &Address,
    requests: &[Request],
    watch: impl FnOnce(&AtomicUsize),
) -> Vec<Result<Response, ExchangeError>> {
    let barrier = Barrier::new(requests.len());
    let ended = AtomicUsize::new(0);
    let (barrier, ended) = (&barrier, &ended);
    let longest = LONGEST_BODY.min(ALL_BODIES / requests.len().max(1));
    let one = move |request: &Request| {
        let connection = Connection::open(address);
        barrier.wait();
        let answer =
            connection.and_then(|connection| connection.reading(longest).exchange(request));
        ended.fetch_add(1, Ordering::SeqCst);
        answer
    };
    thread::scope(|scope| {
        let threads: Vec<_> = requests
            .iter()
            .map(|request| {
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || one(request))
            })
            .collect();
        let missing = threads.iter().filter(|thread| thread.is_err()).count();
        // Nobody waits for a thread that could not begin.
        let stand_ins: Vec<_> = (0..missing).map(|_| scope.spawn(|| barrier.wait())).collect();
        watch(ended);
        drop(stand_ins);
        let broken = |why: &str| Err(ExchangeError::Unsendable(why.to_owned()));
        let join = |thread: std::io::Result<thread::ScopedJoinHandle<'_, _>>| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|_| broken("the request was not sent")),
            Err(error) => broken(&format!("no thread could be started for it: {error}")),
        };
        threads.into_iter().map(join).collect()
    })
}
