//! Who is in which room, and how everybody there hears the same in the same order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio_util::sync::CancellationToken;

use super::event::Event;
use crate::{database::Database, domain::message_store, error::Error};

/// How far a member may be behind the others. Who is further behind is dropped, for what waits for
/// them is kept in memory.
const MOST_EVENTS_BEHIND: usize = 2000;

/// The rooms into which somebody came since the start.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<i64, Arc<Room>>>>);

pub struct Room {
    id: i64,
    /// Held while a message is stored and told: so it is told in the order of the history.
    turn: AsyncMutex<()>,
    /// In the order of joining. Whatever happens is told under this lock, to all or none.
    seats: Mutex<Vec<Seat>>,
}

struct Seat {
    name: String,
    events: mpsc::Sender<Utf8Bytes>,
    dropped: CancellationToken,
}

/// Somebody in a room; dropping it is leaving.
pub struct Member {
    room: Arc<Room>,
    name: String,
    events: mpsc::Sender<Utf8Bytes>,
    dropped: CancellationToken,
}

impl Hub {
    pub fn room(&self, id: i64) -> Arc<Room> {
        let room = || Arc::new(Room { id, turn: AsyncMutex::default(), seats: Mutex::default() });
        Arc::clone(lock(&self.0).entry(id).or_insert_with(room))
    }
}

impl Room {
    pub fn check_free(&self, name: &str) -> Result<(), Error> {
        is_free(&lock(&self.seats), name)
    }

    /// The member, and what it is to hear.
    pub fn join(
        self: &Arc<Self>,
        name: String,
    ) -> Result<(Member, mpsc::Receiver<Utf8Bytes>), Error> {
        let (events, heard) = mpsc::channel(MOST_EVENTS_BEHIND);
        let dropped = CancellationToken::new();
        let mut seats = lock(&self.seats);
        is_free(&seats, &name)?;
        tell(&mut seats, &Event::Joined { name: &name });
        seats.push(Seat { name: name.clone(), events: events.clone(), dropped: dropped.clone() });
        let members = seats.iter().map(|seat| seat.name.as_str()).collect();
        // The queue is new: there is room in it.
        let _ = events.try_send(Event::Welcome { members }.text());
        Ok((Member { room: Arc::clone(self), name, events, dropped }, heard))
    }
}

impl Member {
    /// Stores a message, then tells it to all in the room.
    pub async fn say(&self, db: &Database, text: &str) -> Result<(), Error> {
        let _turn = self.room.turn.lock().await;
        let message = message_store::create(db, self.room.id, &self.name, text).await?;
        tell(&mut lock(&self.room.seats), &Event::Message(&message));
        Ok(())
    }

    /// Tells this member alone what it did wrong.
    pub fn refuse(&self, detail: &str) {
        if self.events.try_send(Event::Error { detail }.text()).is_err() {
            self.dropped.cancel();
        }
    }

    /// Waits until the member is too far behind.
    pub async fn dropped(&self) {
        self.dropped.cancelled().await;
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let mut seats = lock(&self.room.seats);
        // By its queue: who was dropped has no seat, and the name may be somebody else's now.
        let seat = seats.iter().position(|seat| seat.events.same_channel(&self.events));
        if let Some(seat) = seat {
            seats.remove(seat);
            tell(&mut seats, &Event::Left { name: &self.name });
        }
    }
}

/// Waits for nobody: who cannot keep up loses the seat.
fn tell(seats: &mut Vec<Seat>, event: &Event) {
    let text = event.text();
    let late = seats.extract_if(.., |seat| seat.events.try_send(text.clone()).is_err());
    for seat in late.collect::<Vec<_>>() {
        seat.dropped.cancel();
        tell(seats, &Event::Left { name: &seat.name });
    }
}

fn is_free(seats: &[Seat], name: &str) -> Result<(), Error> {
    if seats.iter().any(|seat| seat.name == name) {
        return Err(Error::Conflict("somebody in this room has this name already"));
    }
    Ok(())
}

/// Nothing here stops half-way, so a lock is sound even after a panic elsewhere.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
