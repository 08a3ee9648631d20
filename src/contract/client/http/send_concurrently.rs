//! Concurrent requests: all start at the same time, each on its own connection, opened before.

use super::exchange::Connection;
use super::limits::{CHECK_LIMITS, Limits};
use crate::contract::client::address::Address;
use crate::contract::client::request::Request;
use crate::contract::client::response::{ExchangeError, Response};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The stack of a thread, which sends one request and reads one response.
const STACK_BYTES: usize = 256 * 1024;
/// How much longer each request makes the timeout of all: a server may answer one after the other, and its machine be busy.
const TIMEOUT_PER_REQUEST: Duration = Duration::from_millis(100);
/// How many bytes are read of the bodies of all responses together.
const MAX_TOTAL_BODY_BYTES: usize = 32 * 1024 * 1024;

/// Sends all of `requests` at once. `watch` runs meanwhile on this thread, and is given the number of
/// exchanges that have ended, as it grows.
pub fn send_concurrently(
    address: &Address,
    requests: &[Request],
    watch: impl FnOnce(&AtomicUsize),
) -> Vec<Result<Response, ExchangeError>> {
    let gate = Gate::default();
    let ended = AtomicUsize::new(0);
    let (gate, ended) = (&gate, &ended);
    let max_body_bytes =
        CHECK_LIMITS.max_body_bytes.min(MAX_TOTAL_BODY_BYTES / requests.len().max(1));
    let turns = TIMEOUT_PER_REQUEST * u32::try_from(requests.len()).unwrap_or(u32::MAX);
    let limits = Limits {
        max_body_bytes,
        exchange_timeout: CHECK_LIMITS.exchange_timeout + turns,
        ..CHECK_LIMITS
    };
    let exchange = move |request: &Request| {
        let connection = Connection::open(address, limits);
        gate.wait();
        let response = connection.and_then(|connection| connection.exchange(request));
        ended.fetch_add(1, Ordering::SeqCst);
        response
    };
    thread::scope(|scope| {
        let threads: Vec<_> = requests
            .iter()
            .map(|request| {
                thread::Builder::new()
                    .stack_size(STACK_BYTES)
                    .spawn_scoped(scope, move || exchange(request))
            })
            .collect();
        gate.open(threads.iter().filter(|thread| thread.is_ok()).count());
        watch(ended);
        let broken = |why: &str| Err(ExchangeError::Unsendable(why.to_owned()));
        let join = |thread: std::io::Result<thread::ScopedJoinHandle<'_, _>>| match thread {
            Ok(thread) => thread.join().unwrap_or_else(|_| broken("the request was not sent")),
            Err(error) => {
                Err(ExchangeError::OwnLimit(format!("no thread can be started: {error}")))
            }
        };
        threads.into_iter().map(join).collect()
    })
}

/// Opens once every thread that could be started waits at it. A barrier would need their number before the first starts.
#[derive(Default)]
struct Gate {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

/// The threads at the gate.
#[derive(Default)]
struct Waiting {
    number: usize,
    /// How many are waited for, once it is known.
    awaited: Option<usize>,
}

impl Gate {
    /// Waits until all other threads wait here too.
    fn wait(&self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.number += 1;
        self.changed.notify_all();
        while waiting.awaited.is_none_or(|awaited| waiting.number < awaited) {
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Says how many are waited for.
    fn open(&self, awaited: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.awaited = Some(awaited);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_opens_for_those_who_came_though_fewer_began_than_were_meant() {
        let gate = Gate::default();
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| gate.wait());
            }
            gate.open(3);
        });
        assert_eq!(gate.waiting.lock().expect("a lock").number, 3);
    }
}
