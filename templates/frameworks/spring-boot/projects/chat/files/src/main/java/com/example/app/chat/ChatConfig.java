package com.example.app.chat;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Has `Hub.ping` called. */
@Configuration
@EnableScheduling
class ChatConfig {}
