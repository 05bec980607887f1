// Keys, sheets, theme and the start.
function openSheet(name) {
  document.body.dataset.sheet = name;
  for (const each of ["filters", "details"]) byId(`open-${each}`).setAttribute("aria-expanded", String(each === name));
}
for (const name of ["filters", "details"]) byId(`open-${name}`).addEventListener("click", () => openSheet(document.body.dataset.sheet === name ? "" : name));

function retheme() {
  readPalette();
  repaint();
}
systemDark.addEventListener("change", retheme);
byId("theme").addEventListener("click", () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; retheme(); });
byId("in").addEventListener("click", () => zoomBy(1.4));
byId("out").addEventListener("click", () => zoomBy(1 / 1.4));
byId("fit").addEventListener("click", () => fitAll());

const MOVES = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "Escape") { if (document.body.dataset.sheet && state.selected === null) openSheet(""); select(null); openSheet(""); }
  else if (typing) return;
  else if (event.key === "/") { event.preventDefault(); box.focus(); }
  else if (event.key === "+" || event.key === "=") zoomBy(1.4);
  else if (event.key === "-") zoomBy(1 / 1.4);
  else if (event.key === "0") fitAll();
  else if (MOVES[event.key] && event.target === container) { event.preventDefault(); panBy(...MOVES[event.key]); }
});

function followHash() {
  let key = "";
  try { key = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const id = KEYS.get(key);
  if (id !== undefined && id !== state.selected) select(id);
}

readPalette();
startFilters();
startSearch();
drawStage();
showStatus();
showPanel(false);
followHash();
window.addEventListener("hashchange", followHash);
