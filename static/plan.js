// Zoom and pan for an inline SVG by buttons, keys, drag, wheel and pinch. What the page was asked for (#stand-… in
// the address, or stands marked as found) is brought near.
const CLOSEST = 0.04;

function zoomable(frame) {
  const view = frame.querySelector(".plan-view");
  const svg = view.querySelector("svg");
  if (!svg?.viewBox.baseVal.width) return;
  const { x, y, width, height } = svg.viewBox.baseVal;
  const all = { x, y, width, height };
  let box = { ...all };
  const fingers = new Map();
  let moved = 0;

  function show(next) {
    const size = Math.min(Math.max(next.width, all.width * CLOSEST), all.width);
    box = { width: size, height: (size * all.height) / all.width };
    box.x = Math.min(Math.max(next.x, all.x), all.x + all.width - box.width);
    box.y = Math.min(Math.max(next.y, all.y), all.y + all.height - box.height);
    svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    frame.classList.toggle("near", box.width < all.width * 0.45);
    if (!next.quiet) frame.dispatchEvent(new CustomEvent("plan:shown", { bubbles: true, detail: { ...box } }));
  }
  // Another plan beside this one was zoomed or moved: follow it.
  frame.addEventListener("plan:follow", (event) => show({ ...event.detail, quiet: true }));
  function at(clientX, clientY) {
    const place = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: place.x, y: place.y };
  }
  function zoom(factor, centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }) {
    const size = Math.min(Math.max(box.width * factor, all.width * CLOSEST), all.width);
    const real = size / box.width;
    show({ x: centre.x - (centre.x - box.x) * real, y: centre.y - (centre.y - box.y) * real, width: size });
  }
  const pan = (dx, dy) => show({ ...box, x: box.x + dx, y: box.y + dy });

  const acts = {
    "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1.4), 0: () => show(all),
    ArrowLeft: () => pan(-box.width / 8, 0), ArrowRight: () => pan(box.width / 8, 0),
    ArrowUp: () => pan(0, -box.height / 8), ArrowDown: () => pan(0, box.height / 8),
  };
  view.addEventListener("keydown", (event) => {
    if (event.target !== view || !acts[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    acts[event.key]();
  });
  const buttons = { in: acts["+"], out: acts["-"], all: acts[0] };
  for (const button of frame.querySelectorAll("[data-zoom]")) button.addEventListener("click", buttons[button.dataset.zoom]);

  // The wheel alone scrolls the page; with Ctrl, or a touchpad's pinch, it zooms.
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(event.deltaY * 0.01), at(event.clientX, event.clientY));
  }, { passive: false });
  view.addEventListener("dblclick", (event) => zoom(0.5, at(event.clientX, event.clientY)));

  view.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    moved = 0;
  });
  view.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (moved > 6) view.setPointerCapture(event.pointerId);
    const other = [...fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
      zoom(apart(before) / apart(event), at((event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2));
    } else if (moved > 6) {
      const from = at(before.clientX, before.clientY);
      const to = at(event.clientX, event.clientY);
      pan(from.x - to.x, from.y - to.y);
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) view.addEventListener(end, (event) => fingers.delete(event.pointerId));
  // A drag must not open the stand it ended on.
  view.addEventListener("click", (event) => moved > 6 && event.preventDefault(), true);

  let marked = null;
  function near(things) {
    const spots = things.map((it) => it.getBoundingClientRect()).filter((spot) => spot.width || spot.height);
    if (!spots.length) return;
    const from = at(Math.min(...spots.map((spot) => spot.left)), Math.min(...spots.map((spot) => spot.top)));
    const to = at(Math.max(...spots.map((spot) => spot.right)), Math.max(...spots.map((spot) => spot.bottom)));
    const size = Math.max(all.width / 4, 1.3 * (to.x - from.x), (1.3 * (to.y - from.y) * all.width) / all.height);
    show({ x: (from.x + to.x - size) / 2, y: (from.y + to.y - (size * all.height) / all.width) / 2, width: size });
  }
  function named(code) {
    const stand = CSS.escape(code.replace(/^stand-/, ""));
    return svg.querySelector(`#${CSS.escape(code)}, [data-stands~="${stand}"]`);
  }
  function bringNear() {
    marked?.classList.remove("found");
    marked = location.hash.length > 1 ? named(decodeURIComponent(location.hash.slice(1))) : null;
    marked?.classList.add("found");
    near(marked ? [marked] : [...svg.querySelectorAll(".way, .stand.found")]);
  }
  frame.addEventListener("plan:near", (event) => near(event.detail));
  addEventListener("hashchange", bringNear);
  frame.querySelector(".plan-tools").hidden = false;
  frame.classList.add("live");
  bringNear();
}

for (const frame of document.querySelectorAll("[data-plan]")) zoomable(frame);
