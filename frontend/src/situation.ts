// The situation's page: both clocks on sliders, played day by day; its sections and its map follow without reloading.

import { make } from "./lib/dom";
import { mapIn, possible, type Shown } from "./lib/map";
import { type Layer, LAYERS, type Mark, type Marks, marksOf, type Spot } from "./lib/map-marks";
import { beside } from "./lib/map-panel";

const DAY = 86_400_000;
/** Asked only once the hand has rested so long (milliseconds); a played day stays so long. */
const RESTED = 160;
const PLAYED = 900;
/** Pointing at a mark opens its statements after so long. */
const POINTED = 250;
/** What an answer of the server replaces on the page. */
const SWAPPED = ["#sections", ".legend"];

const form = wanted<HTMLFormElement>("#clocks");
const strip = wanted<HTMLElement>("#slider");
const asOf = field<HTMLInputElement>("as_of");
const knownBy = field<HTMLInputElement>("known_by");

function wanted<E extends Element>(selector: string): E {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

function field<E extends HTMLInputElement | HTMLSelectElement>(name: string): E {
  return wanted<E>(`#clocks [name="${name}"]`);
}

const days = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const iso = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);

// ---- asking -------------------------------------------------------------------------------------------------------

let asking = new AbortController();
let resting: number | undefined;
let marks = new Map<string, Mark>();
let map: Shown | null = null;
const hidden = new Set<Layer>();

const status = make("p", { class: "soft", role: "status" });

function asked(): URLSearchParams {
  const given = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (typeof value === "string" && value.trim()) given.set(key, value.trim());
  return given;
}

function soon(): void {
  window.clearTimeout(resting);
  resting = window.setTimeout(() => void answer(), RESTED);
}

/** Asks for the page and the map as the form has it now; an answer that another question overtook is dropped. */
async function answer(): Promise<void> {
  asking.abort();
  const mine = (asking = new AbortController());
  const query = asked().toString();
  strip.setAttribute("aria-busy", "true");
  try {
    const page = get(`/situation?${query}`, mine.signal).then((found) => found.text());
    page.catch(() => undefined); // what is wrong the map's answer tells in words
    const found = await get(`/map.json?${query}`, mine.signal);
    const [text, body] = await Promise.all([page, found.json() as Promise<Marks>]);
    if (mine.signal.aborted) return;
    history.replaceState(null, "", `/situation${query ? `?${query}` : ""}`);
    swap(new DOMParser().parseFromString(text, "text/html"), query);
    show(body);
  } catch (error) {
    if (!mine.signal.aborted) status.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    if (mine === asking) strip.removeAttribute("aria-busy");
  }
}

async function get(address: string, signal: AbortSignal): Promise<Response> {
  const found = await fetch(address, { signal });
  if (found.ok) return found;
  const told = found.headers.get("content-type")?.includes("json") ? ((await found.json()) as { reason?: string }).reason : null;
  throw new Error(told ?? `the server answers ${found.status}`);
}

/** Puts the parts of a new page where the old ones are; folds that were open stay open. */
function swap(fresh: Document, query: string): void {
  const open = [...document.querySelectorAll("#sections section:has(details.rest[open])")].map((one) => one.id);
  for (const selector of SWAPPED) {
    const one = fresh.querySelector(selector);
    if (one) document.querySelector(selector)?.replaceWith(document.adoptNode(one));
  }
  for (const id of open) document.querySelector(`#${id} details.rest`)?.setAttribute("open", "");
  const heading = fresh.querySelector("h1");
  if (heading) wanted("h1").textContent = heading.textContent;
  document.title = fresh.title;
  for (const one of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('link[rel="alternate"], .foot a[href^="/situation.json"]')) {
    one.setAttribute("href", `/situation.json?${query}`);
  }
}

