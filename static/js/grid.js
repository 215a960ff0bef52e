// Arrow keys go from cell to cell in a table of hours; left and right only from the ends of what is typed.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !field.matches?.("[data-grid] input")) return;
  const { selectionStart: from, selectionEnd: to, value } = field;
  const whole = from === 0 && to === value.length;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!steps || (event.key === "ArrowLeft" && to > 0 && !whole) || (event.key === "ArrowRight" && from < value.length && !whole)) return;
  const cell = field.closest("td, th");
  let { rowIndex } = cell.parentNode, { cellIndex } = cell;
  const { rows } = field.closest("table");
  for (;;) {
    rowIndex += steps[0];
    cellIndex += steps[1];
    const next = rows[rowIndex]?.cells[cellIndex];
    if (!next) return;
    const input = next.querySelector("input:not([type=hidden])");
    if (!input) continue;
    event.preventDefault();
    input.focus();
    return input.select();
  }
});
