// While a name is typed: who may be registered already, in any script.
const PAUSE = 350;

function line(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const about = document.createElement("bdi");
  link.href = found.url;
  link.dir = "auto";
  link.textContent = found.name;
  about.className = "quiet";
  about.textContent = ` ${found.about}`;
  item.append(link, about);
  return item;
}

function show(box, title, people) {
  box.hidden = people.length === 0;
  const head = document.createElement("h2");
  const list = document.createElement("ul");
  head.textContent = title;
  list.append(...people.map(line));
  box.replaceChildren(head, list);
}

for (const frame of document.querySelectorAll("[data-alike]")) {
  const box = frame.querySelector(".alike");
  const form = frame.querySelector("form");
  let waiting = 0;
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (/^(name_..|email|organisation)$/.test(name) && value.trim()) asked.set(name, value.trim());
    }
    const answer = await fetch(`${frame.dataset.alike}?${asked}`, { headers: { Accept: "application/json" } });
    if (answer.ok && mine === turn) show(box, frame.dataset.alikeTitle, await answer.json());
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), PAUSE);
  });
}
