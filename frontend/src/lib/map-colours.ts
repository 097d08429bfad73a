// Colours of the map, as the style sheet has them for the theme of the moment.

const NAMES = ["--paper", "--card", "--ink", "--soft", "--line", "--edge", "--event", "--condition", "--sea", "--land", "--hx"] as const;
export type Name = (typeof NAMES)[number];

export interface Colours {
  of: (name: Name) => string;
  hue: (n: number | null) => string;
}

/** Custom properties with `light-dark()` are resolved by giving them to an element. */
export function colours(): Colours {
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const known = new Map<string, string>();
  const resolved = (name: string): string => {
    probe.style.setProperty("color", `var(${name})`);
    return getComputedStyle(probe).color;
  };
  for (const name of [...NAMES, ...Array.from({ length: 8 }, (_, n) => `--h${n}`)]) known.set(name, resolved(name));
  probe.remove();
  const of = (name: string): string => known.get(name) ?? "#888";
  return { of, hue: (n) => of(n === null ? "--hx" : `--h${n % 8}`) };
}
