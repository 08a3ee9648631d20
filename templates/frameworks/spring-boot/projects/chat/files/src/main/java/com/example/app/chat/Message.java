package com.example.app.chat;

/** A message as clients see it. */
public record Message(long id, long roomId, String author, String text, String sentAt) {}
