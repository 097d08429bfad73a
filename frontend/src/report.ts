// A report's statements, marked in the text and listed beside: pointing at one or going to it by keys shows it in both.

interface One {
  id: string;
  card: HTMLElement;
  marks: HTMLElement[];
  link: HTMLAnchorElement | null;
}

const wide = matchMedia("(min-width: 60rem)");
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

for (const sides of document.querySelectorAll<HTMLElement>(".sides")) reader(sides);

function reader(sides: HTMLElement): void {
  const text = sides.querySelector<HTMLElement>(".text");
  const list = sides.querySelector<HTMLElement>(".cards");
  if (!text || !list) return;
  sides.classList.add("moves");
  const prefix = text.dataset["prefix"] ?? "";
  const all: One[] = [...list.querySelectorAll<HTMLElement>(":scope > .card")].map((card) => ({
    id: card.id.slice(prefix.length),
    card,
    marks: [],
    link: document.getElementById(`${prefix}m${card.id.slice(prefix.length)}`) as HTMLAnchorElement | null,
  }));
  const byId = new Map(all.map((one) => [one.id, one]));
  for (const mark of text.querySelectorAll<HTMLElement>("[data-over]")) {
    for (const id of over(mark)) byId.get(id)?.marks.push(mark);
  }
  let open: One | null = null;
  let closing = false;

  /** Show one in the text and in the list; `goTo` the text, the card, or neither. */
  function show(one: One | null, goTo: "text" | "card" | "both" | "" = ""): void {
    if (one !== open) {
      open?.card.classList.remove("open");
      for (const mark of open?.marks ?? []) mark.classList.remove("open");
      open = one;
      one?.card.classList.add("open");
      for (const mark of one?.marks ?? []) mark.classList.add("open");
    }
    if (!one) return;
    if (goTo === "text" || goTo === "both") (one.link ?? one.marks[0])?.scrollIntoView({ block: wide.matches ? "center" : "start" });
    if ((goTo === "card" || goTo === "both") && wide.matches && list) within(list.parentElement ?? list, one.card);
  }

  text.addEventListener("pointerover", (event) => {
    const one = at(event.target);
    if (one && wide.matches && event.pointerType === "mouse") show(one, "card");
  });
  text.addEventListener("click", (event) => {
    const one = at(event.target);
    if (!one || !getSelection()?.isCollapsed) return;
    if (event.target instanceof HTMLAnchorElement) event.preventDefault();
    show(one, "card");
    remember(one);
  });
  /** Let go of the one that is shown; the focus is on its number in the text then. */
  function close(): void {
    const link = open?.link;
    show(null);
    closing = true; // the focus alone does not show it again
    link?.focus({ preventScroll: true });
    closing = false;
  }

  text.addEventListener("focusin", (event) => {
    if (!closing) show(at(event.target) ?? open, "card");
  });
  list.addEventListener("focusin", (event) => {
    const one = byId.get((event.target as HTMLElement).closest<HTMLElement>(".card")?.id.slice(prefix.length) ?? "");
    if (one) show(one);
  });
  list.addEventListener("pointerover", (event) => {
    const one = byId.get((event.target as HTMLElement).closest<HTMLElement>(".card")?.id.slice(prefix.length) ?? "");
    if (one && wide.matches && event.pointerType === "mouse") show(one);
  });
  for (const one of all) {
    one.card.querySelector("h3 a, h2 a")?.addEventListener("click", (event) => {
      event.preventDefault();
      show(one, "text");
      remember(one);
      one.link?.focus({ preventScroll: true });
    });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", close);
    one.card.prepend(button);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const target = event.target instanceof Element ? event.target : null;
    const inside = target !== null && target !== document.body && sides.contains(target);
    const arrow = inside && !event.shiftKey && /^Arrow(Down|Up)$/.test(event.key);
    if (event.key === "j" || event.key === "k" || arrow) {
      const step = event.key === "j" || event.key === "ArrowDown" ? 1 : -1;
      const next = open ? all[all.indexOf(open) + step] : step > 0 ? all[0] : all.at(-1);
      if (!next) return;
      event.preventDefault();
      show(next, "both");
      (next.link ?? next.card).focus({ preventScroll: true });
      remember(next);
    } else if (event.key === "Enter" && open && (target === open.link || target === open.card || target === document.body)) {
      event.preventDefault();
      for (const more of open.card.querySelectorAll("details")) more.open = true;
      open.card.focus();
    } else if (event.key === "c" && open) {
      open.card.querySelector<HTMLAnchorElement>("a[data-edit]")?.click();
    } else if (event.key === "Escape" && open) {
      close();
    }
  });

  function at(target: EventTarget | null): One | null {
    if (!(target instanceof HTMLElement)) return null;
    const named = target.closest<HTMLElement>("a[data-of]")?.dataset["of"];
    const mark = target.closest<HTMLElement>("[data-over]");
    return byId.get(named ?? (mark ? (over(mark)[0] ?? "") : "")) ?? null;
  }

  function remember(one: One): void {
    if (!prefix) history.replaceState(null, "", `#${one.id}`);
  }

  function arrived(): void {
    const edited = list?.querySelector<HTMLElement>("form[data-form=correct]")?.closest<HTMLElement>(".card");
    const one = byId.get(location.hash.slice(1).replace(/^m/, "") || (edited?.id ?? ""));
    if (!one) return;
    show(one, "both");
    if (one.card === edited) edited.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus({ preventScroll: wide.matches });
  }
  addEventListener("hashchange", arrived);
  arrived();
}

function over(mark: HTMLElement): string[] {
  return (mark.dataset["over"] ?? "").split(" ");
}

/** Scroll a list, and nothing around it, so that one of its items is seen. */
function within(box: HTMLElement, item: HTMLElement): void {
  const [outer, inner] = [box.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - 8;
}
