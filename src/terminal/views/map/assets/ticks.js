// What is done: what the page came with, changed by the ticks that this browser has saved.

const root = document.documentElement;
const data = JSON.parse(document.getElementById("data").textContent);
const STORE = `roadmap:${data.id}`;

/** The saved ticks, by topic: true or false. A page from disk may have no storage. */
function readTicks() {
  try {
    const ticks = JSON.parse(localStorage.getItem(STORE));
    return ticks !== null && typeof ticks === "object" && !Array.isArray(ticks) ? ticks : {};
  } catch {
    return {};
  }
}

/** Saves a tick; returns whether the browser could. */
function saveTick(id, done) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...readTicks(), [id]: done }));
    return true;
  } catch {
    return false;
  }
}

/** Every topic of the page: its data, and the elements that show it. */
const topics = data.stages.flatMap((stage) =>
  stage.topics.map((topic) => {
    const item = document.getElementById(`t-${topic.id}`);
    return {
      ...topic,
      stage: stage.id,
      item,
      box: item.querySelector("input"),
      details: item.querySelector("details"),
      words: item.textContent.toLowerCase(),
    };
  }),
);

function showDone(topic) {
  topic.item.classList.toggle("done", topic.box.checked);
}

/** The file that `roadmap progress import` takes. */
function progressFile() {
  const done = topics.filter((topic) => topic.box.checked).map((topic) => topic.id);
  return JSON.stringify({ schema: 1, roadmaps: { [data.id]: { done: done.sort() } } }, null, 2) + "\n";
}

function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
