package com.example.app.chat;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** What begins with `chat.` in `application.properties`. */
@Validated
@ConfigurationProperties("chat")
record ChatSettings(@Min(1) int pingSeconds) {}
