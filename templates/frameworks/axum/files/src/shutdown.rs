//! Stops the server without dropping what it is doing.

use std::{future::pending, time::Duration};

use sqlx::SqlitePool;
use tokio::{
    signal,
    time::{sleep, timeout},
};

/// How long running requests may take once the server shall stop. Whoever runs it kills it after
/// some seconds, and a client that sends nothing must not make it wait so long.
const GRACE_PERIOD: Duration = Duration::from_secs(3);

/// Waits for Ctrl-C, or for SIGTERM, with which containers and service managers stop a process.
pub async fn requested() {
    let ctrl_c = async {
        if signal::ctrl_c().await.is_err() {
            // The system refuses the listener: SIGTERM is left.
            pending::<()>().await;
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminate() => {}
    }
}

pub async fn grace_period_over() {
    requested().await;
    sleep(GRACE_PERIOD).await;
}

/// SQLite writes its log back into the database here. A request that still uses it is not waited for.
pub async fn close(db: &SqlitePool) {
    if timeout(Duration::from_secs(1), db.close()).await.is_err() {
        tracing::warn!("the database was still in use");
    }
}

#[cfg(unix)]
async fn terminate() {
    use signal::unix::{SignalKind, signal};

    match signal(SignalKind::terminate()) {
        Ok(mut signal) => signal.recv().await,
        // The system refuses the listener: Ctrl-C is left.
        Err(_) => pending().await,
    };
}

#[cfg(not(unix))]
async fn terminate() {
    pending().await
}
