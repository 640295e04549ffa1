// What a pointer does: choose, move, resize, draw and look around. `tools` says what is drawn.
const SLOP = 4;

export class Hand {
  constructor({ board, plan, snap, tools, act }) {
    Object.assign(this, { board, plan, snap, tools, act, tool: "choose", fingers: new Map(), drag: null, line: [] });
    const { svg } = board;
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => this.up(event, end === "pointercancel"));
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("dblclick", () => this.finishLine());
    svg.addEventListener("contextmenu", (event) => this.drag && event.preventDefault());
  }

  use(tool) {
    this.tool = tool;
    this.cancel();
    this.board.svg.dataset.tool = tool;
  }

  cancel() {
    this.drag = null;
    this.line = [];
    this.board.drawMarks();
    this.act.weighed();
  }

  // How near is near: eight pixels, whatever the scale.
  get reach() {
    return this.act.snaps() ? 8 * this.board.cmPerPixel : 0;
  }

  point(event, without) {
    const at = this.board.at(event);
    return this.snap.snapPoint(at.x, at.y, this.snap.linesOf(this.plan, without), this.reach, this.act.grid());
  }

  down(event) {
    if (this.fingers.size === 0) this.board.svg.focus({ preventScroll: true });
    this.fingers.set(event.pointerId, event);
    this.board.svg.setPointerCapture(event.pointerId);
    if (this.fingers.size > 1) {
      this.drag = { kind: "pinch" };
      this.board.drawMarks();
      return;
    }
    const start = this.board.at(event);
    const base = { start, from: event, moved: false };
    const target = document.elementFromPoint(event.clientX, event.clientY) ?? event.target;
    const handle = target.closest?.("[data-handle]")?.dataset.handle;
    const stand = target.closest?.("[data-stand]")?.dataset.stand;
    const thing = target.closest?.("[data-thing]")?.dataset.thing;
    if (event.button === 1 || this.tool === "look" || this.act.space()) this.drag = { ...base, kind: "pan" };
    else if (this.tool !== "choose") this.startDrawing(event, base);
    else if (handle) this.drag = { ...base, kind: "resize", handle };
    else if (stand) this.startStand(event, base, stand);
    else if (thing && (!thing.startsWith("areas") || this.act.areasToo())) this.startThing(base, thing);
    else this.drag = { ...base, kind: event.pointerType === "touch" ? "pan" : "marquee", add: event.shiftKey };
  }

  startStand(event, base, code) {
    const { chosen } = this.board;
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    if (more) this.board.choose(chosen.has(code) ? [...chosen].filter((one) => one !== code) : [...chosen, code]);
    else if (!chosen.has(code)) this.board.choose([code]);
    const spots = this.board.spots();
    if (spots.length) this.drag = { ...base, kind: "move", box: around(spots), without: new Set(this.board.chosen) };
  }

  startThing(base, name) {
    const [kind, place] = name.split(":");
    this.board.chooseThing(kind, Number(place));
    this.drag = { ...base, kind: "move", box: this.board.thingBox(), without: new Set() };
  }

  startDrawing(event, base) {
    const tool = this.tools[this.tool];
    const at = this.point(event);
    if (tool.shape === "point") {
      this.drag = null;
      tool.make(at);
    } else if (tool.shape === "line") {
      this.line.push([at.x, at.y]);
      if (tool.corners && this.line.length >= tool.corners) this.finishLine();
      else this.drawLine(at);
      this.drag = null;
    } else this.drag = { ...base, kind: "draw", corner: at };
  }

  drawLine(at) {
    const made = this.act.node("path", { class: "drawn-line", d: `M${[...this.line, [at.x, at.y]].map((corner) => corner.join(" ")).join("L")}` });
    this.board.drawMarks(undefined, at.guides ?? [], [made]);
  }

  finishLine() {
    const tool = this.tools[this.tool];
    if (tool?.shape !== "line" || this.line.length < 2) return;
    const { line } = this;
    this.line = [];
    this.board.drawMarks();
    tool.make(line);
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (this.line.length && !this.drag) this.drawLine(this.point(event));
    this.act.hover(this.board.at(event));
    if (!before) return;
    if (this.drag?.kind === "pinch") this.pinch(event, before);
    this.fingers.set(event.pointerId, event);
    const { drag } = this;
    if (!drag || drag.kind === "pinch") return;
    if (!drag.moved && Math.hypot(event.clientX - drag.from.clientX, event.clientY - drag.from.clientY) < SLOP) return;
    drag.moved = true;
    this[`drag_${drag.kind}`](event, drag, before);
  }

  pinch(event, before) {
    const other = [...this.fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (!other) return;
    const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
    const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
    this.board.zoom(apart(before) / apart(event), this.board.at(middle));
  }

  drag_pan(event, _drag, before) {
    const from = this.board.at(before);
    const to = this.board.at(event);
    this.board.pan(from.x - to.x, from.y - to.y);
  }

  drag_marquee(event, drag) {
    drag.box = this.snap.boxBetween(drag.start, this.board.at(event));
    const { x, y, width, depth } = drag.box;
    this.board.drawMarks(undefined, [], [this.act.node("rect", { class: "marquee", x, y, width, height: depth })]);
  }

  drag_draw(event, drag) {
    const at = this.point(event);
    drag.box = this.snap.boxBetween(drag.corner, at);
    const { x, y, width, depth } = drag.box;
    this.act.measure(drag.box);
    if (this.tool === "stand") this.act.weigh(null, drag.box);
    this.board.drawMarks(undefined, at.guides, [this.act.node("rect", { class: "drawn", x, y, width, height: depth })]);
  }

  drag_move(event, drag) {
    const at = this.board.at(event);
    const box = { ...drag.box, x: drag.box.x + at.x - drag.start.x, y: drag.box.y + at.y - drag.start.y };
    if (event.shiftKey && !event.ctrlKey) {
      if (Math.abs(box.x - drag.box.x) > Math.abs(box.y - drag.box.y)) box.y = drag.box.y;
      else box.x = drag.box.x;
    }
    const found = event.altKey ? { dx: 0, dy: 0, guides: [] } : this.snap.snapBox(box, this.snap.linesOf(this.plan, drag.without), this.reach, this.act.grid());
    drag.shift = { dx: Math.round(box.x + found.dx - drag.box.x), dy: Math.round(box.y + found.dy - drag.box.y) };
    this.act.measure({ ...drag.box, x: drag.box.x + drag.shift.dx, y: drag.box.y + drag.shift.dy });
    this.board.drawMarks(drag.shift, found.guides);
  }

  drag_resize(event, drag) {
    const old = this.board.spots()[0] ?? this.board.thingBox();
    const at = this.point(event, new Set(this.board.chosen));
    let [x0, y0, x1, y1] = [old.x, old.y, old.x + old.width, old.y + old.depth];
    if (drag.handle.includes("w")) x0 = Math.min(at.x, x1 - 10);
    if (drag.handle.includes("e")) x1 = Math.max(at.x, x0 + 10);
    if (drag.handle.includes("n")) y0 = Math.min(at.y, y1 - 10);
    if (drag.handle.includes("s")) y1 = Math.max(at.y, y0 + 10);
    drag.box = { x: x0, y: y0, width: x1 - x0, depth: y1 - y0 };
    this.act.measure(drag.box);
    this.act.weigh(this.board.spots()[0] ?? null, drag.box);
    this.board.drawMarks(undefined, at.guides, [this.act.node("rect", { class: "drawn", x: x0, y: y0, width: x1 - x0, height: y1 - y0 })]);
  }

  up(event, cancelled) {
    this.fingers.delete(event.pointerId);
    const { drag } = this;
    this.drag = this.fingers.size ? { kind: "pinch" } : null;
    if (!drag || drag.kind === "pinch" || drag.kind === "pan") return;
    if (cancelled) return this.cancel();
    if (drag.kind === "marquee") this.endMarquee(drag);
    else if (drag.kind === "move" && drag.shift && (drag.shift.dx || drag.shift.dy)) this.act.moved(drag.shift);
    else if (drag.kind === "resize" && drag.box) this.act.resized(drag.box);
    else if (drag.kind === "draw" && drag.box?.width && drag.box?.depth) this.tools[this.tool].make(drag.box);
    else this.board.drawMarks();
  }

  endMarquee(drag) {
    const inside = drag.moved && drag.box ? [...this.plan.stands.values()].filter((stand) => this.snap.touches(stand, drag.box)).map((stand) => stand.code) : [];
    this.board.choose(drag.add ? [...this.board.chosen, ...inside] : inside);
  }

  wheel(event) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) this.board.zoom(Math.exp(event.deltaY * 0.004), this.board.at(event));
    else this.board.pan((event.shiftKey ? event.deltaY : event.deltaX) * this.board.cmPerPixel, (event.shiftKey ? 0 : event.deltaY) * this.board.cmPerPixel);
  }
}

export function around(boxes) {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, width: Math.max(...boxes.map((box) => box.x + box.width)) - x, depth: Math.max(...boxes.map((box) => box.y + box.depth)) - y };
}
