// Questions and offers: place it anyway, somebody was faster, better places.
import { at, dayLabel, dayOf, iso, know, root, roomName, say, tell, time } from "./board-state.js";
import { make, show } from "./board-draw.js";
import { send } from "./board-carry.js";

let yes = null;
let asker = null;

function ask(title, reasons, { anyway, again, code }) {
  asker = code ?? null;
  at("ask-title").textContent = title;
  at("ask-why").replaceChildren(...reasons.map((reason) => make("li", "", reason)));
  at("ask-do").hidden = !anyway;
  at("ask-again").hidden = !again;
  at("ask-show").hidden = !code;
  yes = anyway ?? again;
  at("ask").hidden = false;
  at("ask").scrollIntoView({ block: "nearest" });
  at("ask").focus({ preventScroll: true });
}
function done() {
  at("ask").hidden = true;
  yes = null;
}
export const askAnyway = (doubts, anyway) => ask(doubts[0], doubts.slice(1), { anyway });
// Both versions: what the other one did stands in the title, what was wanted below it.
export function askStale(sentence, code, moves, again) {
  const wanted = moves.slice(0, 5).map((move) => {
    const minute = move.room === null ? 0 : Math.round((Date.parse(move.start) / 1000 - know.origin) / 60);
    const place = move.room === null ? say("in_pool")
      : say("over", { room: roomName(move.room), time: time(minute), day: dayLabel(dayOf(minute)) });
    return say("wanted", { talk: know.talks.get(move.talk)?.title ?? move.talk, place });
  });
  ask(sentence, wanted, { again, code });
}

at("ask-not").addEventListener("click", () => { done(); tell(say("back")); if (asker) show(asker); });
at("ask-show").addEventListener("click", () => show(asker));
for (const name of ["ask-do", "ask-again"]) {
  at(name).addEventListener("click", () => {
    const go = yes;
    done();
    go?.();
  });
}
at("ask").addEventListener("keydown", (event) => {
  if (event.key === "Escape") at("ask-not").click();
});

let offered = 0;
// Up to three better places; null takes the list away.
export async function offer(code, loud = false) {
  const turn = ++offered;
  if (code === null) {
    at("offers-box").hidden = true;
    return;
  }
  const url = new URL(root.dataset.places, location.href);
  url.searchParams.set("talk", code);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const data = await answer.json();
  if (turn !== offered) return;
  const talk = know.talks.get(code);
  at("offers").replaceChildren(...(data.offers ?? []).map((one) => {
    const place = say("over", { room: roomName(one.room), time: time(one.start), day: dayLabel(dayOf(one.start)) });
    const item = make("li");
    const words = `${place} ${one.words}`;
    if (one.displaced.length) item.append(make("span", "", words));
    else {
      const button = make("button", "", words);
      button.type = "button";
      button.addEventListener("click", () => send([{ talk: code, room: one.room, start: iso(one.start) }], "move", code));
      item.append(button);
    }
    return item;
  }));
  if (!at("offers").childElementCount) at("offers").append(make("li", "quiet", data.error ?? say("nothing_free")));
  at("offers-box").hidden = false;
  at("offers-box").querySelector("h2").title = talk?.title ?? "";
  if (loud) {
    at("offers-box").scrollIntoView({ block: "nearest" });
    at("offers").querySelector("button")?.focus();
  }
}
