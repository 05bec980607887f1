// The panel on the right: an overview of the graph, or all that is known of the selected node. Texts enter as text nodes only.
const panel = document.getElementById("details");
const TOP = 15;
const UNFOLDED = 20; // entries after which further groups of edges start folded

function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") made.className = value;
    else if (key === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function nodeButton(node, extra = "") {
  return el("button", { type: "button", class: "node", onclick: () => select(node.id), title: node.title }, glyph(node.group), el("span", { class: "name" }, node.title), extra);
}

function showPanel(reveal) {
  const node = state.selected === null ? null : NODES[state.selected];
  panel.replaceChildren(...(node ? nodePanel(node) : overview()));
  panel.scrollTop = 0;
  document.getElementById("open-details").textContent = node ? "Details" : "Overview";
  if (node && reveal) openSheet("details");
}

let tab = null;
function overview() {
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Most connected" });
  const list = el("div", { role: "tabpanel", id: "top" });
  const open = (name) => {
    tab = name;
    for (const button of tabs.children) button.setAttribute("aria-selected", button.dataset.group === name);
    list.replaceChildren(...topList(name));
  };
  for (const group of DATA.groups) {
    const button = el("button", { type: "button", role: "tab", "aria-controls": "top", "data-group": group.name, title: group.meaning, onclick: () => open(group.name) }, glyph(group.name), group.plural);
    tabs.append(button);
  }
  open(tab ?? DATA.groups[0]?.name);
  return [el("h2", {}, "Most connected"), tabs, list, yearBars(NODES.filter((node) => node.group === PAPER), "Papers shown, by year")];
}

function topList(group) {
  const scoreOf = (node) => (group === PAPER ? ADJACENT[node.id].length : papersOf(node));
  const best = NODES.filter((node) => node.group === group).sort((one, other) => scoreOf(other) - scoreOf(one) || one.title.localeCompare(other.title)).slice(0, TOP);
  const most = best.length ? scoreOf(best[0]) : 1;
  const rows = best.map((node) => {
    const bar = el("span", { class: "bar" });
    bar.style.width = `${(100 * scoreOf(node)) / most}%`;
    bar.style.background = `var(--group-${group})`;
    return el("li", {}, nodeButton(node, el("span", { class: "number" }, scoreOf(node).toLocaleString("en"))), bar);
  });
  return [el("p", { class: "hint" }, group === PAPER ? "by edges in this picture" : "by papers in the whole graph"), el("ol", { class: "top" }, ...rows)];
}

function yearBars(papers, heading) {
  const years = new Map();
  for (const paper of papers) if (paper.year) years.set(paper.year, (years.get(paper.year) ?? 0) + 1);
  if (years.size < 2) return null;
  const first = Math.min(...years.keys()), last = Math.max(...years.keys()), most = Math.max(...years.values());
  const bars = [];
  for (let year = first; year <= last && bars.length < 60; year += 1) {
    const bar = el("i", { title: `${year}: ${years.get(year) ?? 0}` });
    bar.style.height = `${Math.max(2, (44 * (years.get(year) ?? 0)) / most)}px`;
    bars.push(bar);
  }
  return el("section", { class: "by-year" }, el("h3", {}, heading), el("div", { class: "bars", role: "img", "aria-label": [...years].sort().map(([year, number]) => `${year}: ${number}`).join(", ") }, ...bars), el("p", { class: "ends" }, el("span", {}, String(first)), el("span", {}, String(last))));
}

// Stretches of a text, with the marked ranges [start, end, node] as buttons or marks; overlapping ranges: the first wins.
function marked(text, from, to, ranges) {
  const out = [];
  let at = from;
  for (const [start, end, node] of ranges.filter(([start, end]) => start >= from && end <= to && end > start).sort((one, other) => one[0] - other[0] || other[1] - one[1])) {
    if (start < at) continue;
    const mark = el("mark", {}, text.slice(start, end));
    mark.style.setProperty("--shade", node ? `var(--group-${node.group})` : "var(--muted)");
    if (node && node.id !== undefined && node.id !== state.selected) { mark.classList.add("link"); mark.title = node.title; mark.addEventListener("click", () => select(node.id)); }
    out.push(text.slice(at, start), mark);
    at = end;
  }
  return [...out, text.slice(at, to)];
}

function sentence(edge, concept) {
  const text = NODES[edge.from].text ?? "";
  if (edge.at) return el("blockquote", {}, ...marked(text, edge.at[0], edge.at[1], [[edge.at[2], edge.at[3], { ...concept, id: undefined }]]));
  if (edge.sentence) return el("blockquote", {}, edge.sentence);
  return edge.why ? el("p", { class: "why" }, edge.why) : null;
}

function measure(edge, year) {
  const parts = year ? [String(year)] : [];
  if (edge.confidence !== undefined) parts.push(`${Math.round(edge.confidence * 100)} %`);
  if (edge.npmi !== undefined) parts.push(`${count(edge.papers, "papers")}, NPMI ${edge.npmi.toFixed(2)}`);
  return parts.length ? el("span", { class: "number", title: edge.by ? `confidence; found by ${edge.by}` : "" }, parts.join(" · ")) : null;
}

function nodePanel(node) {
  const group = GROUP.get(node.group), one = group.plural.replace(/s$/, "");
  const back = el("button", { type: "button", class: "quiet back", onclick: () => select(null) }, "← Overview");
  const head = el("div", { class: "head" }, el("p", { class: "kind" }, glyph(node.group), node.stub ? "cited paper, no record of its own" : one), el("h2", { class: "title" }, node.title));
  return [back, head, ...(node.group === PAPER ? paperPanel(node) : conceptPanel(node)), ...edgeGroups(node), facts(node)];
}

function paperPanel(node) {
  const named = node.named, authors = named.Author ?? [];
  const line = [node.year, (named.Venue ?? []).join(", ")].filter(Boolean).join(" · ");
  const people = authors.length ? `${authors.slice(0, 8).join(", ")}${authors.length > 8 ? ` and ${authors.length - 8} more` : ""}` : "";
  const links = el("p", { class: "links" });
  for (const [words, address] of node.links) links.append(el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, `${words} ↗`));
  const ranges = ADJACENT[node.id].filter((edge) => edge.at && edge.from === node.id).map((edge) => [edge.at[2], edge.at[3], NODES[edge.to]]);
  for (const edge of BEYOND.get(node.id) ?? []) if (edge.at) ranges.push([edge.at[2], edge.at[3], { title: edge.title, group: edge.group }]);
  const abstract = node.text.length > node.abstractAt ? el("p", { class: "abstract" }, ...marked(node.text, node.abstractAt, node.text.length, ranges)) : null;
  const chips = (heading, words) => (words?.length ? el("section", {}, el("h3", {}, heading), el("p", { class: "chips" }, ...words.map((word) => el("span", {}, word)))) : null);
  const results = named.Result?.length ? el("section", {}, el("h3", {}, "Reported results"), el("ul", { class: "plain" }, ...named.Result.map((words) => el("li", {}, words)))) : null;
  return [line && el("p", { class: "line" }, line), people && el("p", { class: "people" }, people), links.childNodes.length ? links : null, abstract, results, chips("Keywords", named.Keyword)].filter(Boolean);
}

