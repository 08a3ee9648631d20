import { seed } from "./seed.js";
