// The form of a deal: what does not belong to the chosen type is folded away, and the sum of the lines is shown
// as it is typed. The till: one tap sells once, however often it is tapped. All of it works without this file.

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
    let sum = 0;
    for (const quantity of form.querySelectorAll('[name^="lines-"][name$="-quantity"]')) {
      const price = form.elements.namedItem(quantity.name.replace("-quantity", "-price"));
      sum += (Number(quantity.value) || 0) * (Number(price.value) || 0);
    }
    const currency = form.elements.namedItem("currency").value.toUpperCase();
    output.hidden = !sum;
    output.textContent = `${new Intl.NumberFormat(document.documentElement.lang).format(sum)} ${currency}`;
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
