
# How often each socket is pinged.
PING_SECONDS = float(env("PING_SECONDS", "15"))
