// The sockets: who is there, and what they say.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createHub } from "../src/live/hub.js";
import { createOutbox } from "../src/live/outbox.js";
import { startClient } from "./client.js";
import { join, openRoom, refused } from "./sockets.js";

/** A room with Ada and Grace in it, who have heard of each other. */
async function startRoom(t, settings) {
  const client = await startClient(t, settings);
  const room = await openRoom(client);
  const ada = await join(client, room, "Ada");
  const grace = await join(client, room, " Grace ");
  assert.deepEqual(await ada.hear(), { type: "welcome", members: ["Ada"] });
  assert.deepEqual(await ada.hear(), { type: "joined", name: "Grace" });
  assert.deepEqual(await grace.hear(), { type: "welcome", members: ["Ada", "Grace"] });
  return { client, room, ada, grace };
}

/** The next that each of them hears is `text`. */
async function assertHeard(members, text) {
  for (const { hear } of members) assert.equal((await hear()).text, text);
}

test("members are told who goes, and a name is free again", async (t) => {
  const { client, room, ada, grace } = await startRoom(t);
  grace.socket.close();
  assert.deepEqual(await ada.hear(), { type: "left", name: "Grace" });
  const again = await join(client, room, "Grace");
  assert.deepEqual(await again.hear(), { type: "welcome", members: ["Ada", "Grace"] });
});

test("all hear the same, in the order of the history", async (t) => {
  const { client, room, ada, grace } = await startRoom(t);
  for (let number = 0; number < 10; number += 1) {
    ada.say(` a ${number}\n`);
    grace.say(`g ${number}`);
  }
  const heard = [];
  for (let number = 0; number < 20; number += 1) {
    heard.push(await ada.hear());
    assert.deepEqual(await grace.hear(), heard.at(-1));
  }
  const stored = (await client.get(`${room}/messages`)).json.items;
  assert.deepEqual(
    heard,
    stored.map((message) => ({ type: "message", ...message })),
  );
  const said = stored.filter(({ author }) => author === "Ada").map(({ text }) => text);
  assert.deepEqual(said, [...said].sort());
  assert.equal(said[3], " a 3\n");
});

test("rooms hear nothing of each other", async (t) => {
  const { client, ada } = await startRoom(t);
  const other = await join(client, await openRoom(client, "b"), "Ada");
  assert.deepEqual(await other.hear(), { type: "welcome", members: ["Ada"] });
  ada.say("here");
  await assertHeard([ada], "here");
  other.say("there");
  await assertHeard([other], "there");
});

test("what is no message is an error to its sender alone", async (t) => {
  const { ada, grace } = await startRoom(t);
  for (const text of [
    "",
    "hello",
    "null",
    "[]",
    "{",
    "[".repeat(10_000),
    '{"text": "a"}',
    '{"type": "shout", "text": "a"}',
    '{"type": ["message"], "text": "a"}',
    '{"type": "message"}',
    '{"type": "message", "text": 5}',
    '{"type": "message", "text": " \\n"}',
    '{"type": "message", "text": "a\\u0000"}',
    '{"type": "message", "text": "\\ud800"}',
    `{"type": "message", "text": "${"x".repeat(2001)}"}`,
    "x".repeat(65_536),
  ]) {
    for (const binary of [false, true]) {
      ada.socket.send(text, { binary });
      assert.equal((await ada.hear()).type, "error");
    }
  }
  ada.say("🦀".repeat(2000));
  await assertHeard([ada, grace], "🦀".repeat(2000));
});

test("what breaks the protocol ends its connection alone", async (t) => {
  const { client, room, ada, grace } = await startRoom(t);
  for (const [bytes, expected] of [
    [Buffer.alloc(65_537, "x"), 1009],
    [Buffer.from([0xff]), 1007],
  ]) {
    const { socket } = await join(client, room, "Eve");
    socket.send(bytes, { binary: false });
    const [code] = await once(socket, "close");
    assert.equal(code, expected);
    for (const { hear } of [ada, grace]) {
      assert.deepEqual(await hear(), { type: "joined", name: "Eve" });
      assert.deepEqual(await hear(), { type: "left", name: "Eve" });
    }
  }
});

test("who may not join is told why before the upgrade", async (t) => {
  const { client, room, ada } = await startRoom(t);
  for (const [path, query, status] of [
    [room, "name=Ada", 409],
    [room, "name=%20Ada", 409],
    [room, "", 422],
    [room, "name=+", 422],
    [room, "name=a%0Ab", 422],
    [room, `name=${"x".repeat(41)}`, 422],
    ["/api/rooms/7", "name=Eve", 404],
  ]) {
    const response = await refused(client, path, query);
    assert.equal(response.status, status);
    assert.equal(response.headers["x-content-type-options"], "nosniff");
    assert.deepEqual(response.json, (await client.get(`${path}/live?${query}`)).json);
  }
  ada.say("nobody came");
  await assertHeard([ada], "nobody came");
});

