// The hands: mouse, finger and keyboard on the board.
import { at, dayOf, know, root, roomAt, say, tell, time } from "./board-state.js";
import { axis, bands, column, draw, node, openDay, perMinute, rightToLeft } from "./board-draw.js";
import { aim, aimPool, carried, drop, pickUp, putBack } from "./board-carry.js";

const LONG_PRESS = 350;
const FAR = 6;
const EDGE = 48;
let press = null;
let hover = 0;
let rolling = 0;

const codeOf = (target) => target.closest?.("[data-talk-code]")?.dataset.talkCode;

export function choose(code) {
  if (!know.chosen.delete(code)) know.chosen.add(code);
  draw();
}
export function chooseOne(code) {
  know.chosen.clear();
  if (code) know.chosen.add(code);
  draw();
}

root.addEventListener("pointerdown", (event) => {
  const code = codeOf(event.target);
  if (!code || event.button !== 0 || carried) return;
  const box = node(code).getBoundingClientRect();
  press = { code, id: event.pointerId, x: event.clientX, y: event.clientY, grip: event.clientY - box.top, touch: event.pointerType !== "mouse", timer: 0, lifted: false };
  if (press.touch) press.timer = setTimeout(lift, LONG_PRESS);
});
function lift() {
  if (!press || press.lifted) return;
  if (!pickUp(press.code, true)) {
    press = null;
    return;
  }
  press.lifted = true;
  if (carried.talk.room === null) press.grip = 0;
  root.setPointerCapture?.(press.id);
  navigator.vibrate?.(15);
  follow(press.x, press.y);
}
root.addEventListener("pointermove", (event) => {
  if (!press || event.pointerId !== press.id) return;
  const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR;
  if (!press.lifted && far) {
    if (press.touch) {
      clearTimeout(press.timer); // it is a scroll
      press = null;
      return;
    }
    lift();
  }
  if (press?.lifted) follow(event.clientX, event.clientY);
});
root.addEventListener("touchmove", (event) => {
  if (press?.lifted) event.preventDefault();
}, { passive: false });
root.addEventListener("contextmenu", (event) => {
  if (press?.touch) event.preventDefault();
});

function follow(x, y) {
  press.x = x;
  press.y = y;
  const under = document.elementFromPoint(x, y);
  const tab = under?.closest?.("[data-day]");
  if (press.tab !== tab?.dataset.day) {
    clearTimeout(hover);
    press.tab = tab?.dataset.day;
    for (const each of root.querySelectorAll(".over")) each.classList.remove("over");
    tab?.classList.add("over");
    if (tab) hover = setTimeout(() => { if (press?.lifted) dropInto(Number(tab.dataset.day)); }, 400);
  }
  at("pool").classList.toggle("over", Boolean(under?.closest?.("[data-pool]")));
  if (tab) return;
  if (under?.closest?.("[data-pool]")) {
    aimPool();
    return;
  }
  roll(x, y);
  const box = at("canvas").getBoundingClientRect();
  const across = rightToLeft() ? box.right - x : x - box.left;
  const index = Math.max(0, Math.min(know.rooms.length - 1, Math.floor((across - axis()) / column())));
  const day = know.days[know.day];
  const minute = day.from + (y - press.grip - box.top) / perMinute();
  const snapped = Math.round(minute / know.step) * know.step;
  const last = Math.max(day.from, day.until - carried.talk.minutes);
  aim(know.rooms[index].code, Math.max(day.from, Math.min(last, snapped)));
}
// The same time of day on another day, also where clocks change in between.
function onDay(index, minute) {
  const [from, to] = [know.days[dayOf(minute)], know.days[index]];
  const guess = minute + (Date.parse(to.date) - Date.parse(from.date)) / 60000;
  const clock = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const off = clock(time(minute)) - clock(time(guess));
  return guess + (off > 720 ? off - 1440 : off < -720 ? off + 1440 : off);
}
function turn(index) {
  if (index < 0 || index >= know.days.length) return;
  const start = onDay(index, carried.start);
  openDay(index);
  holdOn();
  aim(carried.room, start, true);
}
// On the way to a day's tab other places were passed: they do not count, a talk keeps its room and time.
function dropInto(index) {
  const { talk } = carried;
  if (talk.room !== null) Object.assign(carried, { room: talk.room, start: talk.start });
  turn(index);
}
// The day was drawn anew: what is carried stays in hand, and the keys stay on the board.
function holdOn() {
  for (const code of carried.moving) node(code)?.classList.add("carried");
  bands(carried.talk, carried.moving);
  if (!press) at("view").focus({ preventScroll: true });
}

