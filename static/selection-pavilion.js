// Sharing out a pavilion by dragging stands from one to another; the choices in the table below follow, and the table
// alone does the same without this script or by keyboard.
const form = document.querySelector("[data-pavilion]");
const choices = new Map([...form.querySelectorAll("select")].map((select) => [select.name.replace(/^owner-/, ""), select]));
const board = document.createElement("div");
board.className = "pavilion-board";
board.setAttribute("aria-hidden", "true"); // the table says and does the same
const columns = new Map();
const first = choices.values().next().value;
for (const option of first.options) {
  const column = document.createElement("section");
  const head = document.createElement("h3");
  head.textContent = option.textContent;
  head.dir = "auto";
  const list = document.createElement("ul");
  column.append(head, list);
  column.dataset.owner = option.value;
  columns.set(option.value, list);
  board.append(column);
}
const tokens = new Map();
for (const [code, select] of choices) {
  const token = document.createElement("li");
  token.textContent = code;
  token.className = "code";
  token.dataset.was = select.value;
  tokens.set(code, token);
  columns.get(select.value).append(token);
  token.addEventListener("pointerdown", (event) => drag(event, code));
  select.addEventListener("change", () => place(code));
}
function place(code) {
  const owner = choices.get(code).value;
  columns.get(owner).append(tokens.get(code));
  tokens.get(code).classList.toggle("moved", owner !== tokens.get(code).dataset.was);
}
function drag(event, code) {
  const token = tokens.get(code);
  token.setPointerCapture(event.pointerId);
  const over = (at) => document.elementsFromPoint(at.clientX, at.clientY).find((it) => it.dataset?.owner);
  const move = (at) => { for (const column of board.children) column.classList.toggle("over", column === over(at)); };
  const end = (at) => {
    const column = at.type === "pointerup" ? over(at) : null;
    token.removeEventListener("pointermove", move);
    for (const it of board.children) it.classList.remove("over");
    if (!column) return;
    choices.get(code).value = column.dataset.owner;
    place(code);
  };
  token.addEventListener("pointermove", move);
  token.addEventListener("pointerup", end, { once: true });
  token.addEventListener("pointercancel", end, { once: true });
}
form.prepend(board);
