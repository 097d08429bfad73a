// A network drawn by forces: nodes are links that the Tab key reaches, pointing at one shows its ties alone.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";

export interface Node {
  key: string;
  name: string;
  href: string;
  self: boolean;
  told: number;
  /** Its ties in words, for those who do not see them. */
  ties: string;
}

export interface Edge {
  from: string;
  to: string;
  type: string;
  told: number;
  words: string;
}

type Placed = Node & SimulationNodeDatum;
type Tied = SimulationLinkDatum<Placed> & Edge;

const SVG = "http://www.w3.org/2000/svg";
const ROUNDS = 300;
// Strokes tell types of tie where colours do not.
const DASHES: Record<string, string> = { backs: "7 3", opposes: "2 3", member: "none", leads: "10 2 2 2", allied: "12 3", alias: "1 4" };

export function network(nodes: Node[], edges: Edge[], width: number, label: string): SVGSVGElement {
  const narrow = width < 600;
  const height = narrow ? 440 : 520;
  const placed: Placed[] = nodes.map((one) => ({ ...one, ...(one.self ? { fx: 0, fy: 0 } : {}) }));
  const tied: Tied[] = edges.map((one) => ({ ...one, source: one.from, target: one.to }));
  forceSimulation(placed)
    .force("links", forceLink<Placed, Tied>(tied).id((one) => one.key).distance(narrow ? 60 : 110).strength(0.25))
    .force("apart", forceManyBody().strength(narrow ? -160 : -420))
    .force("room", forceCollide(narrow ? 20 : 34))
    .force("x", forceX(0).strength(narrow ? 0.16 : 0.05))
    .force("y", forceY(0).strength(narrow ? 0.07 : 0.16))
    .stop()
    .tick(ROUNDS);
  // All the room is used: what the forces left in a heap is drawn apart.
  fill(placed, "x", width, narrow ? 40 : 90);
  fill(placed, "y", height, 30);

  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  const lines = tied.map((one) => ({ one, line: edge(one) }));
  const groups = placed.map((one) => ({ one, group: node(one, narrow) }));
  svg.append(...lines.map(({ line }) => line), ...groups.map(({ group }) => group));

  // The ties of one party alone, while it is pointed at or has the focus.
  const show = (key: string | null): void => {
    const beside = new Set(key === null ? [] : [key, ...edges.filter((e) => e.from === key || e.to === key).flatMap((e) => [e.from, e.to])]);
    for (const { one, line } of lines) line.classList.toggle("dim", key !== null && one.from !== key && one.to !== key);
    for (const { one, group } of groups) group.classList.toggle("dim", key !== null && !beside.has(one.key));
  };
  for (const { one, group } of groups) {
    for (const name of ["pointerenter", "focus"]) group.addEventListener(name, () => show(one.key));
    for (const name of ["pointerleave", "blur"]) group.addEventListener(name, () => show(null));
  }
  return svg;
}

function fill(placed: Placed[], axis: "x" | "y", size: number, margin: number): void {
  const all = placed.map((one) => one[axis] ?? 0);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  for (const one of placed) {
    one[axis] = most === least ? size / 2 : margin + (((one[axis] ?? 0) - least) / (most - least)) * (size - 2 * margin);
  }
}

/** What each type of tie looks like. */
export function key(types: readonly (readonly [string, string])[]): HTMLUListElement {
  const list = document.createElement("ul");
  list.className = "key";
  for (const [type, words] of types) {
    const item = document.createElement("li");
    const svg = element("svg", { viewBox: "0 0 32 8", "aria-hidden": "true" });
    svg.append(element("path", { d: "M0 4h32", class: `edge ${type}`, "stroke-width": "2.5", "stroke-dasharray": DASHES[type] ?? "none" }));
    item.append(svg, ` ${words}`);
    list.append(item);
  }
  return list;
}

function edge(one: Tied): SVGElement {
  const { source, target } = one as { source: Placed; target: Placed } & Tied;
  // A little bent, so that two ties of one pair, and ties there and back, lie beside each other.
  const [x1, y1, x2, y2] = [source.x ?? 0, source.y ?? 0, target.x ?? 0, target.y ?? 0];
  const bend = 0.06 + 0.05 * (Object.keys(DASHES).indexOf(one.type) % 3);
  const d = `M${x1} ${y1}Q${(x1 + x2) / 2 + (y2 - y1) * bend} ${(y1 + y2) / 2 - (x2 - x1) * bend} ${x2} ${y2}`;
  const line = element("path", {
    d, class: `edge ${one.type}`, "stroke-width": String(Math.min(6, 1 + Math.log2(1 + one.told) / 1.5)),
    "stroke-dasharray": DASHES[one.type] ?? "none",
  });
  const title = element("title", {});
  title.textContent = one.words;
  line.append(title);
  return line;
}

function node(one: Placed, narrow: boolean): SVGElement {
  const link = element("a", { href: one.href, "aria-label": `${one.name}: ${one.ties}` });
  if (one.self) link.classList.add("self");
  link.setAttribute("transform", `translate(${one.x ?? 0} ${one.y ?? 0})`);
  const size = one.self ? 9 : Math.min(9, 4 + Math.sqrt(one.told));
  const text = element("text", { y: String(-size - 4), "text-anchor": "middle" });
  const most = narrow ? 14 : 26;
  text.textContent = one.name.length > most ? `${one.name.slice(0, most - 1).trimEnd()}…` : one.name;
  const title = element("title", {});
  title.textContent = one.name;
  link.append(element("circle", { r: String(size) }), text, title);
  return link;
}

function element<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string>): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
