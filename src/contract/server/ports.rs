//! The ports on which the processes of a server listen, read from `/proc/net` where that exists.

use crate::contract::client::{Health, check_health};
use std::collections::HashSet;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

/// The minimum time between two looks at the listening ports.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// A server that answers on another port for so long will not come to the right one.
const SETTLE_TIME: Duration = Duration::from_secs(2);
/// The state of a socket that listens, in `/proc/net/tcp`.
const LISTEN_STATE: &str = "0A";

/// Notices a server that answers on another port than the one it was given.
#[derive(Debug)]
pub struct OtherPortDetector {
    given: u16,
    asked: Instant,
    /// The other port, and since when it is known.
    seen: Option<(u16, Instant)>,
}

impl OtherPortDetector {
    /// For a server that was given the port `given`.
    #[must_use]
    pub fn new(given: u16) -> Self {
        Self { given, asked: Instant::now(), seen: None }
    }

    /// The other port, once the processes named by `members` have answered HTTP there for two
    /// seconds, and nowhere on the given port.
    pub fn port(&mut self, members: impl FnOnce() -> HashSet<u32>) -> Option<u16> {
        if self.asked.elapsed() < POLL_INTERVAL {
            return None;
        }
        let ports = listening(&members());
        let answers = |port: &u16| {
            check_health(SocketAddr::from((Ipv4Addr::LOCALHOST, *port))) != Health::Unreachable
        };
        let other = match ports.contains(&self.given) {
            true => None,
            false => ports.into_iter().find(answers),
        };
        self.asked = Instant::now();
        self.seen = match (other, self.seen) {
            (Some(port), Some((known, since))) if port == known => Some((port, since)),
            (Some(port), _) => Some((port, Instant::now())),
            (None, _) => None,
        };
        self.seen.filter(|(_, since)| since.elapsed() >= SETTLE_TIME).map(|(port, _)| port)
    }
}

/// The TCP ports on which these processes listen, in ascending order.
#[must_use]
pub fn listening(pids: &HashSet<u32>) -> Vec<u16> {
    let sockets: HashSet<String> = pids.iter().flat_map(|pid| sockets(*pid)).collect();
    let mut ports = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let table = fs::read_to_string(table).unwrap_or_default();
        ports.extend(table.lines().filter_map(|line| port_of(line, &sockets)));
    }
    ports.sort_unstable();
    ports.dedup();
    ports
}

/// Whether one of these processes listens on `port`; also true where the system does not say.
#[must_use]
pub fn may_listen(pids: &HashSet<u32>, port: u16) -> bool {
    !Path::new("/proc/net/tcp").exists() || listening(pids).contains(&port)
}

/// The inodes of the sockets that a process has open.
fn sockets(pid: u32) -> Vec<String> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
    let links = entries.flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
    let inode = |link: std::path::PathBuf| {
        let inode = link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?;
        Some(inode.to_owned())
    };
    links.filter_map(inode).collect()
}

/// The port of a line of `/proc/net/tcp`, if one of `sockets` listens on it.
fn port_of(line: &str, sockets: &HashSet<String>) -> Option<u16> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    let (local, state, inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
    if *state != LISTEN_STATE || !sockets.contains(*inode) {
        return None;
    }
    u16::from_str_radix(local.rsplit_once(':')?.1, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listening_socket_is_read_from_its_line() {
        let line = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0";
        assert_eq!(port_of(line, &HashSet::from(["4711".to_owned()])), Some(8080));
        assert_eq!(port_of(line, &HashSet::from(["4712".to_owned()])), None);
        let connected = line.replace(" 0A ", " 01 ");
        assert_eq!(port_of(&connected, &HashSet::from(["4711".to_owned()])), None);
        assert_eq!(port_of("  sl  local_address rem_address   st", &HashSet::new()), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn our_own_listening_port_is_seen() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        assert!(listening(&HashSet::from([std::process::id()])).contains(&port));
        assert!(may_listen(&HashSet::from([std::process::id()]), port));
        assert!(!may_listen(&HashSet::new(), port));
    }
}