function conceptPanel(node) {
  const papers = rolesOf(node).map((edge) => NODES[edge.from]), total = papersOf(node), out = [];
  if (node.aliases?.length) out.push(el("p", { class: "line" }, `also ${node.aliases.slice(0, 8).join(", ")}${node.aliases.length > 8 ? " …" : ""}`));
  out.push(el("p", { class: "line" }, `in ${count(total, total === 1 ? "paper" : "papers")}${papers.length < total ? `, ${papers.length} of them in this picture` : ""}${node.firstYear ? `, since ${node.firstYear}` : ""}`));
  const origin = KEYS.get(node.introducedBy);
  const proposed = ADJACENT[node.id].some((edge) => edge.from === origin && edge.type === "PROPOSES");
  if (origin !== undefined && !proposed) out.push(el("section", {}, el("h3", {}, "Introduced by"), el("ul", { class: "edges" }, el("li", {}, nodeButton(NODES[origin])))));
  return [...out, together(node, papers), yearBars(papers, "Its papers by year")].filter(Boolean);
}

// What else stands in this concept's papers: the first question after "which papers".
function together(node, papers) {
  const tally = new Map();
  for (const paper of new Set(papers)) for (const edge of ADJACENT[paper.id]) if (edge.from === paper.id && edge.to !== node.id && NODES[edge.to].group !== PAPER) tally.set(edge.to, (tally.get(edge.to) ?? 0) + 1);
  const rows = CONCEPTS.map((group) => {
    const best = [...tally].filter(([id, number]) => NODES[id].group === group && number > 1).sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, 4);
    return best.map(([id, number]) => el("button", { type: "button", class: "chip", onclick: () => select(id), title: `${count(number, "papers")} hold both` }, glyph(group), `${NODES[id].title}`, el("b", {}, String(number))));
  }).flat();
  return rows.length ? el("section", {}, el("h3", {}, "In the same papers"), el("p", { class: "chips" }, ...rows)) : null;
}

