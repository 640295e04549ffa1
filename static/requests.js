// The inbox: one box that ticks all the others. Without scripts each is ticked by itself.
const form = document.querySelector("[data-batch]");
const all = form?.querySelector("[data-all]");
if (all) {
  const boxes = [...document.querySelectorAll('input[name="request"]')];
  all.closest("label").hidden = boxes.length < 2;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  document.addEventListener("change", (event) => {
    if (!boxes.includes(event.target)) return;
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  });
}
