// Beside the map: a list that mirrors its marks, and the statements of the one pointed at or chosen.

import { day, make, own, shown } from "./dom";
import { harmed, type Holder, type Layer, LAYERS, type Mark, type Spot, title, told, type Told } from "./map-marks";

/** So many marks of a layer are listed. */
const LISTED = 40;
const HEADINGS: Record<Layer, string> = { ground: "Ground", happenings: "Happenings, most harm first", disputes: "Disputes" };

export interface Beside {
  list: (marks: Iterable<Mark>, hidden: ReadonlySet<Layer>) => void;
  open: (mark: Mark, pinned: boolean, knownBy: string) => void;
  several: (marks: Mark[], closer: () => void) => void;
  close: () => void;
  pinned: () => boolean;
}

export interface Wanted {
  choose: (mark: Mark) => void;
  highlight: (at: Spot | null) => void;
  closed: () => void;
}

/** A panel and a list in `holder`. */
export function beside(holder: HTMLElement, wanted: Wanted): Beside {
  const panel = make("section", { class: "panel", "aria-label": "Statements of a mark", tabindex: "-1", hidden: true });
  const list = make("div", { class: "marks" });
  holder.prepend(panel);
  holder.append(list);
  let fetching = new AbortController();
  let isPinned = false;
  let from: Element | null = null;
  /** The button of a mark in the list as it is now, where `old` was one: the list is made anew as the map moves. */
  const again = (old: Element | null): HTMLElement | null => {
    if (old instanceof HTMLElement && old.isConnected) return old;
    const key = old?.getAttribute("data-key");
    return [...list.querySelectorAll<HTMLElement>("button.mark")].find((one) => one.dataset["key"] === key) ?? null;
  };

  const close = (): void => {
    fetching.abort();
    panel.hidden = true;
    isPinned = false;
    panel.replaceChildren();
    wanted.closed();
    if (from) again(from)?.focus();
    from = null;
  };
  const opened = (heading: string, pinned: boolean): void => {
    fetching.abort();
    fetching = new AbortController();
    if (pinned && !panel.contains(document.activeElement)) from = document.activeElement;
    isPinned = pinned;
    panel.hidden = false;
    const shut = make("button", { type: "button", class: "close", click: close, "aria-label": "Close the statements" }, "×");
    panel.replaceChildren(make("h3", { dir: "auto" }, shown(heading)), shut);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !document.querySelector("dialog[open]")) close();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const buttons = [...list.querySelectorAll<HTMLButtonElement>("button.mark")].filter((one) => one.offsetParent);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next) {
      event.preventDefault();
      next.focus();
    }
  });

  const button = (mark: Mark): HTMLElement =>
    make(
      "li", {},
      make(
        "button",
        {
          type: "button", class: `mark ${mark.layer}`, "data-key": mark.key, click: () => wanted.choose(mark),
          focus: () => wanted.highlight(mark.at), mouseenter: () => wanted.highlight(mark.at), mouseleave: () => wanted.highlight(null),
        },
        own(title(mark)),
      ),
    );

  return {
    list(marks, hidden) {
      const open = new Set([...list.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-layer")));
      const fresh = !list.childElementCount;
      const by = new Map<Layer, Mark[]>(LAYERS.map((layer) => [layer, []]));
      for (const mark of marks) if (!hidden.has(mark.layer)) by.get(mark.layer)?.push(mark);
      const parts = [...by].filter(([, held]) => held.length).map(([layer, held]) =>
        make(
          "details", { "data-layer": layer, open: fresh ? layer === "ground" : open.has(layer) },
          make("summary", {}, `${HEADINGS[layer]} `, make("span", { class: "soft" }, held.length.toLocaleString("en"))),
          make("ul", {}, ...held.slice(0, LISTED).map(button)),
          held.length > LISTED && make("p", { class: "soft" }, `${(held.length - LISTED).toLocaleString("en")} more: draw the map closer.`),
        ),
      );
      const focused = list.contains(document.activeElement) ? document.activeElement : null;
      list.replaceChildren(...(parts.length ? parts : [make("p", { class: "nothing" }, "No marks in this part of the map.")]));
      if (focused) again(focused)?.focus({ preventScroll: true });
    },
    open(mark, pinned, knownBy) {
      opened(mark.layer === "ground" ? mark.of.name : mark.layer === "disputes" ? mark.of.sentence : mark.of.what, pinned);
      panel.append(...about(mark));
      if (mark.layer !== "ground") {
        const held = make("ul", { class: "told" }, make("li", { class: "soft" }, "…"));
        panel.append(held);
        const { signal } = fetching;
        told(mark, knownBy, signal)
          .then((accounts) => held.replaceChildren(...accounts.map(statement)))
          .catch((error: unknown) => {
            if (!signal.aborted) held.replaceChildren(make("li", {}, String(error instanceof Error ? error.message : error)));
          });
      }
      if (pinned) panel.focus();
    },
    several(marks, closer) {
      opened(`${marks.length} happenings here`, true);
      const sorted = [...marks].sort((a, b) => (b.layer === "happenings" ? b.of.harm : 0) - (a.layer === "happenings" ? a.of.harm : 0));
      panel.append(make("p", {}, make("button", { type: "button", click: closer }, "Draw the map closer")), make("ul", {}, ...sorted.map(button)));
      panel.focus();
    },
    close,
    pinned: () => isPinned,
  };
}

function about(mark: Mark): HTMLElement[] {
  if (mark.layer === "disputes") {
    const link = make("a", { href: `/dispute?id=${encodeURIComponent(mark.of.id)}` }, "the dispute");
    return [make("p", { class: "soft" }, `${mark.of.type} · `, own(mark.of.place), ` · ${day(mark.of.day)} · `, link)];
  }
  if (mark.layer === "happenings") {
    const { of } = mark;
    const more = of.alone
      ? "told by one report"
      : make("a", { href: `/incident?id=${encodeURIComponent(of.id)}` }, `the incident, ${of.reports} reports`);
    const where = of.place ? [own(of.place), of.wide ? " (somewhere in it) · " : " · "] : [];
    return [make("p", { class: "soft" }, ...where, `${day(of.day)} · `, more, harmed(of) && ` · ${harmed(of)}`)];
  }
  const { of } = mark;
  const link = make("a", { href: `/place?id=${encodeURIComponent(of.place ?? of.name)}` }, "the place");
  const facts = [of.contested && "contested: accounts cannot all be so", of.wide && "a wide place"].filter(Boolean).join(" · ");
  return [
    make("p", { class: "soft" }, facts && `${facts} · `, link),
    ...of.holders.map((holder, n) => holding(holder, of.who[n]?.letter ?? "", of.who[n]?.hue ?? null, "")),
    ...of.besiegers.map((holder, n) => holding(holder, of.by[n]?.letter ?? "", of.by[n]?.hue ?? null, "besieged by ")),
  ];
}

function holding(holder: Holder, letter: string, hue: number | null, verb: string): HTMLElement {
  const share = holder.share === null ? "" : holder.share === 1 ? " all of it" : ` ${Math.round(holder.share * 100)}% of it`;
  const since = holder.since ? ` since ${day(holder.since)}` : "";
  return make(
    "div", { class: "held" },
    make("p", {}, make("span", { class: `chip ${hue === null ? "hx" : `h${hue}`}`, "aria-hidden": "true" }, letter), ` ${verb}`, own(holder.name), make("b", {}, share), make("span", { class: "soft" }, since)),
    make("ul", { class: "told" }, ...holder.accounts.map(statement)),
  );
}

function statement(one: Told): HTMLElement {
  const [, id = ""] = one.account.split("#");
  const when = [one.says, one.day && day(one.day), one.published && one.published !== one.day && `published ${day(one.published)}`].filter(Boolean).join(" · ");
  return make(
    "li", { class: "account" },
    make("b", { class: "source" }, own(one.source ?? "own voice")), " ", make("span", { class: "soft" }, own(when)), make("br"),
    make("q", { class: "words", dir: "auto" }, shown(one.quote)), " ",
    make("a", { class: "cite", href: `/report?id=${encodeURIComponent(one.report)}#${encodeURIComponent(id)}` }, own(one.report)),
  );
}
