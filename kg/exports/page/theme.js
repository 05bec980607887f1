// Colours: the kinds' own from the data, lightened on a dark ground; the rest from the style sheet.
const PALETTE = {};
const SHAPES = ["dot", "square", "triangle", "diamond", "hexagon", "star", "triangleDown"];
const CONCEPTS = DATA.groups.filter((group) => group.name !== PAPER).map((group) => group.name);
const shapeOf = (group) => (group === PAPER ? "dot" : SHAPES[CONCEPTS.indexOf(group) % SHAPES.length]);
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const hexOf = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mix = (one, other, share) => hexOf(channels(one).map((part, at) => part * (1 - share) + channels(other)[at] * share));
const alpha = (hex, share) => `rgba(${channels(hex).join(",")},${share})`;

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")) === "dark";

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["stage", "ink", "muted", "card", "line"]) PALETTE[name] = style.getPropertyValue(`--${name}`).trim();
  PALETTE.dark = isDark();
  PALETTE.groups = new Map(DATA.groups.map((group) => [group.name, PALETTE.dark ? mix(group.colour, "#ffffff", 0.32) : group.colour]));
  for (const [name, colour] of PALETTE.groups) document.documentElement.style.setProperty(`--group-${name}`, colour);
}

const colourOf = (group) => PALETTE.groups.get(group) ?? PALETTE.muted;
const SVG = "http://www.w3.org/2000/svg";
const OUTLINES = {
  dot: "M8 2.5a5.5 5.5 0 1 0 .01 0z", square: "M3 3h10v10H3z", triangle: "M8 2l6.4 11H1.6z", diamond: "M8 1.2 14.8 8 8 14.8 1.2 8z",
  hexagon: "M4.6 2h6.8L15 8l-3.6 6H4.6L1 8z", star: "M8 1l2 4.6 5 .4-3.8 3.3L12.4 14 8 11.4 3.6 14l1.2-4.7L1 6l5-.4z", triangleDown: "M8 14 1.6 3h12.8z",
};

// The mark of a group as the drawing has it.
function glyph(group) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("glyph");
  if (group === PAPER) svg.classList.add("paper");
  path.setAttribute("d", OUTLINES[shapeOf(group)]);
  svg.style.color = `var(--group-${group})`;
  svg.append(path);
  return svg;
}
