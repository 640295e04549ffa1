// Codes of goods offered while somebody types into a field marked data-hs-find: words in any language, or digits.
// Without scripts a button beside the field looks them up.

const WAIT_MS = 180;

const option = (row, place, list) => {
  const item = document.createElement("li");
  const code = row.code.length > 4 ? `${row.code.slice(0, 4)}.${row.code.slice(4)}` : row.code;
  item.id = `${list.id}-${place}`;
  item.role = "option";
  item.dataset.code = row.code;
  const digits = document.createElement("b");
  digits.className = "code";
  digits.textContent = code;
  const name = document.createElement("span");
  name.dir = "auto";
  name.textContent = row.name;
  item.append(digits, " ", name);
  if (row.products) {
    const count = document.createElement("span");
    count.className = "meta";
    count.textContent = ` ${row.products}`;
    item.append(count);
  }
  return item;
};

const wire = (field) => {
  const list = document.createElement("ul");
  list.id = `${field.id}-codes`;
  list.className = "code-list";
  list.role = "listbox";
  list.hidden = true;
  field.after(list);
  field.autocomplete = "off";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  let timer;
  let asked = 0;
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    field.value = item.dataset.code;
    close();
    field.focus();
  };
  const mark = (place) => {
    const items = [...list.children];
    if (!items.length) return;
    at = (place + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  };
  const address = (typed) => {
    const url = new URL(field.dataset.hsFind, location.href);
    url.searchParams.set("q", typed);
    return url;
  };
  const ask = async () => {
    const mine = ++asked;
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    const answer = await fetch(address(typed)).catch(() => null);
    if (!answer?.ok || mine !== asked) return undefined;
    const rows = await answer.json();
    if (mine !== asked) return undefined;
    list.replaceChildren(...rows.map((row, place) => option(row, place, list)));
    list.hidden = !rows.length;
    at = -1;
    field.setAttribute("aria-expanded", String(rows.length > 0));
    return undefined;
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    take(item);
  });
  field.addEventListener("blur", close);
};

document.querySelectorAll("[data-hs-find]").forEach(wire);
