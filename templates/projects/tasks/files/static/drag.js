// Drag and drop, for those who like it: the buttons of a card do the same.

/** Calls `move(id, status)` when a card is dropped into another column. */
export function acceptDrops(board, move) {
  let dragged = null;

  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".task");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged?.querySelector("h3").textContent ?? "");
  });
  board.addEventListener("dragover", (event) => {
    const column = event.target.closest(".column");
    if (!dragged || !column) return;
    event.preventDefault();
    mark(column);
  });
  board.addEventListener("drop", (event) => {
    const column = event.target.closest(".column");
    if (!dragged || !column) return;
    event.preventDefault();
    if (!column.contains(dragged)) move(Number(dragged.dataset.task), column.dataset.status);
  });
  board.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });

  function mark(target) {
    for (const column of board.querySelectorAll(".column"))
      column.classList.toggle("target", column === target);
  }
}
