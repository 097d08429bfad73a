// A brush over bars: two handles that a pointer drags and arrow keys move, each a slider. It knows bars by their number
// alone; whoever makes it says what they are called, and hears of what is chosen.

export interface Brush {
  /** Shows a range of bars as chosen, without telling anybody. */
  show(range: Range | null): void;
}

/** First and last bar, both inclusive. */
export type Range = readonly [number, number];

export interface Told {
  bars: number;
  /** What a screen reader is told of a bar that a handle stands at, as its first or last. */
  name(bar: number, last: boolean): string;
  /** While handles move. */
  moving(range: Range): void;
  /** What was chosen at last; null where everything is. */
  chosen(range: Range | null): void;
}

const PAUSE = 450;
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

export function brush(plot: HTMLElement, told: Told): Brush {
  const end = told.bars - 1;
  let range: [number, number] = [0, end];
  let timer = 0;
  const shades = [part("shade"), part("shade")] as const;
  const handles = [handle("First day"), handle("Last day")] as const;
  plot.append(...shades, ...handles);

  function part(name: string): HTMLElement {
    const made = document.createElement("div");
    made.className = name;
    return made;
  }

  function handle(label: string): HTMLElement {
    const made = part("handle");
    made.tabIndex = 0;
    made.setAttribute("role", "slider");
    made.setAttribute("aria-label", label);
    made.setAttribute("aria-valuemin", "0");
    made.setAttribute("aria-valuemax", String(end));
    return made;
  }

  function draw(): void {
    const [first, last] = range;
    const left = `${(100 * first) / told.bars}%`;
    const right = `${(100 * (last + 1)) / told.bars}%`;
    shades[0].style.setProperty("left", "0");
    shades[0].style.setProperty("width", left);
    shades[1].style.setProperty("left", right);
    shades[1].style.setProperty("right", "0");
    [left, right].forEach((at, n) => handles[n]?.style.setProperty("left", at));
    range.forEach((bar, n) => {
      handles[n]?.setAttribute("aria-valuenow", String(bar));
      handles[n]?.setAttribute("aria-valuetext", told.name(bar, n === 1));
    });
  }

  function move(first: number, last: number): void {
    const kept = (bar: number): number => Math.max(0, Math.min(end, bar));
    range = [kept(Math.min(first, last)), kept(Math.max(first, last))];
    draw();
    told.moving(range);
  }

  function settle(): void {
    window.clearTimeout(timer);
    told.chosen(range[0] === 0 && range[1] === end ? null : range);
  }

  function barAt(event: PointerEvent): number {
    const box = plot.getBoundingClientRect();
    return Math.max(0, Math.min(end, Math.floor(((event.clientX - box.left) / box.width) * told.bars)));
  }

  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const held = handles.indexOf(event.target as HTMLElement);
    // What a handle does not hold stays: the other end, or the bar that the pointer came down on.
    const fixed = held === 0 ? range[1] : held === 1 ? range[0] : barAt(event);
    const before = range;
    if (held >= 0) handles[held]?.focus();
    plot.setPointerCapture(event.pointerId);
    const moved = (to: PointerEvent): void => move(fixed, barAt(to));
    const ended = (to: PointerEvent): void => {
      plot.removeEventListener("pointermove", moved);
      plot.removeEventListener("pointerup", ended);
      plot.removeEventListener("pointercancel", ended);
      if (to.type === "pointercancel") move(...before); // the page was scrolled
      else {
        move(fixed, barAt(to));
        settle();
      }
    };
    plot.addEventListener("pointermove", moved);
    plot.addEventListener("pointerup", ended);
    plot.addEventListener("pointercancel", ended);
  });

  handles.forEach((one, n) => {
    one.addEventListener("keydown", (event) => {
      const [first, last] = range;
      const at = n === 0 ? first : last;
      let to: number | undefined;
      if (event.key === "Home") to = n === 0 ? 0 : first;
      else if (event.key === "End") to = n === 0 ? last : end;
      else if (event.key in STEPS) to = at + (STEPS[event.key] ?? 0) * (event.shiftKey ? 10 : 1);
      else if (event.key === "Escape") move(0, end);
      else return;
      event.preventDefault();
      // A handle stops at the other one: it never becomes the other.
      if (to !== undefined) move(n === 0 ? Math.min(to, last) : first, n === 0 ? last : Math.max(to, first));
      window.clearTimeout(timer);
      timer = window.setTimeout(settle, PAUSE);
    });
  });

  draw();
  return {
    show(chosen) {
      range = chosen ? [chosen[0], chosen[1]] : [0, end];
      draw();
    },
  };
}
