// Joins the parts: what a click, a key or a link does.

/** What is done of each stage and of all, counted on the path chosen. */
function showCounts() {
  const own = topics.filter(isOnPath);
  const count = (list) => [list.filter((topic) => topic.box.checked).length, list.length];
  const write = (bar, text, [done, all]) => {
    bar.max = Math.max(all, 1);
    bar.value = done;
    text.textContent = `${done} of ${all} topics done`;
  };
  write(document.getElementById("overall"), document.getElementById("overall-text"), count(own));
  for (const stage of data.stages) {
    const [done, all] = count(own.filter((topic) => topic.stage === stage.id));
    const item = document.getElementById(`s-${stage.id}`);
    const whole = all > 0 && done === all;
    write(item.querySelector("progress"), item.querySelector(".count span"), [done, all]);
    item.classList.toggle("whole", whole);
    const place = document.querySelector(`.map a[href="#${CSS.escape(`s-${stage.id}`)}"] .place`);
    place.classList.toggle("whole", whole);
    const none = `${all} ${all === 1 ? "topic" : "topics"}`;
    place.querySelector(".count").textContent =
      done === 0 ? none : `${whole ? "✓ " : ""}${done} of ${all} done`;
  }
}

function refresh() {
  applyFilter();
  showCounts();
}

function note(text) {
  document.getElementById("note").textContent = text;
}

function print(what) {
  root.dataset.print = what;
  window.print();
}

const ticks = readTicks();
for (const topic of topics) {
  if (typeof ticks[topic.id] === "boolean") topic.box.checked = ticks[topic.id];
  topic.box.disabled = false;
  showDone(topic);
  topic.box.addEventListener("change", () => {
    showDone(topic);
    showCounts();
    if (!saveTick(topic.id, topic.box.checked))
      note("Your browser keeps nothing for this page: export your ticks before you close it.");
  });
}

if (pathChoice && root.dataset.path) {
  pathChoice.value = root.dataset.path;
  // A path that the page does not know shows everything.
  if (pathChoice.selectedIndex < 0) pathChoice.value = "";
}
for (const control of [search, pathChoice, level]) control?.addEventListener("input", refresh);
document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("export").addEventListener("click", () => {
  const name = `${data.id}-progress.json`;
  download(name, progressFile());
  note(`Saved as ${name}. Take it in with: roadmap progress import ${name}`);
});
document.getElementById("print-overview").addEventListener("click", () => print("overview"));
document.getElementById("print-all").addEventListener("click", () => print("all"));
window.addEventListener("afterprint", () => delete root.dataset.print);

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});

function followLink() {
  const id = decodeURIComponent(location.hash.slice(1));
  const topic = topics.find((one) => `t-${one.id}` === id);
  if (topic) reveal(topic);
}
window.addEventListener("hashchange", followLink);

document.getElementById("tools").hidden = false;
document.getElementById("buttons").hidden = false;
refresh();
followLink();