test("of two who want a name at the same moment one gets it", async (t) => {
  const { client, room } = await startRoom(t);
  const tries = await Promise.allSettled([1, 2].map(() => join(client, room, "Eve")));
  assert.deepEqual(tries.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const names = (await (await join(client, room, "Bob")).hear()).members;
  assert.deepEqual(names, ["Ada", "Grace", "Eve", "Bob"]);
});

test("without a socket the address asks for one", async (t) => {
  const { client, room } = await startRoom(t);
  const response = await client.get(`${room}/live?name=Eve`);
  assert.deepEqual([response.status, response.headers.get("Upgrade")], [426, "websocket"]);
});

test("an upgrade that is none of ours is a request like any other", async (t) => {
  const { client, room } = await startRoom(t);
  for (const [path, protocol, status] of [
    ["/healthz", "h2c", 200],
    ["/nothing", "websocket", 404],
    [`${room}/live?name=Eve`, "h2c", 426],
    // A handshake without a key.
    [`${room}/live?name=Eve`, "websocket", 400],
  ]) {
    const headers = { Connection: "Upgrade", Upgrade: protocol };
    const [response] = await once(request(client.url + path, { headers }).end(), "response");
    assert.equal(response.statusCode, status);
    assert.equal(response.headers["x-content-type-options"], "nosniff");
    response.resume();
  }
});

test("a body that comes with an offer to upgrade is read", async (t) => {
  const client = await startClient(t);
  const headers = { Connection: "Upgrade", Upgrade: "h2c", "Content-Type": "application/json" };
  const sent = request(`${client.url}/api/rooms`, { method: "POST", headers });
  const [response] = await once(sent.end('{"name": "a"}'), "response");
  assert.equal(response.statusCode, 201);
  response.resume();
});

test("a page of another site may not join", async (t) => {
  const { client, room } = await startRoom(t);
  for (const origin of ["http://evil.example", "null", client.url.replace("http", "ftp") + "1"]) {
    const response = await refused(client, room, "name=Eve", { origin });
    assert.deepEqual([response.status, response.json.status], [403, 403]);
  }
  const { hear } = await join(client, room, "Eve", { origin: client.url });
  assert.equal((await hear()).type, "welcome");
});

test("a client that answers no ping has left", async (t) => {
  const { client, room, ada } = await startRoom(t, { PING_SECONDS: 1 });
  await join(client, room, "Eve", { autoPong: false });
  const began = performance.now();
  assert.deepEqual(await ada.hear(), { type: "joined", name: "Eve" });
  assert.deepEqual(await ada.hear(), { type: "left", name: "Eve" });
  const seconds = (performance.now() - began) / 1000;
  assert(seconds > 1 && seconds < 3, `${seconds} s`);
});

test("a slow reader loses nothing, and slows nobody", async (t) => {
  const { ada, grace } = await startRoom(t);
  grace.socket.pause();
  const texts = Array.from({ length: 1000 }, (_, number) => `${number} ${"é".repeat(1990)}`);
  for (const text of texts) ada.say(text);
  for (const text of texts) await assertHeard([ada], text);
  grace.socket.resume();
  for (const text of texts) await assertHeard([grace], text);
});

test("who is too far behind is dropped", () => {
  const sent = [];
  let dropped = false;
  const socket = {
    bufferedAmount: 0,
    send: (encoded) => sent.push(encoded),
    terminate: () => (dropped = true),
  };
  const tell = createOutbox(socket);
  tell("taken");
  assert.deepEqual(sent, ["taken"]);
  socket.bufferedAmount = 1_000_000;
  for (let number = 0; number < 2000; number += 1) tell("waits");
  assert.deepEqual([sent.length, dropped], [1, false]);
  tell("one too many");
  assert(dropped);
});

test("who sends faster than the database stores is not read for a while", async () => {
  const calls = [];
  const stored = Promise.withResolvers();
  const hub = createHub({ createAll: () => stored.promise });
  const ada = {
    roomId: 1,
    name: "Ada",
    send: () => {},
    pause: () => calls.push("pause"),
    resume: () => calls.push("resume"),
  };
  hub.join(ada);
  hub.say(ada, "first");
  // The hub has begun to store.
  await setImmediate();
  for (let number = 1; number < 1000; number += 1) hub.say(ada, "more");
  assert.deepEqual(calls, []);
  hub.say(ada, "the last");
  assert.deepEqual(calls, ["pause"]);
  stored.resolve([]);
  await setImmediate();
  assert.deepEqual(calls, ["pause", "resume"]);
});

test("a server that stops says good-bye, and waits for nobody long", async (t) => {
  const { client, ada, grace } = await startRoom(t);
  grace.socket.pause();
  const began = performance.now();
  const closed = once(ada.socket, "close");
  await client.stop();
  assert.equal((await closed)[0], 1001);
  assert(performance.now() - began < 4000);
});
