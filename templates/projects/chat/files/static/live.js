// The connection to a room. When it breaks it comes back by itself, after a longer wait each time.

import { get } from "./api.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Joins a room. `on` has a function for each `type` that the server sends; one that is not done yet keeps the
 * next text waiting. `on.waiting(ms)` is called when the connection is gone, `on.refused(problem)` when it will not
 * come back.
 */
export function join(roomId, name, on) {
  const path = `/api/rooms/${roomId}/live?${new URLSearchParams({ name })}`;
  let socket, timer;
  let failures = 0;
  let joined = false;
  let over = false;
  let inOrder = Promise.resolve();

  function open() {
    clearTimeout(timer);
    const url = new URL(path, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(url);
    socket.onmessage = ({ data }) => {
      const text = JSON.parse(data);
      if (text.type === "welcome") {
        joined = true;
        failures = 0;
      }
      inOrder = inOrder.then(() => over || on[text.type]?.(text)).catch(console.error);
    };
    socket.onclose = lost;
  }

  async function lost() {
    if (over) return;
    const problem = await obstacle();
    if (over) return;
    if (forGood(problem)) {
      over = true;
      return on.refused(problem);
    }
    // Not all clients come back in the same moment: that would be too much for a server that has just started.
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures) * (0.75 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(open, wait);
    on.waiting(wait);
  }

  /** A socket does not say why it failed; the same address without an upgrade does. */
  async function obstacle() {
    try {
      await get(path);
      return null;
    } catch (problem) {
      return problem;
    }
  }

  function forGood(problem) {
    // 426: nothing is in the way. 409 after a break: the server has not missed our old connection yet.
    const forNow = [426, 429, ...(joined ? [409] : [])];
    return Boolean(problem) && !problem.passing && !forNow.includes(problem.status);
  }

  open();
  return {
    get ready() {
      return socket.readyState === WebSocket.OPEN;
    },
    say: (text) => socket.send(JSON.stringify({ type: "message", text })),
    retry: () => socket.readyState === WebSocket.CLOSED && open(),
    leave() {
      over = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}
