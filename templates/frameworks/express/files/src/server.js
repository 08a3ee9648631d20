// The HTTP server around the application: it starts, and it stops without cutting anybody off.

import { once } from "node:events";
import { createServer } from "node:http";
import { createApp } from "./app.js";
import { routes } from "./routes/index.js";

// How long running requests may take once the server shall stop.
const GRACE_PERIOD_MS = 3_000;

/** `stop` takes no new connection, and is done once every request has been answered. */
export async function startServer(config, database) {
  const project = routes(database, config);
  // Only WebSockets leave HTTP: any other upgrade that a client offers is ignored, as HTTP allows.
  const options = { shouldUpgradeCallback: isWebSocket };
  const server = createServer(options, createApp(project, database));
  // For what is no plain request, such as WebSockets.
  project.attach?.(server);
  server.listen(config.port, config.host);
  await once(server, "listening");

  async function stop() {
    const closed = once(server, "close");
    server.close();
    // A connection that has got its answer is idle, and would wait for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const late = setTimeout(() => server.closeAllConnections(), GRACE_PERIOD_MS);
    await Promise.all([closed, project.close?.()]);
    clearInterval(idle);
    clearTimeout(late);
  }

  const { address, family, port } = server.address();
  return { url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`, stop };
}

function isWebSocket(request) {
  return request.headers.upgrade?.toLowerCase() === "websocket";
}
