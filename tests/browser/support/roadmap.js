// The program under test.

/** The words that run it: a built one that ROADMAP names, else by cargo. */
export const ROADMAP = process.env.ROADMAP
  ? [process.env.ROADMAP]
  : ["cargo", "run", "--quiet", "--locked", "--"];
