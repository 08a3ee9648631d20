package com.example.app.chat;

import java.util.List;

/** Messages of a room, the oldest first; `hasMore` tells that there are older ones still. */
public record History(List<Message> items, boolean hasMore) {}
