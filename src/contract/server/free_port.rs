//! Ports of this machine that nobody has.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// A port that nobody has, below those that systems hand out for outgoing connections: else one of
/// these might take it while the server starts again.
pub fn free_port() -> io::Result<u16> {
    for turn in 0..50_u64 {
        let random = RandomState::new().hash_one(turn) % 12_000;
        let port = 20_000 + u16::try_from(random).unwrap_or_default();
        if is_free(port) {
            return Ok(port);
        }
    }
    Ok(TcpListener::bind(address(0))?.local_addr()?.port())
}

/// Whether a server could listen on `port` now.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(address(port)).is_ok()
}

/// The address of a port of this machine.
pub fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
