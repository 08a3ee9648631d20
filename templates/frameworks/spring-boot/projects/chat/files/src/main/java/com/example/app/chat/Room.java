package com.example.app.chat;

/** A room as clients see it. */
public record Room(long id, String name, String createdAt) {}
