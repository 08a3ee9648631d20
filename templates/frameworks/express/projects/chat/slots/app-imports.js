import { createHub } from "./live/hub.js";
import { healthRoutes } from "./routes/health.js";
import { liveRoutes } from "./routes/live.js";
import { roomRoutes } from "./routes/rooms.js";
import { createMessageStore } from "./stores/messages.js";
import { createRoomStore } from "./stores/rooms.js";
