// The projector: asks every five seconds, redraws what changed, and says since when it could not ask.
const wall = document.querySelector("[data-figures]");
const find = (selector) => wall.querySelector(selector);
const number = new Intl.NumberFormat(document.documentElement.lang);
const made = (tag, text, classes = "") => Object.assign(document.createElement(tag), { textContent: text, className: classes });
const EVERY = 5000;
let since = "";

function points(values, top) {
  const wide = Math.max(values.length - 1, 1);
  return values.map((value, place) => `${((1000 * place) / wide).toFixed(1)},${(298 - (290 * value) / top).toFixed(1)}`).join(" ");
}

function line(name, count, limit) {
  const item = made("li", "", limit && count >= limit ? "full" : limit && count >= 0.9 * limit ? "near" : "");
  const label = made("span", name);
  label.dir = "auto";
  const value = made("b", number.format(count), "num");
  if (limit) value.append(made("small", ` / ${number.format(limit)}`));
  item.append(label, value);
  return item;
}

function draw(told) {
  for (const place of wall.querySelectorAll("[data-number]")) place.textContent = number.format(told[place.dataset.number]);
  for (const place of wall.querySelectorAll("[data-at]")) place.textContent = told[place.dataset.at];
  const top = Math.max(4, ...told.curve, ...told.curve_day_before);
  const curve = points(told.curve, top);
  find("[data-curve]").setAttribute("points", curve);
  find("[data-area]").setAttribute("points", `0,300 ${curve} 1000,300`);
  find("[data-before]").setAttribute("points", points(told.curve_day_before, top));
  find("[data-top]").textContent = number.format(top);
  find("[data-areas]").replaceChildren(...told.areas.slice(0, 9).map((area) => line(area.name, area.inside, area.limit)));
  find("[data-countries]").replaceChildren(...told.countries.map((one) => line(one.name, one.visits)));
}

async function ask() {
  try {
    const answer = await fetch(wall.dataset.figures + location.search, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    draw(told);
    since = told.time;
    find("[data-stale]").textContent = "";
  } catch {
    find("[data-stale]").textContent = wall.dataset.wordStale.replace("{time}", since || find("[data-at=time]").textContent);
  }
  setTimeout(ask, EVERY);
}
setTimeout(ask, EVERY);
find("[data-live]").hidden = false;
find("[data-full]").addEventListener("click", () => document.documentElement.requestFullscreen());
