// Clients of the sockets.

import { on, once } from "node:events";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";

/** Opens a room, and gives its address. */
export async function openRoom(client, name = "a") {
  return (await client.post("/api/rooms", { name })).headers.get("Location");
}

function connect(client, room, query, options) {
  return new WebSocket(`${client.url.replace("http", "ws")}${room}/live?${query}`, options);
}

/** Somebody in a room: `hear` waits for the next of what they are told. */
export async function join(client, room, name, options) {
  const socket = connect(client, room, new URLSearchParams({ name }), options);
  const told = on(socket, "message");
  await once(socket, "open");
  const hear = async () => JSON.parse((await told.next()).value[0]);
  const say = (text) => socket.send(JSON.stringify({ type: "message", text }));
  return { socket, hear, say };
}

/** Tries to join, and gives the response that refuses it. */
export async function refused(client, room, query, options) {
  const socket = connect(client, room, query, options);
  // It fails in the end, as it shall.
  socket.on("error", () => {});
  const [, response] = await once(socket, "unexpected-response");
  const { statusCode: status, headers } = response;
  return { status, headers, json: JSON.parse(await text(response)) };
}
