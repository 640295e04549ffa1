// The page without a net: draws the programme, one talk or one's own timetable from what was kept on the device.
const place = document.querySelector("[data-offline]");
const shown = place.querySelector("[data-shown]");
const line = document.querySelector("template[data-line]").content.firstElementChild;
const bar = document.querySelector("[data-stars]");
const { openKept } = await import(bar.dataset.kept);
const kept = await openKept(bar.dataset.edition);
const { talks, walk } = await (await fetch(place.dataset.talks)).json().catch(() => ({ talks: [], walk: {} }));
const make = (name, text, classes = "") => Object.assign(document.createElement(name), { textContent: text, className: classes });
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const comma = { ur: "، ", zh: "、" }[document.documentElement.lang.slice(0, 2)] ?? ", ";
const listed = (names) => names.map((name) => `\u2068${name}\u2069`).join(comma);

function row(talk) {
  const made = line.cloneNode(true);
  made.classList.add(`hue-${talk.hue}`);
  made.querySelector("bdi").textContent = talk.time;
  const link = made.querySelector(".tt-title a");
  link.textContent = talk.title;
  link.href = `${place.dataset.home}/${talk.code}`;
  made.querySelector("b").textContent = talk.room;
  made.querySelector(".meta span").textContent = `${talk.letter} · ${talk.forum}`;
  made.querySelector("[data-people]").textContent = listed(talk.people);
  made.querySelector("[data-star]").dataset.star = talk.code;
  made.querySelector(".sr").textContent = `${place.dataset.wordStar}: ${talk.title}`;
  return made;
}

function days(some) {
  const parts = [];
  for (const day of new Set(some.map(({ day: name }) => name))) {
    const list = make("ol", "", "talks");
    list.append(...some.filter((talk) => talk.day === day).map(row));
    parts.push(make("h2", day), list);
  }
  return parts;
}

function clashes(some) {
  const found = [];
  some.forEach((one, number) => some.slice(number + 1).forEach((other) => {
    const overlap = Math.min(one.end, other.end) - other.start;
    const way = walk[one.building]?.[other.building] ?? 0;
    const between = (other.start - one.end) / 60;
    const words = overlap > 0 ? place.dataset.wordOverlap : one.building !== other.building && between < way ? place.dataset.wordWalk : "";
    if (!words) return;
    const values = { first: one.title, second: other.title, minutes: overlap > 0 ? Math.round(overlap / 60) : way, between };
    found.push(make("p", words.replace(/\{(\w+)\}/g, (_, name) => values[name]), `clash ${overlap > 0 ? "overlap" : "walk"}`));
  }));
  return found;
}

async function show() {
  const code = location.pathname.startsWith(`${place.dataset.home}/`) ? location.pathname.split("/").pop() : "";
  const talk = talks.find((one) => one.code === code);
  const find = document.querySelector("[data-find]");
  const heading = document.querySelector("h1");
  place.querySelector("[data-absent]").hidden = Boolean(talk) || [place.dataset.home, place.dataset.own].includes(location.pathname);
  if (talk) {
    heading.textContent = talk.title;
    shown.replaceChildren(...days([talk]), make("p", listed(talk.languages), "meta"), make("p", talk.abstract));
  } else if (location.pathname === place.dataset.own) {
    heading.textContent = place.dataset.wordOwn;
    const { stars } = await kept.stars();
    const mine = talks.filter((one) => stars.has(one.code));
    shown.replaceChildren(...clashes(mine), ...(mine.length ? days(mine) : [make("p", place.dataset.wordNone)]));
  } else {
    find.hidden = false;
    const words = fold(find.querySelector("input").value).split(/\s+/).filter(Boolean);
    const some = talks.filter((one) => words.every((each) => fold(one.find).includes(each)));
    shown.replaceChildren(...(some.length ? days(some) : [make("p", place.dataset.wordNothing)]));
  }
  document.dispatchEvent(new Event("talks-drawn"));
}

document.querySelector("[data-find]").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("[data-find]").addEventListener("input", show);
new BroadcastChannel(`stars-${bar.dataset.edition}`).addEventListener("message", show);
await show();
