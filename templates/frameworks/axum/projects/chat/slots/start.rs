    let live = routes::Live::new(config.ping_seconds.get());
