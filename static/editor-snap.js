// Snapping: edges of a box are drawn to lines nearby, or else to the grid. Pure; all lengths in cm.

// The lines of a plan that edges may keep to, without those of the stands that are being moved.
export function linesOf(plan, without = new Set()) {
  const xs = new Set([0, plan.hall.width]);
  const ys = new Set([0, plan.hall.depth]);
  const add = ({ x, y, width, depth }) => {
    xs.add(x).add(x + width);
    ys.add(y).add(y + depth);
  };
  for (const stand of plan.stands.values()) if (!without.has(stand.code)) add(stand);
  [...plan.areas, ...plan.hall.columns, ...plan.hall.aisles].forEach(add);
  for (const [x, y] of plan.hall.outline) {
    xs.add(x);
    ys.add(y);
  }
  for (const { x1, y1, x2, y2 } of plan.hall.walls) {
    xs.add(x1).add(x2);
    ys.add(y1).add(y2);
  }
  return { xs: [...xs], ys: [...ys] };
}

function nearest(edges, lines, reach) {
  let best = null;
  for (const edge of edges)
    for (const line of lines) {
      const by = line - edge;
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  return best;
}

const toGrid = (value, grid) => Math.round(value / grid) * grid - value;

// How far a box must move to lie well: { dx, dy, guides: [["x", line], …] }.
export function snapBox(box, lines, reach, grid) {
  const guides = [];
  const along = (low, size, candidates, axis) => {
    const found = reach > 0 ? nearest([low, low + size], candidates, reach) : null;
    if (found) {
      guides.push([axis, found.line]);
      return found.by;
    }
    return grid ? toGrid(low, grid) : Math.round(low) - low;
  };
  return { dx: along(box.x, box.width, lines.xs, "x"), dy: along(box.y, box.depth, lines.ys, "y"), guides };
}

// A point drawn to lines or grid.
export function snapPoint(x, y, lines, reach, grid) {
  const found = snapBox({ x, y, width: 0, depth: 0 }, lines, reach, grid);
  return { x: Math.round(x + found.dx), y: Math.round(y + found.dy), guides: found.guides };
}

export const boxBetween = (one, other) => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(one.x - other.x),
  depth: Math.abs(one.y - other.y),
});

export const touches = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.depth && other.y < one.y + one.depth;
