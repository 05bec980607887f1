// Legend and filters: each row is both the key to a colour and a switch.
const byId = (id) => document.getElementById(id);

function line(type) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 22 10");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("stroke");
  path.setAttribute("d", "M1 5h20");
  path.setAttribute("stroke-width", type.name === "PROPOSES" ? "3" : type.name === "MENTIONS" ? "1" : "1.8");
  if (type.name === "IS_A") path.setAttribute("stroke-dasharray", "5 3");
  if (["CO_OCCURS", "BUILDS_ON"].includes(type.name)) path.setAttribute("stroke-dasharray", "2 3");
  svg.append(path);
  return svg;
}

function toggle(set, entry, sample, words) {
  const input = el("input", { type: "checkbox", value: entry.name });
  input.checked = state[set].has(entry.name);
  input.addEventListener("change", () => { if (input.checked) state[set].add(entry.name); else state[set].delete(entry.name); applyFilters(); if (state.selected !== null) showPanel(false); });
  const number = entry.shown === entry.total ? entry.shown.toLocaleString("en") : `${entry.shown.toLocaleString("en")} / ${entry.total.toLocaleString("en")}`;
  return el("label", { class: "toggle", title: entry.meaning }, input, sample, el("span", { class: "name" }, words), el("span", { class: "number", title: "in this picture / in the graph" }, number));
}

function syncFilters() {
  byId("groups").replaceChildren(...DATA.groups.map((group) => toggle("groups", group, glyph(group.name), group.plural)));
  byId("types").replaceChildren(...DATA.types.filter((type) => type.shown).map((type) => toggle("types", type, line(type), type.words)));
  byId("papers").value = state.papers;
  byId("papers-shown").textContent = count(state.papers, state.papers === 1 ? "paper" : "papers");
  if (YEARS.length) { byId("from").value = state.from; byId("to").value = state.to; }
}

function startFilters() {
  const most = Math.max(1, ...NODES.filter((node) => node.group !== PAPER).map(papersOf));
  byId("papers").max = Math.min(most, 20);
  byId("least").hidden = most < 2;
  byId("years").hidden = new Set(YEARS).size < 2;
  const years = [...new Set(YEARS)].sort();
  for (const id of ["from", "to"]) {
    byId(id).append(...years.map((year) => el("option", { value: year }, String(year))));
    byId(id).addEventListener("change", () => {
      state[id] = Number(byId(id).value);
      if (state.from > state.to) state[id === "from" ? "to" : "from"] = state[id];
      syncFilters();
      applyFilters();
    });
  }
  byId("papers").addEventListener("input", () => { state.papers = Number(byId("papers").value); byId("papers-shown").textContent = count(state.papers, state.papers === 1 ? "paper" : "papers"); applyFilters(); });
  byId("reset").addEventListener("click", () => { resetFilters(); syncFilters(); select(null); applyFilters(); fitAll(); });
  byId("how").textContent = DATA.how;
  const others = DATA.totals.others.map(([word, number]) => count(number, word));
  byId("others").textContent = others.length ? `Not drawn, but told in their papers' details: ${others.join(", ")}.` : "";
  byId("contents").textContent = DATA.groups.map((group) => count(group.total, group.total === 1 ? group.plural.replace(/s$/, "") : group.plural)).join(" · ");
  syncFilters();
}
