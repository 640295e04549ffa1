// The form of a deal: what does not belong to the chosen type is folded away, and the sum of the lines is shown
// as it is typed. The till: one tap sells once, however often it is tapped. All of it works without this file.

import { asMoney, placesOf, plus, readTyped, rounded, times } from "./typed-number.js";

const form = document.querySelector("[data-deal-form]");
if (form) {
  const type = form.elements.namedItem("type");
  const fit = () => {
    for (const part of form.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").includes(type.value);
    }
  };
  type.addEventListener("change", fit);
  fit();

  const output = form.querySelector("[data-sum]");
  const add = () => {
    const currency = form.elements.namedItem("currency").value.trim().toUpperCase();
    const places = placesOf(currency);
    let sum = [0n, places];
    let isClear = true;
    for (const quantity of form.querySelectorAll('[name^="lines-"][name$="-quantity"]')) {
      const price = form.elements.namedItem(quantity.name.replace("-quantity", "-price"));
      if (!quantity.value.trim() || !price.value.trim()) continue;
      const [many, each] = [readTyped(quantity.value), readTyped(price.value)];
      if (many && each) sum = plus(sum, rounded(times(many, each), places));
      else isClear = false; // no sum is better than one of some lines only
    }
    output.hidden = !isClear || !sum[0];
    output.textContent = output.hidden ? "" : asMoney(sum, currency);
  };
  form.addEventListener("input", add);
  add();
}

const till = document.querySelector("[data-till]");
if (till) {
  till.addEventListener("submit", (event) => {
    if (till.dataset.sent) event.preventDefault();
    till.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => delete till.dataset.sent);
}
