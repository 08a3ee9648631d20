// The log: lines to read while developing, JSON for other programs in production.

import pino from "pino";
import pretty from "pino-pretty";
import { isProduction } from "./config.js";

// Written before the program goes on: the last line before a crash is not lost, and lines do not
// queue up in memory when there are more of them than the disk takes.
const sync = true;

export const logger = isProduction
  ? pino(pino.destination({ sync }))
  : pino(
      pretty({
        ignore: "pid,hostname,req,res,responseTime",
        translateTime: "SYS:HH:MM:ss.l",
        sync,
      }),
    );
