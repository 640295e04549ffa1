// Ticks all boxes of a list at once, or none of them.

for (const button of document.querySelectorAll("[data-tick-all]")) {
  const boxes = [...button.form.querySelectorAll("input[type=checkbox][name=code]")];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const wanted = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = wanted;
  });
}
