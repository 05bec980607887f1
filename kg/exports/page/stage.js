// The drawing: vis-network with our own places, colours and labels. Filters pass through data views, focus through colours.
const container = document.getElementById("network");
let network, nodeSet, edgeSet, nodeView, edgeView;

function nodeStyle(node, near) {
  const colour = colourOf(node.group), faded = near && !near.has(node.id), chosen = node.id === state.selected;
  const hollow = node.group === PAPER;
  const fill = hollow ? mix(colour, PALETTE.stage, node.stub ? 0.92 : 0.55) : colour;
  const background = faded ? mix(fill, PALETTE.stage, 0.86) : fill;
  const border = chosen ? PALETTE.ink : faded ? mix(colour, PALETTE.stage, 0.8) : hollow ? colour : mix(colour, PALETTE.stage, 0.55);
  return { id: node.id, color: { background, border, hover: { background, border } }, borderWidth: chosen ? 3 : 1 };
}

function edgeColour(edge) {
  const target = NODES[edge.to].group;
  return colourOf(target === PAPER ? PAPER : target);
}

function edgeStyle(edge, near) {
  const touched = near && (edge.from === state.selected || edge.to === state.selected);
  const strong = edge.type === "PROPOSES", weak = edge.type === "MENTIONS" || edge.type === "CO_OCCURS";
  const crowd = EDGES.length > 3000 ? 0.6 : 1;
  const share = touched ? 0.9 : near ? 0.05 : (strong ? 0.7 : weak ? 0.16 : edge.type === "CITES" ? 0.22 : 0.36) * crowd;
  return { id: edge.id, color: alpha(edgeColour(edge), share), width: (strong ? 1.9 : weak ? 0.6 : 1) * (touched ? 1.6 : 1) };
}

function visNode(node) {
  const shape = shapeOf(node.group), factor = shape === "square" ? 0.84 : shape === "dot" ? 1 : 1.08;
  return { x: node.x, y: node.y, shape, size: node.size * factor, ...nodeStyle(node, null) };
}

function visEdge(edge) {
  const directed = NODES[edge.from].group === NODES[edge.to].group && edge.type !== "CO_OCCURS";
  const dashes = edge.type === "IS_A" ? [6, 4] : edge.type === "CO_OCCURS" || edge.type === "BUILDS_ON" ? [2, 4] : false;
  return { from: edge.from, to: edge.to, dashes, arrows: directed ? { to: { enabled: true, scaleFactor: 0.4 } } : "", ...edgeStyle(edge, null) };
}

function drawStage() {
  nodeSet = new vis.DataSet(NODES.map(visNode));
  edgeSet = new vis.DataSet(EDGES.map(visEdge));
  nodeView = new vis.DataView(nodeSet, { filter: (node) => shown.nodes.has(node.id) });
  edgeView = new vis.DataView(edgeSet, { filter: (edge) => shown.edges.has(edge.id) });
  const options = { ...DATA.options, interaction: { ...DATA.options.interaction, hideEdgesOnDrag: EDGES.length > 2500, hideEdgesOnZoom: EDGES.length > 2500 } };
  network = new vis.Network(container, { nodes: nodeView, edges: edgeView }, options);
  network.on("afterDrawing", (context) => drawLabels(context, network));
  network.on("click", ({ nodes }) => select(nodes.length ? nodes[0] : null, { centre: false }));
  network.on("hoverNode", ({ node }) => { state.hovered = node; container.style.cursor = "pointer"; });
  network.on("blurNode", () => { state.hovered = null; container.style.cursor = ""; network.redraw(); });
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = Math.round(performance.now()); });
  fitAll(false);
}

function fitAll(animated = true) {
  fitTo([...shown.nodes], { margin: 0.92, most: 2, animated });
}

// Brings nodes into view with a margin; `most` is the largest zoom that this may lead to.
function fitTo(ids, { margin, most, animated }) {
  if (!ids.length) return;
  const places = ids.map((id) => network.body.nodes[id]).filter(Boolean), { clientWidth, clientHeight } = container;
  const [left, right] = [Math.min, Math.max].map((pick) => pick(...places.map(({ x }) => x)));
  const [top, bottom] = [Math.min, Math.max].map((pick) => pick(...places.map(({ y }) => y)));
  const scale = Math.min(most, (clientWidth * margin) / (right - left + 60), (clientHeight * margin) / (bottom - top + 60));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animated && !still() && { duration: 350 } });
}
const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function repaint() {
  const near = focus();
  nodeSet.update(NODES.map((node) => nodeStyle(node, near)));
  edgeSet.update(EDGES.map((edge) => edgeStyle(edge, near)));
}

function applyFilters() {
  refreshShown();
  if (state.selected !== null && !shown.nodes.has(state.selected)) select(null);
  nodeView.refresh();
  edgeView.refresh();
  repaint();
  showStatus();
}

function showStatus() {
  const all = shown.nodes.size === DATA.totals.nodes && shown.edges.size === DATA.totals.edges;
  const part = (now, total, word) => `${now.toLocaleString("en")} of ${count(total, word)}`;
  const undated = yearsNarrowed() ? NODES.filter((node) => node.group === PAPER && !node.year).length : 0;
  document.getElementById("status").textContent = `Showing ${part(shown.nodes.size, DATA.totals.nodes, "nodes")}, ${part(shown.edges.size, DATA.totals.edges, "edges")}`
    + (all ? "" : undated ? ` · ${count(undated, undated === 1 ? "paper" : "papers")} without a year hidden` : "");
}

// Shows a node in the panel and its neighbourhood in the drawing; null clears both.
function select(id, { centre = true, reveal = true } = {}) {
  if (id !== null && !shown.nodes.has(id)) { resetFilters(); syncFilters(); applyFilters(); if (!shown.nodes.has(id)) shown.nodes.add(id); nodeView.refresh(); }
  state.selected = id;
  repaint();
  showPanel(reveal);
  const hash = id === null ? "" : `#${encodeURIComponent(NODES[id].key)}`;
  if (decodeURIComponent(location.hash) !== decodeURIComponent(hash)) history.replaceState(null, "", hash || location.href.split("#")[0]);
  if (id !== null && centre) requestAnimationFrame(() => fitTo([...focus()], { margin: 0.8, most: 1.3, animated: true }));
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: !still() && { duration: 150 } });
}

function panBy(x, y) {
  const at = network.getViewPosition(), scale = network.getScale();
  network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
}
