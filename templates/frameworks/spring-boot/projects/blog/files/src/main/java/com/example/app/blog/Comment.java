package com.example.app.blog;

/** A comment as clients see it. */
public record Comment(long id, String author, String body, String createdAt) {}
