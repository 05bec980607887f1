// The graph in memory, what is switched on, and what follows from both. Nothing here touches the page.
const DATA = JSON.parse(document.getElementById("graph-data").textContent);
const NODES = DATA.nodes, EDGES = DATA.edges;
const GROUP = new Map(DATA.groups.map((group) => [group.name, group]));
const TYPE = new Map(DATA.types.map((type, rank) => [type.name, { ...type, rank }]));
const PAPER = "Paper";
const KEYS = new Map(NODES.map((node) => [node.key, node.id]));
const ADJACENT = NODES.map(() => []);
for (const edge of EDGES) { ADJACENT[edge.from].push(edge); if (edge.to !== edge.from) ADJACENT[edge.to].push(edge); }
const BEYOND = new Map();
for (const edge of DATA.beyond) { if (!BEYOND.has(edge.from)) BEYOND.set(edge.from, []); BEYOND.get(edge.from).push(edge); }
const YEARS = NODES.filter((node) => node.group === PAPER && node.year).map((node) => node.year);
const FIRST = Math.min(...YEARS), LAST = Math.max(...YEARS);

const state = { groups: new Set(), types: new Set(), from: FIRST, to: LAST, papers: 1, selected: null, hovered: null };
const shown = { nodes: new Set(), edges: new Set() };

function resetFilters() {
  state.groups = new Set(DATA.groups.map((group) => group.name));
  state.types = new Set(DATA.types.filter((type) => type.on).map((type) => type.name));
  Object.assign(state, { from: FIRST, to: LAST, papers: 1 });
}

const yearsNarrowed = () => YEARS.length > 0 && (state.from > FIRST || state.to < LAST);
const rolesOf = (node) => ADJACENT[node.id].filter((edge) => edge.to === node.id && NODES[edge.from].group === PAPER);
const papersOf = (node) => node.papers ?? rolesOf(node).length;

function passes(node) {
  if (!state.groups.has(node.group)) return false;
  if (node.group !== PAPER) return papersOf(node) >= state.papers;
  return !yearsNarrowed() || (node.year >= state.from && node.year <= state.to);
}

// A concept that no shown edge holds says nothing: it goes with its papers, unless papers themselves are switched off.
function refreshShown() {
  const kept = new Set(NODES.filter(passes).map((node) => node.id));
  const edges = EDGES.filter((edge) => state.types.has(edge.type) && kept.has(edge.from) && kept.has(edge.to));
  const held = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const loose = state.groups.has(PAPER);
  shown.nodes = new Set([...kept].filter((id) => !loose || NODES[id].group === PAPER || held.has(id)));
  shown.edges = new Set(edges.map((edge) => edge.id));
}

const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);

// The selected node with its shown neighbours, or null where nothing is selected.
function focus() {
  if (state.selected === null) return null;
  const near = new Set([state.selected]);
  for (const edge of ADJACENT[state.selected]) if (shown.edges.has(edge.id)) near.add(otherEnd(edge, state.selected));
  return near;
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const count = (number, word) => `${number.toLocaleString("en")} ${word}`;
const short = (text, length) => (text.length > length ? `${text.slice(0, length).replace(/\s+\S*$/, "")} …` : text);
resetFilters();
refreshShown();
