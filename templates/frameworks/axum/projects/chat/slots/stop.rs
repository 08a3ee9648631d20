    let close = timeout(Duration::from_millis(500), live.close());
    if close.await.is_err() {
        tracing::warn!("some sockets did not close in time");
    }
