//! The log of a server: all of it is read, so that the server never blocks, and a part is stored.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How many of the first bytes are stored: how the server started.
const HEAD_BYTES: usize = 64 * 1024;
/// How many of the last bytes are stored: what the server did last.
const TAIL_BYTES: usize = 192 * 1024;
/// The maximum length of a printed line, in characters.
const MAX_LINE_CHARACTERS: usize = 500;

/// What a server has printed, both streams, in all its lives.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<StoredLog>>);

/// The stored ends of a log.
#[derive(Debug, Default)]
struct StoredLog {
    /// Streams that are not at their end.
    open: usize,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    left_out: bool,
    /// The number of bytes printed, stored or not.
    printed: u64,
}

impl Log {
    /// Reads `stream` to its end, in a thread of its own.
    pub fn follow(&self, mut stream: impl Read + Send + 'static) {
        let log = self.clone();
        log.lock().open += 1;
        thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            loop {
                match stream.read(&mut buffer) {
                    Ok(count) if count > 0 => log.lock().add(&buffer[..count]),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    _ => break,
                }
            }
            log.lock().open -= 1;
        });
    }

    /// Waits until all output of a server that has ended is read, for `limit` at most.
    pub fn complete(&self, limit: Duration) {
        let begun = Instant::now();
        while self.lock().open > 0 && begun.elapsed() < limit {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// What was printed so far; of a long text the beginning and the end, with a line between.
    #[must_use]
    pub fn text(&self) -> String {
        let stored = self.lock();
        let mut bytes = stored.head.clone();
        if stored.left_out {
            bytes.extend_from_slice(b"\n[...]\n");
        }
        bytes.extend(&stored.tail);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// How many bytes were printed so far: a mark for [`Self::since`].
    #[must_use]
    pub fn printed(&self) -> u64 {
        self.lock().printed
    }

    /// The stored part of the log after the first `mark` bytes, with a line for a gap.
    #[must_use]
    pub fn since(&self, mark: u64) -> String {
        let stored = self.lock();
        let mark = usize::try_from(mark).unwrap_or(usize::MAX);
        let mut bytes = stored.head.get(mark..).unwrap_or_default().to_vec();
        let tail_begins = usize::try_from(stored.printed).unwrap_or(usize::MAX) - stored.tail.len();
        if stored.left_out && mark < tail_begins {
            bytes.extend_from_slice(b"\n[...]\n");
        }
        bytes.extend(stored.tail.iter().skip(mark.saturating_sub(tail_begins)));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The last lines, each of at most 500 characters.
    #[must_use]
    pub fn last_lines(&self, count: usize) -> Vec<String> {
        let text = self.text();
        let mut last: Vec<String> = text.lines().rev().take(count).map(shortened).collect();
        last.reverse();
        last
    }

    fn lock(&self) -> MutexGuard<'_, StoredLog> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoredLog {
    fn add(&mut self, bytes: &[u8]) {
        self.printed += bytes.len() as u64;
        let (first, rest) = bytes.split_at(bytes.len().min(HEAD_BYTES - self.head.len()));
        self.head.extend_from_slice(first);
        let rest = &rest[rest.len().saturating_sub(TAIL_BYTES)..];
        let over = (self.tail.len() + rest.len()).saturating_sub(TAIL_BYTES);
        self.left_out |= over > 0 || first.len() + rest.len() < bytes.len();
        self.tail.drain(..over);
        self.tail.extend(rest);
    }
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(MAX_LINE_CHARACTERS) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_stored_whole() {
        let mut stored = StoredLog::default();
        stored.add(b"one\ntwo\n");
        stored.add(b"three");
        let log = Log(Arc::new(Mutex::new(stored)));
        assert_eq!(log.text(), "one\ntwo\nthree");
        assert_eq!(log.last_lines(2), ["two", "three"]);
        assert_eq!((log.printed(), log.since(4).as_str()), (13, "two\nthree"));
        assert_eq!((log.since(0), log.since(13).as_str()), (log.text(), ""));
    }

    #[test]
    fn of_a_long_text_the_ends_are_stored() {
        let mut stored = StoredLog::default();
        let line = format!("{}\n", "x".repeat(999));
        stored.add(b"begun\n");
        for _ in 0..5_000 {
            stored.add(line.as_bytes());
        }
        stored.add(&vec![b'y'; 1_000_000]);
        stored.add(b"\nlast");
        assert_eq!((stored.head.len(), stored.tail.len()), (HEAD_BYTES, TAIL_BYTES));
        let log = Log(Arc::new(Mutex::new(stored)));
        let text = log.text();
        assert!(text.starts_with("begun\n") && text.ends_with("\nlast"));
        assert!(text.contains("\n[...]\n"));
        assert_eq!(log.last_lines(2)[0].len(), MAX_LINE_CHARACTERS + 3);
        assert_eq!(log.since(0), text);
        assert_eq!(log.since(log.printed() - 4), "last");
        assert!(log.since(HEAD_BYTES as u64 + 9).starts_with("\n[...]\ny"));
    }
}
