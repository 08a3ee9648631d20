  const live = { sockets: createSockets(), pingMs: 1000 * config.PING_SECONDS };
