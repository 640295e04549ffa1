// Picking stands: a click or Enter takes a stand in or out and shows at once what speaks against it; the countdown
// runs by the server's clock; what others take is asked for every few seconds. Without this every link and form works.
const PAUSE = 3000;
const SLOWEST = 30000;
const page = document.querySelector("[data-picking]");
const announce = document.querySelector("[data-announce]");
const links = new Map([...page.querySelectorAll("a.pick")].map((link) => [link.dataset.stand, link]));
const state = new Map([...links].map(([code, link]) => [code, ["held", "taken", "mine", "own"].find((name) => link.classList.contains(name)) ?? "free"]));
const picked = new Set([...page.querySelectorAll(".basket .picked [data-toggle]")].map((link) => link.dataset.toggle));
const words = Object.fromEntries([...page.querySelectorAll("[data-count]")].map((count) => [count.dataset.count, count.parentElement.textContent.replace(count.textContent, "").trim()]));
const number = new Intl.NumberFormat(document.documentElement.lang);

const say = (sentence) => { announce.textContent = ""; setTimeout(() => { announce.textContent = sentence; }, 50); };

function draw() {
  for (const [code, link] of links) {
    const now = state.get(code);
    link.setAttribute("class", `pick ${now}${picked.has(code) ? " picked" : ""}${link.classList.contains("unfit") ? " unfit" : ""}`);
    const said = `${link.dataset.said.split(" · ").slice(0, 2).join(" · ")} · ${words[now]}`;
    link.setAttribute("aria-label", said);
    link.querySelector("title").textContent = said;
  }
  for (const button of page.querySelectorAll("tr [data-toggle]")) {
    const word = button.querySelector("[data-toggle-word]");
    const [out, take] = word.dataset.toggleWord.split("|");
    word.textContent = picked.has(button.dataset.toggle) ? out : take;
  }
  for (const count of page.querySelectorAll("[data-count]")) {
    count.textContent = number.format([...state.values()].filter((name) => name === count.dataset.count).length);
  }
}

let asked = 0;
async function refreshBasket(news = "") {
  const mine = (asked += 1);
  const old = document.getElementById("basket");
  old.classList.add("refreshing");
  for (const button of old.querySelectorAll("button")) button.disabled = true; // they are about the former pick
  const query = new URLSearchParams([...picked].map((code) => ["stand", code]));
  try {
    const answer = await fetch(`${page.dataset.basketUrl}?${query}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (mine !== asked) return;
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("basket");
    const focus = old.contains(document.activeElement) ? document.activeElement.dataset.toggle : null;
    document.getElementById("basket").replaceWith(fresh);
    if (focus) (fresh.querySelector(`[data-toggle="${CSS.escape(focus)}"]`) ?? fresh.querySelector("a, button"))?.focus();
    if (news) fresh.querySelector("h2").insertAdjacentElement("afterend", Object.assign(document.createElement("p"), { className: "gone", textContent: news }));
    const verdict = fresh.querySelector(".verdict");
    const told = `${news} ${verdict?.textContent ?? ""}`.replace(/\s+/g, " ").trim();
    if (told) say(told);
    startClock();
  } catch {
    location.assign(`${location.pathname}?${query}&picked=1`);
  }
}

function toggle(code) {
  if (["taken", "held", "own"].includes(state.get(code))) return say(links.get(code)?.getAttribute("aria-label") ?? code);
  if (!picked.delete(code)) picked.add(code);
  draw();
  refreshBasket();
}

page.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("[data-toggle], a.pick");
  if (!link) return;
  event.preventDefault();
  toggle(link.dataset.toggle ?? link.dataset.stand);
});

// Arrow keys go to the nearest stand in that direction; space picks as Enter does.
const centre = (link) => { const box = link.querySelector("rect"); return [+box.getAttribute("x") + box.getAttribute("width") / 2, +box.getAttribute("y") + box.getAttribute("height") / 2]; };
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
page.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("a.pick");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " ") { event.preventDefault(); toggle(link.dataset.stand); return; }
  const way = ways[event.key];
  if (!way) return;
  event.preventDefault();
  const [x, y] = centre(link);
  let best = null;
  let least = Infinity;
  for (const other of links.values()) {
    if (other === link) continue;
    const [ox, oy] = centre(other);
    const ahead = (ox - x) * way[0] + (oy - y) * way[1];
    if (ahead <= 1) continue;
    const far = ahead + 3 * Math.abs((ox - x) * way[1] + (oy - y) * way[0]);
    if (far < least) [best, least] = [other, far];
  }
  if (!best) return;
  link.tabIndex = -1;
  best.tabIndex = 0;
  best.focus();
});

// The same hall once more, as the server knows it; whose time has run out is told so there.
const again = (ended = false) => location.assign(page.dataset.againUrl + (ended ? "&ended=1" : ""));

let ticking = 0;
let ends = Infinity; // by the clock of this machine
const secondsLeft = () => Math.ceil((ends - Date.now()) / 1000);
function startClock() {
  clearInterval(ticking);
  const basket = document.getElementById("basket");
  const left = basket.querySelector("[data-left]");
  if (!basket.dataset.until || !left) return;
  ends = Number(basket.dataset.until) - Number(basket.dataset.now) + Date.now();
  const show = () => {
    const seconds = secondsLeft();
    if (seconds <= 0) {
      clearInterval(ticking);
      say(page.dataset.ended);
      setTimeout(() => again(true), 1500);
      return;
    }
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    left.textContent = page.dataset.leftWord.replace("TIME", time);
    left.parentElement.classList.toggle("soon", seconds <= 60);
    if (seconds === 60) say(left.textContent);
  };
  show();
  ticking = setInterval(show, 1000);
}

let tag = "";
async function watch(pause = PAUSE) {
  let next = PAUSE;
  try {
    if (!document.hidden) {
      const answer = await fetch(page.dataset.stateUrl, { headers: { Accept: "application/json", ...(tag ? { "If-None-Match": tag } : {}) }, cache: "no-store" });
      if (answer.status === 200) {
        const first = tag === "";
        tag = answer.headers.get("ETag") ?? "";
        take(await answer.json(), first);
      } else if (answer.status !== 304) throw new Error(String(answer.status));
    }
  } catch {
    next = Math.min(pause * 2, SLOWEST);
  }
  setTimeout(watch, next, next);
}

let round = null;
function take(answer, first) {
  if (round !== null && answer.state !== round) return again();
  round = answer.state;
  const now = new Map(Object.entries(answer.stands).flatMap(([name, codes]) => codes.map((code) => [code, name])));
  const lost = [];
  for (const code of links.keys()) {
    const name = now.get(code) ?? "free";
    if (["held", "taken"].includes(name) && picked.delete(code)) lost.push(code);
    state.set(code, name);
  }
  draw();
  // Confirmed, let go or run out elsewhere, say in another window: the server shows how things stand.
  const holds = Boolean(document.getElementById("basket").querySelector(".countdown"));
  if (!first && holds !== (answer.until !== null)) return again(holds && secondsLeft() <= 3);
  if (lost.length) refreshBasket(lost.map((code) => page.dataset.gone.replace("CODE", code)).join(" "));
}

startClock();
watch();
