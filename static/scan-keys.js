// A USB scanner is a keyboard that types fast and ends with Enter. `listenKeys(onText)` hears it wherever the focus is
// on the page but in fields where a person types; a burst without Enter counts after a short silence.
const BURST = 50; // milliseconds between two characters: a scanner is faster, a person slower
const WHOLE = 94; // letters of a badge's code: nothing more will come
const SILENCE = 120; // after a whole code
const LONG_SILENCE = 1000; // after anything else, as a busy device hears a scanner in pieces
const SHORTEST = 6;

const isTyping = (target) => target instanceof HTMLElement && Boolean(target.closest("input:not([data-scans]), textarea, select, [contenteditable]"));

// Collects characters with their times; pure, so that it can be tried without a keyboard.
export function burst(onText) {
  let text = "";
  let last = 0;
  let fast = 0;
  const flush = (ended) => {
    const whole = text;
    const machine = whole.length >= SHORTEST && fast >= whole.length / 2;
    text = "";
    fast = 0;
    if (whole && (machine || (ended && whole.length >= SHORTEST))) onText(whole, machine);
    return machine;
  };
  return {
    add(character, at) {
      if (at - last > 2 * LONG_SILENCE) { text = ""; fast = 0; } // what was left lying there
      if (text && at - last <= BURST) fast += 1;
      text += character;
      last = at;
    },
    enter: () => flush(true),
    silent: () => flush(false),
    isFast: () => fast >= 2,
    patience: () => (text.length === WHOLE ? SILENCE : LONG_SILENCE),
  };
}

export function listenKeys(onText, target = document) {
  const kept = burst(onText);
  let timer = 0;
  const hear = (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "Enter") {
      clearTimeout(timer);
      if (kept.enter()) event.preventDefault(); // no button is pressed by a scanner's Enter
    } else if (event.key.length === 1) {
      kept.add(event.key, event.timeStamp);
      if (kept.isFast()) event.preventDefault();
      clearTimeout(timer);
      timer = setTimeout(() => kept.silent(), kept.patience());
    }
  };
  target.addEventListener("keydown", hear, true);
  return () => target.removeEventListener("keydown", hear, true);
}