// Near an edge the board scrolls under the finger.
function roll(x, y) {
  clearTimeout(rolling);
  const view = at("view");
  const box = view.getBoundingClientRect();
  const pull = (near, far) => (near < EDGE ? near - EDGE : far < EDGE ? EDGE - far : 0) / 3;
  const [dx, dy] = [pull(x - box.left, box.right - x), pull(y - box.top - at("heads").offsetHeight, box.bottom - y)];
  if (!dx && !dy) return;
  view.scrollBy(dx, dy);
  rolling = setTimeout(() => { if (press?.lifted) follow(press.x, press.y); }, 40);
}

async function release(event) {
  if (!press || event.pointerId !== press.id) return;
  const { lifted, code, timer, tab } = press;
  clearTimeout(timer);
  clearTimeout(hover);
  clearTimeout(rolling);
  press = null;
  at("pool").classList.remove("over");
  if (!lifted) {
    if (event.shiftKey || event.ctrlKey || event.metaKey) choose(code);
    else chooseOne(know.chosen.has(code) && know.chosen.size === 1 ? null : code);
    node(code)?.focus({ preventScroll: true });
    return;
  }
  if (tab !== undefined && carried) dropInto(Number(tab));
  await drop();
}
root.addEventListener("pointerup", release);
root.addEventListener("pointercancel", () => {
  clearTimeout(press?.timer);
  if (press?.lifted) putBack();
  press = null;
});

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
// Moves what is carried, or the focus.
export function arrow(event, code) {
  const [across, down] = ARROWS[event.key];
  const side = rightToLeft() ? -across : across;
  event.preventDefault();
  if (!carried) {
    step(code, side, down);
    return;
  }
  const index = Math.max(0, Math.min(know.rooms.length - 1, roomAt(carried.room) + side));
  const day = know.days[know.day];
  const start = carried.start + down * (event.shiftKey ? 30 : know.step);
  if (start < day.from || start + carried.talk.minutes > day.until) {
    tell(say("outside"), true);
    return;
  }
  aim(know.rooms[index].code, start);
  root.querySelector(".board-ghost")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
function step(code, side, down) {
  const talk = know.talks.get(code);
  if (!talk || talk.room === null) {
    const row = [...at("cards").children];
    focus(row[row.indexOf(node(code)) + (down || side)]);
    return;
  }
  const here = [...know.talks.values()].filter((one) => one.day === know.day && one.room !== null);
  if (down) {
    const ahead = here.filter((one) => one.room === talk.room && (one.start - talk.start) * down > 0);
    focus(nearest(ahead, talk));
    return;
  }
  for (let index = roomAt(talk.room) + side; index >= 0 && index < know.rooms.length; index += side) {
    const there = here.filter((one) => one.room === know.rooms[index].code);
    if (there.length) {
      focus(nearest(there, talk));
      return;
    }
  }
}
function nearest(talks, talk) {
  const best = talks.sort((a, b) => Math.abs(a.start - talk.start) - Math.abs(b.start - talk.start))[0];
  return best && node(best.code);
}
function focus(found) {
  if (!found) return;
  for (const each of root.querySelectorAll('.board-talk[tabindex="0"]')) each.tabIndex = -1;
  found.tabIndex = 0;
  found.focus();
  found.scrollIntoView({ block: "nearest", inline: "nearest" });
}
export function turnDay(by) {
  if (carried) turn(know.day + by);
  else openDay(know.day + by);
}
