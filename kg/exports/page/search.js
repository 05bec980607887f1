// The search box: names, aliases and titles, by exact match, then word beginnings, then anywhere; the better connected first.
const box = document.getElementById("search"), foundList = document.getElementById("found");
const INDEX = NODES.map((node) => ({ node, names: [node.title, ...(node.aliases ?? []), node.key].map(fold) }));
const MISS = 9;
let hits = [], active = -1;

const opens = (name, word) => name.startsWith(word) || /[\s\-_(:/]/.test(name[name.indexOf(word) - 1] ?? "");

function rankOf(name, query, words) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  if (!words.every((word) => name.includes(word))) return MISS;
  return words.every((word) => opens(name, word)) ? 2 : 3;
}

// The best rank among a node's names; the first, which is shown, counts for a little more than its aliases.
const rank = (names, query, words) => Math.min(...names.map((name, at) => rankOf(name, query, words) + (at ? 0.5 : 0)));

function find(text) {
  const query = fold(text).trim(), words = query.split(/\s+/);
  if (!query) return [];
  return INDEX.map(({ node, names }) => ({ node, names, score: rank(names, query, words) })).filter((hit) => hit.score < MISS)
    .sort((one, other) => one.score - other.score || other.node.size - one.node.size || one.node.id - other.node.id).slice(0, 10);
}

function showHits() {
  hits = find(box.value);
  active = hits.length ? 0 : -1;
  const rows = hits.map(({ node }, at) => {
    const query = fold(box.value).trim(), alias = fold(node.title).includes(query) ? null : (node.aliases ?? []).find((name) => fold(name).includes(query));
    const row = el("li", { role: "option", id: `hit-${at}`, "aria-selected": String(at === active) }, glyph(node.group), el("span", { class: "name" }, node.title, alias ? el("small", {}, ` ${alias}`) : ""), el("span", { class: "number" }, node.group === PAPER ? String(node.year ?? "") : count(papersOf(node), papersOf(node) === 1 ? "paper" : "papers")));
    row.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
    return row;
  });
  foundList.replaceChildren(...(rows.length || !box.value.trim() ? rows : [el("li", { class: "none" }, "Nothing in this picture has that name")]));
  foundList.hidden = !box.value.trim();
  mark();
}

function mark() {
  for (const [at, row] of [...foundList.children].entries()) { row.setAttribute("aria-selected", String(at === active)); if (at === active) row.scrollIntoView({ block: "nearest" }); }
  box.setAttribute("aria-expanded", String(!foundList.hidden));
  if (active >= 0 && !foundList.hidden) box.setAttribute("aria-activedescendant", `hit-${active}`);
  else box.removeAttribute("aria-activedescendant");
}

function closeHits() { foundList.hidden = true; mark(); }

function take(at) {
  if (!hits[at]) return;
  box.value = hits[at].node.title;
  closeHits();
  select(hits[at].node.id);
}

function startSearch() {
  box.addEventListener("input", showHits);
  box.addEventListener("focus", () => { box.select(); if (box.value) showHits(); });
  box.addEventListener("blur", closeHits);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (foundList.hidden) showHits(); else if (hits.length) { active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length; mark(); } }
    else if (event.key === "Enter") { event.preventDefault(); if (foundList.hidden) showHits(); take(active); }
    else if (event.key === "Escape") { event.stopPropagation(); if (foundList.hidden) { box.value = ""; box.blur(); } else closeHits(); }
  });
}
