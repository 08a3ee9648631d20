// What a member is told waits here, so that one who reads slowly slows nobody else.

// All that waits is in memory: who is further behind is dropped.
const MOST_WAITING = 2_000;

// What the connection has taken already; a ping cannot overtake it, and has to arrive in time.
const MOST_BYTES_ON_THE_WAY = 64 * 1024;

/** The function that tells this socket something. */
export function createOutbox(socket) {
  const waiting = [];

  function send() {
    while (waiting.length > 0 && socket.bufferedAmount < MOST_BYTES_ON_THE_WAY) {
      socket.send(waiting.shift(), { binary: false }, send);
    }
  }

  return (encoded) => {
    if (waiting.length === MOST_WAITING) return socket.terminate();
    waiting.push(encoded);
    send();
  };
}
