package com.example.app.chat;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Has `Hub.ping` called, and the settings read. */
@Configuration
@EnableConfigurationProperties(ChatSettings.class)
@EnableScheduling
class ChatConfig {}
