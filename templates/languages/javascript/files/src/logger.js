// The log: lines to read while developing, JSON for other programs in production.

import pino from "pino";
import pretty from "pino-pretty";

const readable = pretty({
  ignore: "pid,hostname,req,res,responseTime",
  translateTime: "SYS:HH:MM:ss.l",
  // Written before the program goes on: the last line before a crash is not lost.
  sync: true,
});

export const logger =
  process.env.NODE_ENV === "production" ? pino() : pino({ level: "info" }, readable);
