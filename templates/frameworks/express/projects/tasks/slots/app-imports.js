import { healthRoutes } from "./routes/health.js";
import { taskRoutes } from "./routes/tasks.js";
import { createTaskStore } from "./stores/tasks.js";
