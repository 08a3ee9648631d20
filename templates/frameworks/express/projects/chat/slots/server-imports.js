import { closeSockets, createSockets, isWebSocket, routeUpgrades } from "./live/sockets.js";
