// Messages wait here for their member, so that one who reads slowly holds up nobody else.

// All that waits is in memory: a member who is further behind is dropped.
const MAX_WAITING = 2_000;

// What the connection has taken already; a ping cannot overtake it, and has to arrive in time.
const MAX_BUFFERED_BYTES = 64 * 1024;

/** Returns the function that sends to this socket. */
export function createOutbox(socket) {
  const waiting = [];

  function flush() {
    while (waiting.length > 0 && socket.bufferedAmount < MAX_BUFFERED_BYTES) {
      socket.send(waiting.shift(), { binary: false }, flush);
    }
  }

  return (encoded) => {
    if (waiting.length === MAX_WAITING) return socket.terminate();
    waiting.push(encoded);
    flush();
  };
}
