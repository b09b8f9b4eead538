// Every page works without this file. It moves the focus, closes menus, and fetches only the behaviours
// that this page has something for. Their hashed addresses stand on the script tag.

const addresses = document.querySelector("script[data-behaviours]").dataset;

const behaviours = {
  count: "textarea[data-limit]",
  autosave: "form[data-autosave]",
  code: "input[data-code]",
  keys: "[data-key]",
  copy: "[data-copy]",
  guard: "form[data-guard]",
  alike: "div[data-alike]",
  live: "form[data-live]",
  next: "form[data-next]",
};

const behave = () => {
  for (const [name, selector] of Object.entries(behaviours)) {
    if (document.querySelector(selector)) {
      import(addresses[name]).then((module) => module.default()).catch(() => {});
    }
  }
};
behave();
// A behaviour has put another page's main part here.
document.addEventListener("main-replaced", behave);

document.querySelector("[data-focus]")?.focus();

// After "Thank you" the server has the words, and after signing out nobody else shall find them: the copies go.
if (document.querySelector("[data-forget-drafts]") || location.search.includes("done=signed-out")) {
  try {
    for (const store of [sessionStorage, localStorage]) {
      for (const key of Object.keys(store)) if (key.startsWith("draft:")) store.removeItem(key);
    }
  } catch { /* storage may be forbidden */ }
}

const menus = document.querySelectorAll("details[data-menu]");

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});
