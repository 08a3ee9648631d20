//! Stops the server without dropping what it is doing.

use std::{future::pending, time::Duration};

use tokio::{
    signal,
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::database::Database;

/// How long running requests may take once the server shall stop. Whoever runs it kills it after
/// some seconds, and a client that sends nothing must not make it wait so long.
const GRACE_PERIOD: Duration = Duration::from_secs(3);

/// What goes on beside requests, such as sockets and jobs. It is told when to end, and waited for.
#[derive(Clone, Debug, Default)]
pub struct Background {
    stopping: CancellationToken,
    tasks: TaskTracker,
}

impl Background {
    /// Is cancelled when the server shall stop.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Work that the server waits for before it ends.
    pub fn track<W: Future>(&self, work: W) -> impl Future<Output = W::Output> + use<W> {
        self.tasks.track_future(work)
    }

    pub fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
    }

    pub async fn ended(&self) {
        self.tasks.wait().await;
    }
}

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
pub async fn close(db: &Database) {
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
