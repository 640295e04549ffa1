// Search as you type: what fits is marked on the plan and listed; a tap on a booth says who stands there and leads on.
// The address keeps up, so that it can be passed on. Without this script the form does the same with a click.
const form = document.querySelector("[data-plan-search]");
const svg = document.querySelector("[data-plan] svg");
const frame = document.querySelector("[data-plan]");

const stands = new Map();
for (const booth of svg?.querySelectorAll("[data-stands]") ?? []) {
  for (const code of booth.dataset.stands.split(" ")) stands.set(code, booth);
}
const here = new URL(location.href);
function address(changes) {
  const url = new URL(here.pathname, here);
  for (const name of ["language", "zone", "country", "sector"]) {
    if (here.searchParams.get(name)) url.searchParams.set(name, here.searchParams.get(name));
  }
  for (const [name, value] of Object.entries(changes)) if (value) url.searchParams.set(name, value);
  return url;
}

if (form && svg) {
  const box = form.querySelector("input[type=search]");
  const list = document.querySelector("[data-plan-found]");
  const said = document.querySelector("[data-plan-said]");
  const row = document.querySelector("[data-plan-row]").content.firstElementChild;
  const hallNames = new Map([...document.querySelectorAll("#way-from optgroup")].map((group) => [group.querySelector("option").value.split(":")[0], group.label]));
  let asking = null;
  let waiting = 0;
  let marked = [];

  function mark(found) {
    svg.querySelector(".found-marks")?.remove();
    for (const booth of marked) booth.classList.remove("found");
    marked = [...new Set(found.flatMap((one) => one.stands).map((code) => stands.get(code)).filter(Boolean))];
    for (const booth of marked) booth.classList.add("found");
    if (marked.length) frame.dispatchEvent(new CustomEvent("plan:near", { detail: marked }));
  }
  function fill(found) {
    list.replaceChildren(...found.map((one) => {
      const item = row.cloneNode(true);
      item.querySelector(".code").textContent = one.label;
      item.querySelector(".name").textContent = one.name;
      item.querySelector(".meta").textContent = hallNames.size > 1 ? hallNames.get(one.hall) ?? "" : "";
      item.querySelector("[data-to]").href = address({ hall: one.hall, stand: one.stands[0] });
      item.querySelector("[data-way]").href = address({ hall: one.hall, to: one.stands[0] });
      return item;
    }));
  }
  async function look() {
    asking?.abort();
    asking = new AbortController();
    const words = box.value.trim();
    const url = new URL(form.dataset.planSearch, location.href);
    for (const [name, value] of new FormData(form)) if (name !== "hall") url.searchParams.set(name === "language" ? "lang" : name, value);
    url.searchParams.set("q", words);
    history.replaceState(null, "", address({ hall: here.searchParams.get("hall"), q: words }));
    try {
      const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { found, said: sentence } = await answer.json();
      said.textContent = sentence;
      fill(found);
      mark(found);
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = "";
    }
  }
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.querySelector("a")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const item = event.target.closest("li");
    const next = event.key === "ArrowDown" ? item.nextElementSibling : item.previousElementSibling;
    (next?.querySelector("a") ?? box).focus();
  });
}

const card = document.querySelector("[data-plan-card]");
if (card && svg) {
  let opened = null;
  function close() {
    card.hidden = true;
    opened?.querySelector(".stand")?.classList.remove("at");
    opened?.focus?.();
    opened = null;
  }
  function open(booth) {
    opened?.querySelector(".stand")?.classList.remove("at");
    opened = booth;
    booth.querySelector(".stand")?.classList.add("at");
    const stand = booth.dataset.stands.split(" ")[0];
    const [label, ...name] = (booth.querySelector("title")?.textContent ?? stand).split(" · ");
    card.querySelector(".sign").textContent = label;
    card.querySelector(".name").textContent = name.join(" · ");
    const to = here.searchParams.get("to");
    const hall = here.searchParams.get("hall");
    card.querySelector("[data-card-way]").href = address({ to: stand, at: here.searchParams.get("at"), from: here.searchParams.get("from") });
    const from = card.querySelector("[data-card-from]");
    from.href = address(to ? { to, at: stand } : { hall, at: stand, stand });
    const link = card.querySelector("[data-card-link]");
    link.hidden = !booth.getAttribute("href");
    link.href = booth.getAttribute("href") ?? "#";
    card.hidden = false;
    card.querySelector("a").focus({ preventScroll: true });
  }
  svg.addEventListener("click", (event) => {
    const booth = event.target.closest("[data-stands]");
    if (!booth || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(booth);
  });
  card.querySelector("[data-card-close]").addEventListener("click", close);
  card.addEventListener("keydown", (event) => event.key === "Escape" && close());
}
