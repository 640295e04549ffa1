// The board: tools, keys, and what the others do meanwhile.
import { at, hear, iso, know, load, post, root, roomName, say, tell, time, dayLabel, whenChanged } from "./board-state.js";
import { draw, drawOthers, make, node, openDay, show, zoom } from "./board-draw.js";
import { aimPool, carried, drop, pickUp, putBack, send } from "./board-carry.js";
import { offer } from "./board-ask.js";
import { arrow, choose, turnDay } from "./board-hand.js";
import { finish, giveUp, longer, stretching } from "./board-stretch.js";

const PAUSE = 2000;
const SLOWEST = 30000;

async function act(kind, fields) {
  const { ok, data } = await post(kind, fields);
  if (!ok) tell(data.error, true);
  else tell((data.changes ?? []).filter((one) => one.mine).slice(0, 2).map(tellOf).join(" "));
}
function tellOf(one) {
  const talk = know.talks.get(one.talk)?.title ?? one.talk;
  if (one.kind === "pin") return say(one.locked ? "is_pinned" : "is_free", { talk });
  return one.room === null ? say("taken_off", { talk })
    : say("moved", { talk, room: roomName(one.room), time: time(one.start), day: dayLabel(one.day) });
}
const chosen = () => [...know.chosen].map((code) => know.talks.get(code));
const DO = {
  undo: () => act("undo"),
  redo: () => act("redo"),
  pin: () => act("pins", { talks: chosen().filter((one) => one.room !== null).map((one) => one.code), locked: true }),
  unpin: () => act("pins", { talks: chosen().filter((one) => one.room !== null).map((one) => one.code), locked: false }),
  clear: () => {
    const some = chosen().filter((one) => one.room !== null && !one.locked);
    return send(some.map((one) => ({ talk: one.code, room: null })), "clear", some[0].code);
  },
  swap: () => {
    const [one, two] = chosen();
    const place = (talk, other) => ({ talk: talk.code, room: other.room, start: iso(other.start) });
    return send([place(one, two), place(two, one)], "swap", one.code);
  },
  zoom: (button) => {
    const roomy = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(roomy));
    zoom(roomy);
    draw();
  },
};
root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.do) DO[button.dataset.do](button);
  else if (button?.dataset.day) openDay(Number(button.dataset.day));
  else if (button?.dataset.show) show(button.dataset.show);
});
for (const field of root.querySelectorAll("[data-filter]")) field.addEventListener("input", draw);

root.addEventListener("keydown", (event) => {
  const code = carried?.talk.code ?? event.target.dataset?.talkCode;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.matches("input")) {
    event.preventDefault();
    DO[event.shiftKey ? "redo" : "undo"]();
    return;
  }
  if (!code || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = {
    Enter: () => (stretching() ? finish() : carried ? drop() : pickUp(code)),
    "+": () => longer(code, 1),
    "=": () => longer(code, 1),
    "-": () => longer(code, -1),
    " ": () => (carried ? drop() : pickUp(code)),
    Escape: () => (stretching() ? giveUp() : putBack()),
    Delete: () => { if (carried || pickUp(code, true)) { aimPool(); drop(); } },
    PageUp: () => turnDay(-1),
    PageDown: () => turnDay(1),
    s: () => choose(code),
    w: () => offer(code, true),
    p: () => act("pins", { talks: [code], locked: !know.talks.get(code).locked }),
  };
  if (event.key.startsWith("Arrow")) arrow(event, code);
  else if (keys[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") putBack();
});

// What others did is told in words, shown where it happened, and kept in the list.
function report(others) {
  if (!others.length) return;
  const acts = new Map();
  for (const one of others) acts.set(one.revision, [...(acts.get(one.revision) ?? []), one]);
  for (const some of acts.values()) {
    const [one] = some;
    const talk = know.talks.get(one.talk)?.title ?? one.talk;
    const words = some.length > 1 ? say("by_other_many", { who: one.who, count: some.length })
      : one.room === null ? say("by_other_off", { who: one.who, talk })
        : say("by_other", { who: one.who, talk, room: roomName(one.room), time: time(one.start), day: dayLabel(one.day) });
    const item = make("li", "", `${one.when} ${words}`);
    item.dir = "auto";
    at("news").prepend(item);
    if (!carried) tell(words);
  }
  while (at("news").childElementCount > 20) at("news").lastElementChild.remove();
  for (const one of others) node(one.talk)?.classList.add("news");
}

let tag = "";
async function watch(pause = PAUSE) {
  let next = PAUSE;
  try {
    if (!document.hidden) {
      const url = new URL(root.dataset.changes, location.href);
      url.searchParams.set("since", know.revision);
      if (carried) url.searchParams.set("carrying", carried.talk.code);
      const answer = await fetch(url, { cache: "no-store", headers: { Accept: "application/json", ...(tag && { "If-None-Match": tag }) } });
      if (answer.status !== 304) {
        if (!answer.ok) throw new Error(String(answer.status));
        tag = answer.headers.get("ETag") ?? "";
        const data = await answer.json();
        know.here = data.here;
        know.held = new Set(data.here.map((one) => one.carrying).filter(Boolean));
        if (data.revision === know.revision) drawOthers();
        else report(await hear(data));
      }
      if (root.classList.contains("lost")) tell(say("found"));
      root.classList.remove("lost");
    }
  } catch {
    if (!root.classList.contains("lost")) tell(say("lost"), true);
    root.classList.add("lost");
    next = Math.min(pause * 2, SLOWEST);
  }
  setTimeout(watch, next, next);
}
// What is in somebody's hand stays as it is until it is put down.
let waiting = false;
function redraw() {
  waiting = Boolean(carried);
  if (!waiting) draw();
}
setInterval(() => { if (waiting && !carried) redraw(); }, 300);

await load();
whenChanged(redraw);
root.hidden = false;
const plain = document.querySelector("[data-plain]");
if (plain && !plain.querySelector(".error-list") && !new URLSearchParams(location.search).has("day")) plain.open = false;
const wanted = new URLSearchParams(location.search).get("talk");
draw();
if (wanted) {
  show(wanted);
  choose(wanted);
}
root.dataset.ready = "";
watch();
