//! The members of the rooms, and how all of them get the same events in the same order.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::{Mutex as AsyncMutex, mpsc};
use tokio_util::sync::CancellationToken;

use super::event::Event;
use crate::{database::Database, domain::message_store, error::Error};

/// How many events may wait for a member. One further behind is dropped, for they wait in memory.
const MAX_EVENTS_BEHIND: usize = 2000;

/// The rooms that somebody has joined since the start.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<i64, Arc<Room>>>>);

pub struct Room {
    id: i64,
    /// Held while a message is stored and sent, so that it is sent in the order of the history.
    turn: AsyncMutex<()>,
    /// In the order of joining. Events are sent under this lock, to all members or to none.
    seats: Mutex<Vec<Seat>>,
}

struct Seat {
    name: String,
    events: mpsc::Sender<Utf8Bytes>,
    dropped: CancellationToken,
}

/// Somebody in a room, who leaves when this is dropped.
pub struct Member {
    room: Arc<Room>,
    name: String,
    events: mpsc::Sender<Utf8Bytes>,
    dropped: CancellationToken,
}

impl Hub {
    pub fn room(&self, id: i64) -> Arc<Room> {
        let room = || {
            Arc::new(Room {
                id,
                turn: AsyncMutex::default(),
                seats: Mutex::default(),
            })
        };
        Arc::clone(lock(&self.0).entry(id).or_insert_with(room))
    }
}

impl Room {
    pub fn check_free(&self, name: &str) -> Result<(), Error> {
        is_free(&lock(&self.seats), name)
    }

    /// Returns the member, and the events for it.
    pub fn join(
        self: &Arc<Self>,
        name: String,
    ) -> Result<(Member, mpsc::Receiver<Utf8Bytes>), Error> {
        let (events, heard) = mpsc::channel(MAX_EVENTS_BEHIND);
        let dropped = CancellationToken::new();
        let mut seats = lock(&self.seats);
        is_free(&seats, &name)?;
        send(&mut seats, &Event::Joined { name: &name });
        seats.push(Seat {
            name: name.clone(),
            events: events.clone(),
            dropped: dropped.clone(),
        });
        let members = seats.iter().map(|seat| seat.name.as_str()).collect();
        // The queue is new, so it has space.
        let _ = events.try_send(Event::Welcome { members }.text());
        Ok((
            Member {
                room: Arc::clone(self),
                name,
                events,
                dropped,
            },
            heard,
        ))
    }
}

impl Member {
    /// Stores a message, then sends it to all members of the room.
    pub async fn say(&self, db: &Database, text: &str) -> Result<(), Error> {
        let _turn = self.room.turn.lock().await;
        let message = message_store::create(db, self.room.id, &self.name, text).await?;
        send(&mut lock(&self.room.seats), &Event::Message(&message));
        Ok(())
    }

    /// Sends an error to this member alone.
    pub fn refuse(&self, detail: &str) {
        if self
            .events
            .try_send(Event::Error { detail }.text())
            .is_err()
        {
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
        // By its queue: a member that was dropped has no seat, and its name may be taken again.
        let seat = seats
            .iter()
            .position(|seat| seat.events.same_channel(&self.events));
        if let Some(seat) = seat {
            seats.remove(seat);
            send(&mut seats, &Event::Left { name: &self.name });
        }
    }
}

/// Waits for nobody: a member that cannot keep up loses its seat.
fn send(seats: &mut Vec<Seat>, event: &Event) {
    let text = event.text();
    let late = seats.extract_if(.., |seat| seat.events.try_send(text.clone()).is_err());
    for seat in late.collect::<Vec<_>>() {
        seat.dropped.cancel();
        send(seats, &Event::Left { name: &seat.name });
    }
}

fn is_free(seats: &[Seat], name: &str) -> Result<(), Error> {
    if seats.iter().any(|seat| seat.name == name) {
        return Err(Error::NameInUse);
    }
    Ok(())
}

/// Nothing here stops half-way, so the value is sound even after a panic of another thread.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
