# Who answers no ping is disconnected before the next one but one.
ws_ping_interval=settings.PING_SECONDS,
ws_ping_timeout=settings.PING_SECONDS,
ws_max_size=65_536,
# Every event would be compressed for each member again, and short ones
# hardly get shorter.
ws_per_message_deflate=False,
