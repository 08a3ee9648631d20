import { commentRoutes } from "./routes/comments.js";
import { healthRoutes } from "./routes/health.js";
import { pageRoutes } from "./routes/pages.js";
import { postRoutes } from "./routes/posts.js";
import { createCommentStore } from "./stores/comments.js";
import { createPostStore } from "./stores/posts.js";
