// The timeline: choosing days over the bars changes the address, and brings the lists of those days.

import { brush, type Range } from "./lib/chart";

const figure = document.querySelector<HTMLElement>("#days");
const plot = figure?.querySelector<HTMLElement>(".plot");
if (figure && plot) timeline(figure, plot);

function timeline(figure: HTMLElement, plot: HTMLElement): void {
  const starts = (figure.dataset["starts"] ?? "").split(",");
  const last = figure.dataset["last"] ?? "";
  const strips = [...figure.querySelectorAll<SVGElement>(".bars")].map((one) => ({
    name: one.dataset["name"] ?? "",
    counts: (one.dataset["counts"] ?? "").split(",").map(Number),
  }));
  let asking = new AbortController();

  const ends = starts.map((_, n) => {
    const after = starts[n + 1];
    return after ? dayBefore(after) : last;
  });
  const made = brush(plot, {
    bars: starts.length,
    name: (bar, isLast) => inWords((isLast ? ends[bar] : starts[bar]) ?? ""),
    moving: (range) => readOut(range),
    chosen: (range) => {
      const to = new URL(location.href);
      for (const name of ["from", "to"]) to.searchParams.delete(name);
      if (range) {
        to.searchParams.set("from", starts[range[0]] ?? "");
        to.searchParams.set("to", ends[range[1]] ?? "");
      }
      void go(to, true);
    },
  });
  figure.classList.add("ready");
  made.show(given());
  roving();

  /** The bars that the address asks for. */
  function given(): Range | null {
    const asked = new URL(location.href).searchParams;
    const from = asked.get("from");
    const to = asked.get("to");
    if (!from && !to) return null;
    const first = from ? starts.findLastIndex((start) => start <= from) : 0;
    const end = to ? ends.findIndex((day) => day >= to) : starts.length - 1;
    return [Math.max(0, first), end < 0 ? starts.length - 1 : end];
  }

  function readOut(range: Range): void {
    const told = strips.map(({ name, counts }) => {
      const n = counts.slice(range[0], range[1] + 1).reduce((sum, one) => sum + one, 0);
      return `${n.toLocaleString("en")} ${name}`;
    });
    const words = document.createElement("b");
    words.textContent = `${inWords(starts[range[0]] ?? "")} to ${inWords(ends[range[1]] ?? "")}`;
    const counts = document.createElement("span");
    counts.textContent = told.join(", ");
    figure.querySelector("[data-part=picked]")?.replaceChildren(words, counts);
  }

  /** Brings the parts of the page at `to` that depend on the days. */
  async function go(to: URL, remember: boolean): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const parts = document.querySelectorAll<HTMLElement>("[data-part]");
    parts.forEach((one) => one.setAttribute("aria-busy", "true"));
    try {
      const answer = await fetch(to, { signal: asking.signal, headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (remember) history.pushState(null, "", to);
      for (const one of parts) {
        const fresh = page.querySelector(`[data-part="${one.dataset["part"]}"]`);
        if (fresh) one.replaceChildren(...fresh.childNodes);
      }
      roving();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      location.assign(to); // the page itself tells what is wrong
    }
    parts.forEach((one) => one.removeAttribute("aria-busy"));
  }

  window.addEventListener("popstate", () => {
    made.show(given());
    void go(new URL(location.href), false);
  });
  figure.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-clear]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    made.show(null);
    void go(new URL(link.href), true);
  });
}

/** The cells of the table of places are one stop of the Tab key; arrows lead from cell to cell. */
function roving(): void {
  const table = document.querySelector<HTMLTableElement>(".cells");
  const links = table ? [...table.tBodies].flatMap((body) => [...body.querySelectorAll<HTMLAnchorElement>("td a")]) : [];
  const first = links[0];
  if (!table || !first) return;
  first.tabIndex = 0;
  table.onkeydown = (event) => {
    const cell = document.activeElement?.closest("td");
    const row = cell?.closest("tr");
    if (!cell || !row || !event.key.startsWith("Arrow")) return;
    const to = event.key === "ArrowLeft" || event.key === "ArrowRight" ? beside(cell, event.key === "ArrowRight") : above(cell, row, event.key === "ArrowDown");
    if (!to) return;
    event.preventDefault();
    links.forEach((one) => (one.tabIndex = -1));
    to.tabIndex = 0;
    to.focus();
  };
}

function beside(cell: Element, forward: boolean): HTMLAnchorElement | null {
  for (let at = next(cell, forward); at; at = next(at, forward)) {
    const link = at.matches("td") ? at.querySelector("a") : null;
    if (link) return link;
  }
  return null;
}

function above(cell: HTMLTableCellElement, row: HTMLTableRowElement, down: boolean): HTMLAnchorElement | null {
  for (let at = next(row, down); at; at = next(at, down)) {
    const link = (at as HTMLTableRowElement).cells[cell.cellIndex]?.querySelector("a");
    if (link) return link;
  }
  return null;
}

function next(one: Element, forward: boolean): Element | null {
  return forward ? one.nextElementSibling : one.previousElementSibling;
}

function dayBefore(day: string): string {
  const made = new Date(`${day}T00:00:00Z`);
  made.setUTCDate(made.getUTCDate() - 1);
  return made.toISOString().slice(0, 10);
}

function inWords(day: string): string {
  const made = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(made.getTime()) ? day : made.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
