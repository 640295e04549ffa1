// The wall: asks for the totals every three seconds and puts them in place; when the network is gone it waits.

const wall = document.querySelector("[data-wall]");
const totals = wall.querySelector("[data-wall-totals]");
const latest = wall.querySelector("[data-wall-latest]");
const number = new Intl.NumberFormat(document.documentElement.lang);

const made = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

// Each name keeps its own direction, the line that of the page.
const signed = (one) => {
  const line = made("li", "");
  one.parties.forEach((name, at) => line.append(at ? " – " : "", made("bdi", name)));
  if (one.title) line.append(" · ", made("bdi", one.title));
  return line;
};

const draw = (facts) => {
  const text = JSON.stringify(facts);
  if (text === wall.dataset.shown) return;
  wall.dataset.shown = text;
  totals.replaceChildren(
    ...facts.totals.map((one) => {
      const line = made("p", "", { "data-type": one.type });
      line.append(made("span", one.name), made("b", one.sum || number.format(one.count), { class: "num" }));
      if (one.sum) line.append(made("span", one.counted));
      if (one.note) line.append(made("span", one.note, { class: "wall-note" }));
      return line;
    }),
  );
  latest.replaceChildren(...facts.latest.map(signed));
};

const ask = async () => {
  try {
    const answer = await fetch(wall.dataset.wall, { headers: { Accept: "application/json" } });
    if (answer.ok) draw(await answer.json());
  } catch {
    // the network comes back, or somebody looks after the projector
  }
  setTimeout(ask, 3000);
};
setTimeout(ask, 3000);

wall.querySelector("[data-wall-full]").addEventListener("click", () => wall.requestFullscreen());
