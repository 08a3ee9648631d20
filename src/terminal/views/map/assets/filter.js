// Which topics are shown: those of a path, down to a level, in which every word stands.

const LEVELS = ["essential", "recommended", "optional"];
const search = document.getElementById("search");
const pathChoice = document.getElementById("path-choice");
const level = document.getElementById("level");

/** Whether a topic is for the path chosen: as `--lang` and `--framework` keep it. */
function isOnPath(topic) {
  const [language, framework] = (pathChoice?.value ?? "").split("/");
  if (!language) return true;
  const own = framework
    ? [framework]
    : data.frameworks.filter((one) => one.language === language).map((one) => one.id);
  return (
    (topic.languages.length === 0 || topic.languages.includes(language)) &&
    (topic.frameworks.length === 0 || topic.frameworks.some((id) => own.includes(id)))
  );
}

function isShown(topic, words) {
  return (
    isOnPath(topic) &&
    LEVELS.indexOf(topic.level) <= LEVELS.indexOf(level.value) &&
    words.every((word) => topic.words.includes(word))
  );
}

/** Shows what fits, and leaves out stages without any. */
function applyFilter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  const stages = new Set();
  for (const topic of topics) {
    const fits = isShown(topic, words);
    topic.item.classList.toggle("hidden-by-filter", !fits);
    if (fits) {
      shown += 1;
      stages.add(topic.stage);
    }
  }
  for (const stage of data.stages)
    document.getElementById(`s-${stage.id}`).classList.toggle("hidden-by-filter", !stages.has(stage.id));
  const all = shown === topics.length;
  document.getElementById("found").textContent = all ? "" : `${shown} of ${topics.length} topics shown`;
  document.getElementById("nothing").hidden = shown > 0;
}

/** Shows a topic that a link leads to, even if the filter has left it out. */
function reveal(topic) {
  if (topic.item.classList.contains("hidden-by-filter")) {
    search.value = "";
    level.value = "optional";
    if (pathChoice && !isOnPath(topic)) pathChoice.value = "";
    refresh();
  }
  topic.details.open = true;
  topic.item.scrollIntoView({ block: "start" });
  topic.details.querySelector("summary").focus({ preventScroll: true });
}
