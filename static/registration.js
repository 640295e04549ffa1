// Shows questions that depend on another answer only while that answer brings them up. The server decides again.

/** The values that a field of a form has now. */
function answered(form, name) {
  return new FormData(form).getAll(name);
}

/** Show what is asked, hide and switch off what is not; a hidden question's own answer counts for nothing. */
function follow(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const wanted = JSON.parse(part.dataset.values);
    const shown = answered(form, part.dataset.when).some((value) => wanted.includes(value));
    part.hidden = !shown;
    for (const control of part.querySelectorAll("input, select, textarea")) control.disabled = !shown;
  }
}

for (const form of document.querySelectorAll("form[data-conditions]")) {
  for (const hint of form.querySelectorAll(".when-hint")) hint.hidden = true;
  form.addEventListener("change", () => follow(form));
  follow(form);
}
