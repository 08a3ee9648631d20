package com.example.app.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What members say, until it is stored. One thread stores a message and then sends it, so that all
 * get the order of the history.
 */
@Component
class Posts implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Posts.class);

  private static final int MAX_WAITING = 1_000;
  private static final int MAX_AT_ONCE = 100;

  private final Hub hub;
  private final MessageRepository messages;
  private final BlockingQueue<Post> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile Thread thread;

  Posts(Hub hub, MessageRepository messages) {
    this.hub = hub;
    this.messages = messages;
  }

  /** Waits while too many are not stored yet: nothing more is read from this client meanwhile. */
  void post(Member member, String text) throws InterruptedException {
    waiting.put(new Post(member, text));
  }

  @Override
  public void start() {
    thread = new Thread(this::storeAll, "messages");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop() {
    thread.interrupt();
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** After the hub: while connections are closed, what came from them is still stored. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  private void storeAll() {
    try {
      while (true) {
        List<Post> batch = new ArrayList<>();
        batch.add(waiting.take());
        waiting.drainTo(batch, MAX_AT_ONCE - 1);
        storeAndSend(batch);
      }
    } catch (InterruptedException stopped) {
      log.debug("no more messages are stored");
    }
  }

  private void storeAndSend(List<Post> batch) {
    try {
      for (Message message : messages.create(batch)) {
        hub.broadcast(message.roomId(), Event.message(message));
      }
    } catch (RuntimeException error) {
      // Whatever it was, the next messages may be stored again.
      log.error("messages could not be stored", error);
      for (Post post : batch) {
        hub.refuse(post.member(), "your message could not be stored");
      }
    }
  }
}
