// Names on the drawing: as many as fit without touching each other, the most important first, in one size at every zoom.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const WIDTHS = new Map();
const CELL = 80;
const PROMINENT = 9; // the radius above which a name may stand on another node's mark rather than be left out
const SPARSE = 8500; // square pixels that a name has to itself, on the whole

class Occupied {
  constructor() { this.cells = new Map(); }
  * keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield x * 4096 + y;
  }
  add(box, owner) { for (const key of this.keys(box)) { if (!this.cells.has(key)) this.cells.set(key, []); this.cells.get(key).push([box, owner]); } }
  free(box, owner) {
    for (const key of this.keys(box)) for (const [other, its] of this.cells.get(key) ?? [])
      if (its !== owner && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
    return true;
  }
}

function styleOf(node, main) {
  const size = node.group === PAPER ? 11 : Math.min(15, 10.5 + node.size / 6);
  return { size: main ? Math.max(size, 13) : size, font: `${main || (node.group !== PAPER && node.size > 9) ? 600 : 400} ${main ? Math.max(size, 13) : size}px ${FONT}` };
}

function widthOf(context, text, font) {
  const key = font + text;
  if (!WIDTHS.has(key)) { context.font = font; WIDTHS.set(key, context.measureText(text).width); }
  return WIDTHS.get(key);
}

function ranked(near, scale) {
  const weightOf = (node) => (node.id === state.hovered ? 1e6 : 0) + (node.id === state.selected ? 1e5 : 0) + node.size * (node.group === PAPER ? 0.2 : 1);
  const wanted = (node) => shown.nodes.has(node.id) && (node.id === state.hovered || (near ? near.has(node.id) : node.group !== PAPER || scale > 1.3));
  return NODES.filter(wanted).sort((one, other) => weightOf(other) - weightOf(one) || one.id - other.id);
}

function drawLabels(context, network) {
  const scale = network.getScale(), centre = network.getViewPosition(), near = focus();
  const { clientWidth: width, clientHeight: height } = context.canvas, ratio = context.canvas.width / width;
  const place = (node) => { const body = network.body.nodes[node.id] ?? node; return [(body.x - centre.x) * scale + width / 2, (body.y - centre.y) * scale + height / 2]; };
  const inView = ([x, y]) => x > -60 && x < width + 60 && y > -30 && y < height + 30;
  const taken = new Occupied(), marks = new Occupied();
  for (const node of NODES) {
    const [x, y] = shown.nodes.has(node.id) ? place(node) : [-1e4, 0], radius = node.size * scale * 0.8;
    if (radius > 3 && node.group !== PAPER && inView([x, y]) && (!near || near.has(node.id))) marks.add([x - radius, y - radius, x + radius, y + radius], node.id);
  }
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  let room = (width * height) / SPARSE;
  for (const node of ranked(near, scale)) {
    const at = place(node);
    if (room > 0 && inView(at) && drawLabel(context, node, at, node.size * scale, { taken, marks, width, height })) room -= 1;
  }
  context.restore();
}

function drawLabel(context, node, [x, y], radius, { taken, marks, width, height }) {
  const main = node.id === state.hovered || node.id === state.selected;
  const text = short(node.title, main ? Math.min(64, Math.floor(width / 9)) : node.group === PAPER ? 38 : 34), { size, font } = styleOf(node, main);
  const wide = widthOf(context, text, font), half = size * 0.62, gap = radius + 3;
  const spots = [[x - wide / 2, y + gap + half], [x - wide / 2, y - gap - half], [x + gap + 1, y], [x - gap - 1 - wide, y]];
  const boxAt = ([left, middle]) => [left - 2, middle - half, left + wide + 2, middle + half];
  const whole = ([left, top, right, bottom]) => left >= 2 && right <= width - 2 && top >= 2 && bottom <= height - 2;
  const open = spots.filter((each) => whole(boxAt(each)) && taken.free(boxAt(each), node.id));
  const spot = open.find((each) => marks.free(boxAt(each), node.id)) ?? (node.size > PROMINENT ? open[0] : null) ?? (main ? [Math.max(8, Math.min(width - wide - 8, spots[0][0])), spots[0][1]] : null);
  if (!spot) return false;
  const box = boxAt(spot);
  taken.add(box, -1);
  context.font = font;
  if (main) {
    context.fillStyle = PALETTE.card;
    context.strokeStyle = colourOf(node.group);
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(box[0] - 4, box[1] - 2, box[2] - box[0] + 8, box[3] - box[1] + 4, 5);
    context.fill();
    context.stroke();
  } else {
    context.strokeStyle = alpha(PALETTE.stage, 0.88);
    context.lineWidth = 3.5;
    context.strokeText(text, ...spot);
  }
  context.fillStyle = node.group === PAPER && !main ? PALETTE.muted : PALETTE.ink;
  context.fillText(text, ...spot);
  return true;
}
