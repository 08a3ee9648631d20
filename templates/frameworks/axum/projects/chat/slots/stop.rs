    live.close().await;
