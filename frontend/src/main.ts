// What every page has: keys. `/` goes to the search field, `?` shows the keys of the page where it has a list of them.

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector<HTMLInputElement>("#find")?.focus();
  } else if (event.key === "?") {
    document.querySelector<HTMLDialogElement>("dialog#keys")?.showModal();
  }
});

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export {};
