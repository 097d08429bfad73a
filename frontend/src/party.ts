// The page of a party: its network of ties, drawn from the page's twin.

import { key, network, type Edge, type Node } from "./lib/chart-network";

interface Twin {
  network: {
    nodes: { key: string; party: string | null; name: string; told: number; self: boolean }[];
    edges: { from: string; to: string; type: string; told: number }[];
  };
}

const WORDS: Record<string, string> = {
  allied: "allied with", backs: "backs", opposes: "opposes", member: "is part of", leads: "leads", alias: "is also called",
};

const room = document.querySelector<HTMLElement>("#network");
const twin = document.querySelector<HTMLLinkElement>('link[rel=alternate][type="application/json"]');
if (room && twin) void draw(room, twin.href);

async function draw(room: HTMLElement, address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) return; // the table below tells the same
  const told = ((await answer.json()) as Twin).network;
  if (told.nodes.length < 2) return;
  const names = new Map(told.nodes.map((one) => [one.key, one.name]));
  const edges: Edge[] = told.edges.map((one) => ({
    ...one,
    words: `${names.get(one.from) ?? ""} ${WORDS[one.type] ?? one.type} ${names.get(one.to) ?? ""}: ${statements(one.told)}`,
  }));
  const nodes: Node[] = told.nodes.map((one) => ({
    ...one,
    href: `/party?${new URLSearchParams({ id: one.party ?? one.name })}`,
    ties: edges.filter((edge) => edge.from === one.key || edge.to === one.key).map((edge) => edge.words).join("; "),
  }));
  const types = [...new Set(edges.map((one) => one.type))].sort();
  const paint = (): void => {
    const drawn = network(nodes, edges, Math.max(280, Math.round(room.clientWidth)), `Ties of ${room.dataset["self"] ?? ""}`);
    room.replaceChildren(drawn, key(types.map((type) => [type, WORDS[type] ?? type] as const)));
  };
  room.hidden = false;
  paint();
  let width = room.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(room.clientWidth - width) < 40 || room.contains(document.activeElement)) return;
    width = room.clientWidth;
    paint();
  }).observe(room);
}

function statements(n: number): string {
  return n === 1 ? "1 statement" : `${n} statements`;
}
