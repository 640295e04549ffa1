// Drag an item of a run sheet by its time to another place; the server counts the times anew.
const list = document.querySelector("[data-run]");
const form = document.querySelector(".run-form");

if (list && form) {
  list.classList.add("can-drag");
  let held = null;

  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-item]");

  const mark = (item) => {
    for (const one of list.children) one.classList.toggle("is-over", one === item && one !== held);
  };

  list.addEventListener("pointerdown", (event) => {
    const clock = event.target.closest(".run-clock");
    if (!clock || event.button !== 0) return;
    held = clock.closest("[data-item]");
    clock.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  list.addEventListener("pointermove", (event) => {
    if (held) mark(under(event));
  });
  list.addEventListener("pointercancel", () => {
    held = null;
    mark(null);
  });
  list.addEventListener("pointerup", (event) => {
    const target = held && under(event);
    const moved = held;
    held = null;
    mark(null);
    if (!target || target === moved) return;
    form.action = moved.dataset.move;
    form.elements.to.value = [...list.children].indexOf(target);
    form.submit();
  });
}
