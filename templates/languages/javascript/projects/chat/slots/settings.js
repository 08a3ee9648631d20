  PING_SECONDS: digits(1, 3600).default(15),
