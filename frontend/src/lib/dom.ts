// Elements made without markup: text of reports comes in as text alone.

export type Given = Record<string, string | number | boolean | ((event: Event) => void)>;

/** An element with attributes (functions are listeners of events) and children; strings are text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  given: Given = {},
  ...children: (Node | string | null | undefined | false)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

/** Words of a report, kept in their own direction. */
export function own(text: string): HTMLElement {
  return make("bdi", {}, shown(text));
}

/** Words without what could forge how they are seen (as `contested.views.words.shown`). */
export function shown(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "").replace(/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g, "\uFFFD").replace(/\s+/g, " ").trim();
}

/** A day as people write it: `6 December 2016`. */
export function day(iso: string | null): string {
  if (!iso) return "no day known";
  const on = new Date(`${iso}T00:00:00Z`);
  return on.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
