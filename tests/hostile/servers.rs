//! What a server process may do to us.

use crate::actor::cast;
use roadmap::contract::format::Signal;
use roadmap::contract::server::{ManagedServer, Server, StartError};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Generous: the machine may be busy.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_server_that_exits_at_once_is_reported_at_once() {
    let cast = cast("dies");
    let begun = Instant::now();
    let error = Server::start(cast.launch.clone()).expect_err("it died");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(error.to_string(), "the server ended before it answered (exit status 3)");
    assert!(error.log().iter().any(|line| line == "no such table: notes"));
    cast.nobody_is_left(1);
}

#[test]
fn a_server_that_cannot_be_run_is_named() {
    let mut launch = cast("serves").launch;
    launch.run = vec!["no-such-program-here".to_owned()];
    let error = Server::start(launch).expect_err("it is not there");
    assert!(error.to_string().starts_with("`no-such-program-here` could not be run"), "{error}");
}

#[test]
fn a_server_that_never_answers_times_out() {
    for role in ["never answers", "takes and says nothing"] {
        let cast = cast(role);
        let begun = Instant::now();
        let error = Server::start_within(cast.launch.clone(), Duration::from_secs(1));
        let error = error.expect_err("it is silent");
        assert!(matches!(error, StartError::Silent { .. }), "{error}");
        assert!(begun.elapsed() < SOON);
        cast.nobody_is_left(1);
    }
}

#[test]
fn a_server_that_answers_unhealthy_is_started() {
    let cast = cast("is unwell");
    let server = Server::start(cast.launch.clone()).expect("it answers");
    assert!(!server.is_healthy());
    drop(server);
    cast.nobody_is_left(1);
}

#[test]
fn a_start_ends_when_the_run_does() {
    let cast = cast("never answers");
    cast.launch.stop.store(true, Ordering::Relaxed);
    let error = Server::start(cast.launch.clone()).expect_err("it was to end");
    assert!(matches!(error, StartError::Interrupted));
}

#[test]
fn a_server_that_prints_100_mb_costs_little_and_never_blocks() {
    let cast = cast("prints 100 MB");
    let mut server = Server::start(cast.launch.clone()).expect("it starts");
    let log = server.log();
    assert!(log.len() < 300 * 1024, "{} bytes are kept", log.len());
    assert!(log.contains("first line") && server.last_lines(1) == ["last line"]);
    server.end(Signal::Kill, &mut || {});
    cast.nobody_is_left(1);
}

#[test]
fn escapes_in_a_log_are_recorded_as_they_are() {
    let cast = cast("prints escapes");
    let server = Server::start(cast.launch.clone()).expect("it starts");
    assert_eq!(server.last_lines(1), ["\u{1b}[2J\u{1b}]0;title\u{7}done"]);
}

#[test]
fn a_server_that_ignores_sigterm_is_killed_after_five_seconds() {
    let cast = cast("ignores SIGTERM");
    let mut server = Server::start(cast.launch.clone()).expect("it starts");
    let ended = server.end(Signal::Term, &mut || {});
    assert!(ended.forced);
    assert_eq!((ended.code, ended.signal), (None, Some(9)));
    assert!(ended.duration >= Duration::from_secs(5) && ended.duration < SOON);
    cast.nobody_is_left(1);
}

#[test]
fn the_exit_of_a_server_is_described() {
    for (role, code, signal) in [
        ("serves", None, Some(15)),
        ("ends well", Some(0), None),
        ("fails once told to end", Some(1), None),
    ] {
        let cast = cast(role);
        let mut server = Server::start(cast.launch.clone()).expect("it starts");
        let mut meanwhile = 0;
        let ended = server.end(Signal::Term, &mut || meanwhile += 1);
        assert_eq!((ended.code, ended.signal, ended.forced, meanwhile), (code, signal, false, 1));
        assert!(ended.duration < Duration::from_secs(5));
        cast.nobody_is_left(1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_family_is_ended_to_its_last_child() {
    for by in [Signal::Term, Signal::Kill] {
        let cast = cast("has a family");
        let mut server = Server::start(cast.launch.clone()).expect("it starts");
        cast.wait_for(6);
        assert!(server.memory().expect("a figure") > 6 * 100 * 1024);
        server.end(by, &mut || {});
        cast.nobody_is_left(6);
    }
    let cast = cast("has a family");
    let server = Server::start(cast.launch.clone()).expect("it starts");
    cast.wait_for(6);
    drop(server);
    cast.nobody_is_left(6);
}

/// Of eight processes six are orphans, each in a session of its own: three still run at the end of
/// their server, three ended before it. All are reaped, whether the server is ended or dropped.
#[cfg(target_os = "linux")]
#[test]
fn orphans_of_a_server_leave_neither_processes_nor_zombies() {
    for is_dropped in [true, false] {
        let cast = cast("leaves orphans");
        let mut server = Server::start(cast.launch.clone()).expect("it starts");
        cast.wait_for(8);
        if !is_dropped {
            server.end(Signal::Term, &mut || {});
        }
        drop(server);
        cast.nobody_is_known(8);
    }
}

#[test]
fn a_panic_leaves_no_process() {
    let cast = cast("has a child that serves");
    let launch = cast.launch.clone();
    let panicked = std::thread::spawn(move || {
        let _server = Server::start(launch).expect("it starts");
        panic!("as asked");
    });
    assert!(panicked.join().is_err());
    cast.nobody_is_left(2);
}

/// Between the end and the new start somebody else takes the port, and answers there as a healthy server does.
/// Our server says so above a long backtrace, as servers do.
#[cfg(target_os = "linux")]
#[test]
fn a_server_of_somebody_else_on_the_port_is_not_taken_for_ours() {
    let mut cast = cast("serves");
    cast.launch.environment.insert("RUST_BACKTRACE".to_owned(), "full".to_owned());
    let mut server = Server::start(cast.launch.clone()).expect("it starts");
    let url = server.url();
    let address = url.trim_start_matches("http://").to_owned();
    let mut take_port = || {
        let listener = loop {
            match TcpListener::bind(&address) {
                Ok(listener) => break listener,
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        });
    };
    server.restart(Signal::Term, &BTreeMap::new(), &mut take_port).expect("it comes back");
    assert_ne!(server.url(), url);
    std::thread::sleep(Duration::from_millis(500));
    assert!(server.is_running() && server.is_healthy());
}

#[test]
fn a_restart_keeps_the_address_and_ends_a_child_that_serves() {
    let cast = cast("has a child that serves");
    let mut server = Server::start(cast.launch.clone()).expect("it starts");
    let url = server.url();
    let environment = BTreeMap::from([("PING_SECONDS".to_owned(), "1".to_owned())]);
    let ended = server.restart(Signal::Term, &environment, &mut || {}).expect("it comes back");
    assert_eq!((ended.signal, ended.forced), (Some(15), false));
    assert_eq!(server.url(), url);
    assert!(server.is_running() && server.is_healthy());
    let ended = server.restart(Signal::Kill, &BTreeMap::new(), &mut || {}).expect("and again");
    assert_eq!((ended.signal, ended.forced), (Some(9), false));
    drop(server);
    cast.nobody_is_left(6);
}