function edgeGroups(node) {
  const sides = new Map();
  const put = (edge, out) => { const key = `${TYPE.get(edge.type).rank * 2 + (out ? 0 : 1)}`.padStart(3, "0"); if (!sides.has(key)) sides.set(key, { type: TYPE.get(edge.type), out, edges: [] }); sides.get(key).edges.push(edge); };
  for (const edge of ADJACENT[node.id]) put(edge, edge.from === node.id);
  for (const edge of BEYOND.get(node.id) ?? []) put(edge, true);
  let before = 0;
  return [...sides].sort(([one], [other]) => one.localeCompare(other)).filter(([, side]) => side.type.name !== "CO_OCCURS" || state.types.has("CO_OCCURS")).map(([, side]) => {
    const open = before < UNFOLDED;
    before += side.edges.length;
    return edgeGroup(node, side, open);
  });
}

function edgeGroup(node, { type, out, edges }, open) {
  const far = (edge) => (edge.to === undefined ? null : NODES[otherEnd(edge, node.id)]);
  const order = (edge) => far(edge)?.year ?? edge.confidence ?? 0;
  const items = edges.sort((one, other) => order(other) - order(one)).map((edge) => {
    const other = far(edge), concept = other && other.group !== PAPER ? other : node.group !== PAPER ? node : { group: edge.group };
    const row = other ? nodeButton(other, measure(edge, other.group === PAPER ? other.year : null) ?? "") : el("p", { class: "node absent", title: "not in this picture" }, glyph(edge.group), el("span", { class: "name" }, edge.title), measure(edge) ?? "");
    return el("li", {}, row, sentence(edge, concept));
  });
  const summary = el("summary", { title: type.meaning }, out ? type.words : type.inverse || `← ${type.words}`, el("span", { class: "number" }, String(items.length)));
  return el("details", { class: "role", ...(open ? { open: "" } : {}) }, summary, el("ul", { class: "edges" }, ...items));
}

function facts(node) {
  const words = (name) => name.replace(/([A-Z])/g, " $1").toLowerCase();
  const rows = [...node.facts, ["id", node.key]].filter(([name]) => !["year", "venue", "introducedBy", "firstYear"].includes(name)).flatMap(([name, value]) => [el("dt", {}, words(name)), el("dd", {}, value)]);
  return el("dl", { class: "facts" }, ...rows);
}