function show(found: Marks): void {
  marks = marksOf(found);
  map?.show(found, marks.values());
  if (!panel.pinned()) panel.close();
  relist();
  const told = (n: number, one: string): string => `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
  const known = found.known_by ? `, as known by ${found.known_by}` : "";
  status.textContent =
    `${found.as_of ?? "no day"}${known}: ${told(found.ground.features.length, "place")} held or besieged, ` +
    `${told(found.happenings.features.length, "happening")}, ${told(found.disputes.features.length, "dispute")}` +
    (found.cut.length ? `; only the latest statements (${found.cut.join(", ")})` : "");
}

// ---- the map and what is beside it --------------------------------------------------------------------------------

let pointing: number | undefined;
/** Where the mark is whose statements are open. */
let chosen: Spot | null = null;

const panel = beside(wanted("#beside"), {
  choose: (mark) => choose(mark.key, true),
  highlight: (at) => map?.highlight(at ?? chosen),
  closed: () => map?.highlight((chosen = null)),
});

function choose(key: string, fly = false): void {
  const mark = marks.get(key);
  if (!mark) return;
  window.clearTimeout(pointing);
  panel.open(mark, true, knownBy.value);
  map?.highlight((chosen = mark.at), fly);
}

function relist(): void {
  const all = [...marks.values()];
  if (!map) return panel.list(all, hidden);
  const [west, south, east, north] = map.bounds();
  panel.list(all.filter(({ at: [lon, lat] }) => lon >= west && lon <= east && lat >= south && lat <= north), hidden);
}

async function draw(): Promise<void> {
  const holder = wanted<HTMLElement>("#map");
  const first = get(`/map.json?${asked()}`, asking.signal).then((found) => found.json() as Promise<Marks>);
  if (possible()) {
    const canvas = make("div", { class: "canvas" });
    holder.append(canvas);
    for (const [name, value] of Object.entries(holder.dataset)) canvas.dataset[name] = value;
    try {
      map = await mapIn(canvas, {
        chosen: (key) => choose(key),
        pointed: (key) => {
          window.clearTimeout(pointing);
          const mark = key === null ? undefined : marks.get(key);
          if (mark && !panel.pinned()) pointing = window.setTimeout(() => panel.open(mark, false, knownBy.value), POINTED);
        },
        several: (keys, closer) => panel.several(keys.flatMap((key) => marks.get(key) ?? []), closer),
        moved: relist,
      });
      wanted<HTMLElement>("#drawn").hidden = true;
      layerSwitches(holder);
    } catch {
      canvas.remove(); // the drawing stays
    }
  }
  try {
    const found = await first;
    show(found);
    const spots = (found.ground.features.length ? found.ground : found.happenings).features;
    map?.fit(spots.map((one) => [one.geometry.coordinates[0] ?? 0, one.geometry.coordinates[1] ?? 0]));
  } catch {
    if (!asking.signal.aborted) status.textContent = "The marks of the map could not be had.";
  }
}

function layerSwitches(holder: HTMLElement): void {
  const names: Record<Layer, string> = { ground: "Ground", happenings: "Happenings", disputes: "Disagreement" };
  const boxes = LAYERS.map((layer) => {
    const box = make("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => {
      map?.toggle(layer, box.checked);
      hidden[box.checked ? "delete" : "add"](layer);
      relist();
    });
    return make("label", {}, box, ` ${names[layer]}`);
  });
  holder.append(make("fieldset", { class: "layers" }, make("legend", {}, "Layers"), ...boxes));
}

// ---- the slider ---------------------------------------------------------------------------------------------------

const { first, last } = strip.dataset;
let playing: number | undefined;

function slider(from: number, to: number): void {
  const range = (label: string, of: HTMLInputElement): HTMLInputElement => {
    const made = make("input", { type: "range", min: from, max: to, step: 1, "aria-label": label });
    made.addEventListener("input", () => {
      if (of === knownBy) lock.checked = false;
      move(of, Number(made.value));
    });
    return made;
  };
  const held = range("What held on", asOf);
  const known = range("What was published by", knownBy);
  const lock = make("input", { type: "checkbox", checked: asOf.value !== "" && asOf.value === knownBy.value });
  const play = make("button", { type: "button", "aria-pressed": "false", click: () => toggle() }, "Play");
  const step = (name: string, sign: string, by: number): HTMLElement =>
    make("button", { type: "button", title: name, "aria-label": name, click: () => move(asOf, now() + by) }, sign);

  const now = (): number => (asOf.value ? days(asOf.value) : to);
  const place = (): void => {
    held.value = String(now());
    known.value = String(knownBy.value ? days(knownBy.value) : to);
    held.setAttribute("aria-valuetext", asOf.value);
    known.setAttribute("aria-valuetext", knownBy.value || "all that is known");
    told.textContent = asOf.value;
    toldKnown.textContent = knownBy.value || "all";
  };
  const move = (of: HTMLInputElement, n: number): void => {
    const at = Math.min(Math.max(n, from), to);
    if (of === asOf) asOf.value = iso(at);
    else knownBy.value = at === to ? "" : iso(at);
    if (lock.checked) knownBy.value = asOf.value;
    place();
    soon();
  };
  const toggle = (): void => {
    if (playing === undefined) {
      if (now() >= to) move(asOf, from);
      play.textContent = "Stop";
      tick();
    } else {
      window.clearTimeout(playing);
      playing = undefined;
      play.textContent = "Play";
    }
    play.setAttribute("aria-pressed", String(playing !== undefined));
  };
  const tick = (): void => {
    playing = window.setTimeout(async () => {
      move(asOf, now() + 1);
      window.clearTimeout(resting);
      await answer();
      if (playing === undefined) return;
      if (now() < to) tick();
      else toggle();
    }, PLAYED);
  };

  lock.addEventListener("change", () => move(asOf, now()));
  const told = make("output", {});
  const toldKnown = make("output", {});
  strip.append(
    make(
      "div", { class: "buttons" },
      step("A week earlier", "«", -7), step("A day earlier", "‹", -1), play, step("A day later", "›", 1), step("A week later", "»", 7),
      make("label", {}, lock, " by what was known that day"),
    ),
    make("label", { class: "track" }, make("span", {}, "held on "), told, held),
    make("label", { class: "track" }, make("span", {}, "known by "), toldKnown, known),
    status,
  );
  strip.hidden = false;
  form.classList.add("slid"); // its links from day to day are the slider's now
  place();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const by = { ",": -1, ".": 1, "<": -7, ">": 7 }[event.key];
    if (by !== undefined) move(asOf, now() + by);
    else if (event.key === "p") toggle();
  });
  form.addEventListener("change", (event) => {
    if (event.target === knownBy) lock.checked = knownBy.value !== "" && knownBy.value === asOf.value;
    else if (lock.checked && event.target === asOf) knownBy.value = asOf.value;
    place();
    if (event.target instanceof HTMLSelectElement) soon();
    else if (event.target === asOf || event.target === knownBy) soon();
  });
}

function typing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["range", "checkbox"].includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void answer();
});
if (first && last) slider(days(first), days(last));
void draw();
