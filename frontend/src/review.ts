// Judging in a report: words selected in the text become the slots of the form that is open; modes go with the type.

const SLOTS: [name: string, label: string][] = [
  ["quote", "quote"],
  ["anchor", "anchor"],
  ["actors", "who"],
  ["targets", "whom"],
  ["places", "where"],
  ["when_text", "when"],
  ["source_text", "according to"],
];

interface Words {
  text: string;
  at: number;
}

let selected: Words | null = null;
const bar = document.getElementById("take");
const told = document.getElementById("taken");
const text = document.querySelector<HTMLElement>(".text");
const adding = document.querySelector<HTMLDetailsElement>("#adding");

for (const form of document.querySelectorAll<HTMLFormElement>("form.statement")) {
  const type = field(form, "type") as HTMLSelectElement;
  const mode = field(form, "mode") as HTMLSelectElement;
  const groups = [...mode.querySelectorAll("optgroup")];
  const fit = () => {
    for (const group of groups) {
      if (group.label !== type.value) group.remove();
      else if (!group.parentNode) mode.append(group);
    }
  };
  type.addEventListener("change", fit);
  fit();
}

if (bar && text) {
  for (const [name, label] of SLOTS) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["slot"] = name;
    button.textContent = label;
    button.addEventListener("click", () => take(name, label));
    bar.append(button);
  }
  document.addEventListener("selectionchange", () => {
    const words = wordsSelected(text);
    if (words) selected = words;
    const form = openForm();
    bar.hidden = !words && !bar.contains(document.activeElement);
    for (const button of bar.querySelectorAll("button")) button.hidden = !form || !field(form, button.dataset["slot"] ?? "");
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    const typing = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || typing || !adding) return;
    event.preventDefault();
    adding.open = true;
    if (selected) take("quote", "quote");
    adding.querySelector<HTMLElement>("[name=quote]")?.focus();
  });
}

/** The form that words go to: that of the statement which is corrected, else the one that adds. */
function openForm(): HTMLFormElement | null {
  if (adding?.open) return adding.querySelector("form");
  return document.querySelector("form[data-form=correct]") ?? adding?.querySelector("form") ?? null;
}

function take(name: string, label: string): void {
  const form = openForm();
  if (!form || !selected) return;
  if (adding?.contains(form)) adding.open = true;
  const into = field(form, name);
  if (!into) return;
  const words = selected.text;
  if (into instanceof HTMLTextAreaElement && name !== "quote") {
    into.value = [...into.value.split("\n").filter((line) => line.trim()), words].join("\n");
    into.rows = Math.max(1, into.value.split("\n").length);
  } else {
    into.value = words;
  }
  const at = field(form, `${name}_at`);
  if (at) at.value = String(selected.at);
  if (told) told.textContent = `${label}: ${words}`;
  getSelection()?.removeAllRanges();
  if (bar) bar.hidden = true;
}

function field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null {
  return form.querySelector(`[name="${CSS.escape(name)}"]`);
}

/** What is selected inside the report, without the numbers of statements, and about where in it. */
function wordsSelected(text: HTMLElement): Words | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  const part = range.cloneContents();
  for (const number of part.querySelectorAll("sup")) number.remove();
  const words = (part.textContent ?? "").trim();
  if (!words) return null;
  const start = range.startContainer;
  const piece = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>("[data-at]");
  const within = piece && start.nodeType === Node.TEXT_NODE ? range.startOffset : 0;
  return { text: words.replace(/\s+/g, " "), at: Number(piece?.dataset["at"] ?? 0) + within };
}

export {};
