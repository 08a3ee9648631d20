package com.example.app.chat;

/** A message that is not stored yet. */
record Post(Member member, String text) {}
