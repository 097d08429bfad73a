// What `/map.json` answers, and the statements that its marks rest on.

export interface Told {
  account: string;
  report: string;
  source: string | null;
  quote: string;
  day?: string | null;
  published?: string | null;
  share?: number;
  says?: string;
}

export interface Party {
  key: string;
  name: string;
  party: string | null;
  hue: number | null;
  letter: string;
}

export interface Holder {
  name: string;
  party: string | null;
  share: number | null;
  since: string | null;
  told: number;
  accounts: Told[];
}

/** A part of a turn in a party's hue: [hue, from, to, whether the share is told]. */
export type Arc = [number | null, number, number, boolean];

export interface Ground {
  ground: string;
  place: string | null;
  name: string;
  contested: boolean;
  besieged: boolean;
  wide: boolean;
  letters: string;
  ring: Arc[];
  holders: Holder[];
  besiegers: Holder[];
  who: Party[];
  by: Party[];
}

/** The lowest and the highest number told; null is unbounded. */
export type Bounds = [low: number | null, high: number | null];

export interface Happening {
  id: string;
  alone: boolean;
  type: string;
  what: string;
  day: string;
  place: string | null;
  wide: boolean;
  reports: number;
  killed: Bounds | null;
  injured: Bounds | null;
  harm: number;
}

export interface Dispute {
  id: string;
  type: string;
  day: string;
  sentence: string;
  place: string;
  wide: boolean;
}

export type Of<P> = GeoJSON.FeatureCollection<GeoJSON.Point, P>;

export interface Marks {
  as_of: string | null;
  known_by: string | null;
  cut: string[];
  parties: Party[];
  ground: Of<Ground>;
  happenings: Of<Happening>;
  disputes: Of<Dispute>;
}

export type Spot = [lon: number, lat: number];

/** A mark of any layer, as the list, the map and the panel share it. */
export type Mark =
  | { layer: "ground"; key: string; at: Spot; of: Ground }
  | { layer: "happenings"; key: string; at: Spot; of: Happening }
  | { layer: "disputes"; key: string; at: Spot; of: Dispute };

export type Layer = Mark["layer"];
export const LAYERS: Layer[] = ["ground", "happenings", "disputes"];

/** Every mark of an answer by its key; the happenings with most harm first, of disputes and ground the latest. */
export function marksOf(found: Marks): Map<string, Mark> {
  const all: Mark[] = [];
  for (const one of found.ground.features) {
    all.push({ layer: "ground", key: `ground ${one.properties.ground}`, at: spot(one), of: one.properties });
  }
  const struck = [...found.happenings.features].sort((a, b) => b.properties.harm - a.properties.harm);
  for (const one of struck) all.push({ layer: "happenings", key: one.properties.id, at: spot(one), of: one.properties });
  for (const one of found.disputes.features) {
    all.push({ layer: "disputes", key: `dispute ${one.properties.id}`, at: spot(one), of: one.properties });
  }
  return new Map(all.map((mark) => [mark.key, mark]));
}

function spot(one: GeoJSON.Feature<GeoJSON.Point>): Spot {
  const [lon = 0, lat = 0] = one.geometry.coordinates;
  return [lon, lat];
}

/** What a mark is called, in a few words. */
export function title(mark: Mark): string {
  if (mark.layer === "ground") {
    const { of } = mark;
    const holders = of.who.map((party) => party.name).join(", ");
    const besiegers = of.by.map((party) => party.name).join(", ");
    return `${of.name}: ${[of.contested && "contested", holders, besiegers && `besieged by ${besiegers}`].filter(Boolean).join(" · ")}`;
  }
  if (mark.layer === "disputes") return mark.of.sentence;
  const harm = harmed(mark.of);
  return [mark.of.what, mark.of.place, mark.of.day, harm].filter(Boolean).join(" · ");
}

/** `9 to 14 killed`, `3 injured`, "" where nobody tells of any. */
export function harmed(of: Happening): string {
  const parts = [];
  if (of.killed) parts.push(`${span(of.killed)} killed`);
  if (of.injured) parts.push(`${span(of.injured)} injured`);
  return parts.join(", ");
}

function span([low, high]: Bounds): string {
  const [least, most] = [low?.toLocaleString("en"), high?.toLocaleString("en")];
  if (most === undefined) return `at least ${least ?? 0}`;
  if (least === undefined) return `up to ${most}`;
  return least === most ? most : `${least} to ${most}`;
}

/** The statements that a happening or a dispute rests on. */
export async function told(mark: Mark, knownBy: string, signal: AbortSignal): Promise<Told[]> {
  if (mark.layer === "ground") return [...mark.of.holders, ...mark.of.besiegers].flatMap((holder) => holder.accounts);
  const asked = new URLSearchParams({ id: mark.of.id });
  if (knownBy && mark.layer === "happenings") asked.set("known_by", knownBy);
  const answer = await fetch(`${mark.layer === "disputes" ? "/dispute.json" : "/map/told.json"}?${asked}`, { signal });
  if (!answer.ok) throw new Error(`the statements could not be had (${answer.status})`);
  return ((await answer.json()) as { accounts: Told[] }).accounts;
}
