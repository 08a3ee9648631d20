//! The data: documents by table and id in memory, and a journal of every change on disk.

use super::clock;
use super::faults::{fault, param};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

/// That several write at once, for the fault `ids-race`.
pub static CROWDED: AtomicBool = AtomicBool::new(false);

#[derive(Default)]
struct Table {
    last: u64,
    rows: BTreeMap<u64, Value>,
}

pub struct Store {
    tables: BTreeMap<&'static str, Table>,
    journal: File,
    /// The changes since the last commit.
    batch: Vec<Value>,
    /// What a fault holds back from the disk until an orderly end.
    held: Vec<Value>,
    /// Where another process may write too: how much of the journal is read.
    shared: Option<Shared>,
}

/// A journal that several servers write.
struct Shared {
    lock: File,
    path: PathBuf,
    read: u64,
}

/// The tables of all projects: a journal names no others.
const TABLES: &[&str] = &[
    "tasks", "posts", "comments", "products", "carts", "orders", "keys", "rooms", "messages",
    "users", "sessions", "events", "exports", "receipts", "members", "outbox", "images",
];

impl Store {
    /// Reads back what an address like `data/app.db`, `file:x` or `sqlite:///x` keeps.
    ///
    /// # Errors
    /// The file cannot be created or read.
    pub fn open(address: &str, is_shared: bool) -> io::Result<Self> {
        let path = if fault("database-url-ignored") {
            std::env::temp_dir().join(format!("reference-{}", std::process::id()))
        } else {
            file_of(address)
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let lock = OpenOptions::new()
            .create(is_shared)
            .truncate(false)
            .write(true)
            .open(path.with_extension("lock"));
        let lock = if is_shared { Some(lock?) } else { None };
        if let Some(lock) = &lock {
            lock.lock()?;
        }
        let text = fs::read(&path).unwrap_or_default();
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let journal = OpenOptions::new().create(true).append(true).open(&path)?;
        // A line that a kill cut short was never answered for.
        journal.set_len(whole as u64)?;
        let shared = lock.map(|lock| Shared { lock, path, read: whole as u64 });
        let (batch, held) = (Vec::new(), Vec::new());
        let mut store = Self { tables: BTreeMap::new(), journal, batch, held, shared };
        for line in text[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let changes: Vec<Value> = serde_json::from_slice(line)?;
            changes.iter().for_each(|change| store.replay(change));
        }
        if fault("ids-anew") {
            store.tables.values_mut().for_each(|table| table.last = 0);
        }
        store.unlock();
        Ok(store)
    }

    /// Waits until no other server writes, and reads what others wrote since.
    pub fn lock(&mut self) {
        let Some(shared) = &mut self.shared else { return };
        shared.lock.lock().expect("a lock on the journal");
        if fault("broker-stores-apart") {
            return;
        }
        let mut text = Vec::new();
        let mut file = File::open(&shared.path).expect("the journal");
        file.seek(SeekFrom::Start(shared.read)).expect("a place in it");
        file.read_to_end(&mut text).expect("its end");
        shared.read += text.len() as u64;
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let changes: Vec<Value> = serde_json::from_slice(line).expect("a whole line");
            changes.iter().for_each(|change| self.replay(change));
        }
    }

    /// Lets other servers write.
    pub fn unlock(&mut self) {
        if let Some(shared) = &mut self.shared {
            let _ = shared.lock.unlock();
        }
    }

    fn replay(&mut self, change: &Value) {
        let name = change[0].as_str().unwrap_or_default();
        let Some(name) = TABLES.iter().find(|table| **table == name) else { return };
        let id = change[1].as_u64().unwrap_or_default();
        let table = self.tables.entry(name).or_default();
        table.last = table.last.max(id);
        if change[2].is_null() {
            table.rows.remove(&id);
        } else {
            table.rows.insert(id, change[2].clone());
        }
    }

