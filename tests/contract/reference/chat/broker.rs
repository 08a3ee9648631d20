//! chat, milestone `scale-out`: what goes through Redis, and who is a member at which server.
//!
//! All that a room is told is published on one channel, under the lock that servers share with the database, and reaches
//! clients by the subscription alone: so all have one order.

use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::server::setting;
use redis::{Client, Cmd, Connection, FromRedisValue, cmd};
use serde_json::{Value, json};
use std::time::Duration;

/// The channel of all rooms, and the hash of all members.
const CHANNEL: &str = "chat";
const MEMBERS: &str = "members";
/// How long an answer of Redis is waited for.
const ANSWER: Duration = Duration::from_secs(2);

/// Redis does not answer.
pub struct Away;

/// A member at any server, as it stands in Redis.
pub struct Listed {
    pub room: u64,
    pub name: String,
    server: String,
    /// The time of joining, by which members are in order.
    place: i64,
}

pub struct Broker {
    client: Client,
    /// Nothing while Redis is away.
    commands: Option<Connection>,
    /// The subscription is open.
    subscribed: bool,
    /// Which server this is.
    pub id: String,
}

/// The address of the broker, if the server is to have one.
pub fn address() -> Option<String> {
    let address = setting("REDIS_URL", "");
    (learner::has("scale-out") && !address.is_empty() && !fault("broker-ignored"))
        .then_some(address)
}

impl Broker {
    /// A broker that is not connected yet; nothing if there is to be none.
    pub fn new() -> Option<Self> {
        let client = Client::open(address()?).expect("REDIS_URL is the address of a Redis server");
        if fault("broker-needed-at-start") {
            client.get_connection_with_timeout(ANSWER).expect("a broker that answers");
        }
        let id = format!("{}-{}", std::process::id(), clock::micros());
        Some(Self { client, commands: None, subscribed: false, id })
    }

    /// Opens a connection of its own for the subscription.
    pub fn subscription(client: &Client) -> Option<Connection> {
        client.get_connection_with_timeout(ANSWER).ok()
    }

    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Listens to what is published on a connection, until it ends. `subscribed` is called once nothing is missed any more.
    pub fn listen(
        connection: &mut Connection,
        subscribed: impl FnOnce(),
        mut deliver: impl FnMut(&Value),
    ) {
        let mut subscription = connection.as_pubsub();
        if subscription.subscribe(CHANNEL).is_err() {
            return;
        }
        subscribed();
        while let Ok(message) = subscription.get_message() {
            if let Ok(published) = serde_json::from_slice(message.get_payload_bytes()) {
                deliver(&published);
            }
        }
    }

    /// The subscription has begun, or has ended.
    pub fn set_subscribed(&mut self, subscribed: bool) {
        self.subscribed = subscribed;
        if !subscribed {
            self.commands = None;
        }
    }

    /// Whether what is published reaches the members of all servers.
    pub fn is_up(&mut self) -> bool {
        self.subscribed && self.ask::<String>(&cmd("PING")).is_ok()
    }

    fn ask<T: FromRedisValue>(&mut self, command: &Cmd) -> Result<T, Away> {
        if self.commands.is_none() {
            let connection = self.client.get_connection_with_timeout(ANSWER).map_err(|_| Away)?;
            let _ = connection.set_read_timeout(Some(ANSWER));
            let _ = connection.set_write_timeout(Some(ANSWER));
            self.commands = Some(connection);
        }
        let connection = self.commands.as_mut().ok_or(Away)?;
        command.query(connection).map_err(|_| {
            self.commands = None;
            Away
        })
    }

    /// # Errors
    /// It reaches nobody.
    pub fn publish(&mut self, published: &Value) -> Result<(), Away> {
        if !self.subscribed {
            return Err(Away);
        }
        self.ask(cmd("PUBLISH").arg(CHANNEL).arg(published.to_string()))
    }

    /// The members of all rooms at all servers, in the order of joining.
    pub fn members(&mut self) -> Result<Vec<Listed>, Away> {
        let rows: Vec<String> = self.ask(cmd("HVALS").arg(MEMBERS))?;
        let listed = |row: &String| {
            let row: Value = serde_json::from_str(row).ok()?;
            Some(Listed {
                room: row["room"].as_u64()?,
                name: row["name"].as_str()?.to_owned(),
                server: row["server"].as_str()?.to_owned(),
                place: row["place"].as_i64()?,
            })
        };
        let mut members: Vec<Listed> = rows.iter().filter_map(listed).collect();
        if fault("broker-presence-apart") {
            members.retain(|member| member.server == self.id);
        }
        let own_first = fault("broker-own-members-first");
        members.sort_by_key(|member| (own_first && member.server != self.id, member.place));
        Ok(members)
    }

    /// Writes down a member of this server.
    pub fn add(&mut self, room: u64, name: &str, place: i64) -> Result<(), Away> {
        let row = json!({"room": room, "name": name, "server": self.id, "place": place});
        self.ask(cmd("HSET").arg(MEMBERS).arg(format!("{room}/{name}")).arg(row.to_string()))
    }

    pub fn remove(&mut self, room: u64, name: &str) -> Result<(), Away> {
        if fault("broker-members-stay") {
            return Ok(());
        }
        self.ask(cmd("HDEL").arg(MEMBERS).arg(format!("{room}/{name}")))
    }

    /// Says that this server lives, for so long.
    pub fn renew(&mut self, lives: Duration) {
        let milliseconds = u64::try_from(lives.as_millis()).unwrap_or(u64::MAX);
        let _ = self.ask::<()>(
            cmd("SET").arg(format!("server/{}", self.id)).arg(1).arg("PX").arg(milliseconds),
        );
    }

    /// The members of servers that have not been heard of for too long. They are members no more.
    pub fn take_dead(&mut self) -> Vec<Listed> {
        if fault("broker-dead-stay") {
            return Vec::new();
        }
        let own = self.id.clone();
        let mut dead = self.members().unwrap_or_default();
        dead.retain(|member| {
            let key = format!("server/{}", member.server);
            member.server != own
                && self.ask::<bool>(cmd("EXISTS").arg(key)).is_ok_and(|lives| !lives)
        });
        for member in &dead {
            let _ = self.remove(member.room, &member.name);
        }
        dead
    }
}
