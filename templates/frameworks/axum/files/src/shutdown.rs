//! When the server has to stop.

use std::{future::pending, time::Duration};

use tokio::{signal, time::sleep};

/// How long requests may go on once the server has to stop. Docker kills a process that takes more
/// than 10 seconds.
const GRACE_PERIOD: Duration = Duration::from_secs(3);

/// Waits for Ctrl-C, or for SIGTERM, with which containers and service managers stop a process.
pub async fn requested() {
    let ctrl_c = async {
        if signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => pending().await,
        };
    };
    #[cfg(not(unix))]
    let terminate = pending();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}

pub async fn overdue() {
    requested().await;
    sleep(GRACE_PERIOD).await;
}