    /// The next id of a table: it is never given again.
    pub fn next_id(&mut self, table: &'static str) -> u64 {
        let table = self.tables.entry(table).or_default();
        if CROWDED.load(Ordering::SeqCst) && table.last > 0 {
            return table.last;
        }
        if fault("ids-reused") {
            table.last = table.rows.keys().next_back().copied().unwrap_or(0);
        }
        table.last += 1;
        table.last
    }

    pub fn put(&mut self, name: &'static str, id: u64, row: &Value) {
        let is_durable = param("lost-on-kill") != Some(name)
            && !(fault("changes-lost-on-kill") && self.get(name, id).is_some());
        let change = json!([name, id, row]);
        self.replay(&change);
        if is_durable { &mut self.batch } else { &mut self.held }.push(change);
    }

    pub fn remove(&mut self, name: &'static str, id: u64) {
        let change = json!([name, id, null]);
        self.replay(&change);
        let is_durable = param("lost-on-kill") != Some(name) && !fault("deletes-lost-on-kill");
        if is_durable { &mut self.batch } else { &mut self.held }.push(change);
    }

    pub fn get(&self, table: &str, id: u64) -> Option<&Value> {
        self.tables.get(table)?.rows.get(&id)
    }

    pub fn rows(&self, table: &str) -> impl DoubleEndedIterator<Item = &Value> {
        self.tables.get(table).into_iter().flat_map(|table| table.rows.values())
    }

    pub fn find(&self, table: &str, member: &str, value: &str) -> Option<&Value> {
        self.rows(table).find(|row| row[member] == value)
    }

    /// The row with this value and its number in the table.
    pub fn row_of(&self, table: &str, member: &str, value: &str) -> Option<(u64, &Value)> {
        let rows = &self.tables.get(table)?.rows;
        rows.iter().find(|(_, row)| row[member] == value).map(|(number, row)| (*number, row))
    }

    /// Writes all changes since the last commit as a single line: all of them survive, or none.
    pub fn commit(&mut self) {
        if fault("lost-at-restart") {
            self.batch.clear();
            return;
        }
        if fault("lost-on-kill-all") {
            self.held.append(&mut self.batch);
        }
        if !self.batch.is_empty() {
            let line = format!("{}\n", Value::Array(std::mem::take(&mut self.batch)));
            self.journal.write_all(line.as_bytes()).expect("the journal takes a line");
            if let Some(shared) = &mut self.shared {
                shared.read += line.len() as u64;
            }
        }
    }

    /// An orderly end: nothing is held back any longer.
    pub fn close(&mut self) {
        if !self.held.is_empty() && !fault("lost-at-restart") {
            let line = format!("{}\n", Value::Array(std::mem::take(&mut self.held)));
            let _ = self.journal.write_all(line.as_bytes());
        }
    }
}

/// Writes a change field by field, each for others to see, under a fault.
pub fn in_pieces(
    store: &Mutex<Store>,
    table: &'static str,
    changed: &Value,
    sent: &Map<String, Value>,
) -> Value {
    let id = changed["id"].as_u64().unwrap_or_default();
    let mut row = changed.clone();
    let own = ["id", "slug", "created_at", "updated_at"];
    for name in sent.keys().filter(|name| !own.contains(&name.as_str())) {
        let Some(value) = changed.get(name) else { continue };
        let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
        row = store.get(table, id).cloned().unwrap_or(row);
        row[name] = value.clone();
        row["updated_at"] = json!(clock::now());
        store.put(table, id, &row);
        store.commit();
        drop(store);
        sleep(Duration::from_millis(1 + clock::micros().cast_unsigned() % 5));
    }
    row
}

fn file_of(address: &str) -> PathBuf {
    let path = address.split_once(':').filter(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let path = path.map_or(address, |(_, path)| path);
    // `//x` and `///x`: an authority that is empty, then the path.
    let path = if path.starts_with("///") { &path[2..] } else { path.trim_start_matches("//") };
    let path = path.split('?').next().unwrap_or(path);
    Path::new(path).to_path_buf()
}
