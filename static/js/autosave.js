// Saves form[data-autosave="/address"] in the background while a person writes.
// A copy is kept in this tab; and, while our site cannot be reached, on this device, where the next person with
// another sign-in does not get it. After "Thank you", and when somebody signs out, page.js throws both away.
// The address gets the whole form, answers 2xx, and may answer JSON: {"at": "/ideas/12"}, where the form lives
// from now on, so that a reload finds it. With data-only-here nothing is sent before the form itself.

const WAIT = 2000;
const RETRY = 15000;
const DAYS = 3 * 24 * 3600 * 1000;
const SIGNED_OUT = [401, 403];

const held = {
  read(store, key) { try { return JSON.parse(store().getItem(key)); } catch { return null; } },
  write(store, key, value) { try { store().setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop(store, key) { try { store().removeItem(key); } catch { /* forbidden */ } },
};
const tab = () => sessionStorage;
const device = () => localStorage;

const typed = (form) => [...form.elements].filter(
  (field) => field.name && !["hidden", "submit", "button", "password", "file"].includes(field.type),
);

const ticked = (field) => field.type === "checkbox" || field.type === "radio";

const words = (form) => typed(form).map((field) => [field.name, field.value, ticked(field) ? field.checked : null]);

function restore(form, copy) {
  const now = words(form);
  if (!copy || JSON.stringify(copy) === JSON.stringify(now) || copy.length !== now.length) return false;
  typed(form).forEach((field, at) => {
    const [name, value, on] = copy[at];
    if (name !== field.name) return;
    if (ticked(field)) field.checked = on; else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return true;
}

function watch(form) {
  const owner = form.dataset.owner ?? "";
  const here = "onlyHere" in form.dataset;
  const key = () => `draft:${form.dataset.autosave}`;
  const keyHere = () => `draft:${owner}:${form.dataset.autosave}`;
  const status = form.querySelector("[data-saved-status]");
  const say = (text) => { if (status && status.textContent !== text) status.textContent = text; };
  let timer;
  let busy = false;
  let changed = false;
  let leaving = false;

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  // The form moves from the page of a new idea to that of its draft.
  function move(at) {
    const unsaved = changed ? words(form) : null;
    held.drop(tab, key());
    held.drop(device, keyHere());
    form.dataset.autosave = `${at}/autosave`;
    form.action = `${at}/edit`;
    if (unsaved) held.write(tab, key(), unsaved);
    history.replaceState(history.state, "", `${at}/edit`);
  }

  function saved() {
    held.drop(tab, key());
    held.drop(device, keyHere());
    form.dataset.saved = "yes";
    const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    say(`${status?.dataset.saved} ${clock.format(new Date())}`);
  }

  function unsaved(code) {
    held.write(tab, key(), words(form));
    if (owner && owner !== "0") held.write(device, keyHere(), { until: Date.now() + DAYS, words: words(form) });
    say(SIGNED_OUT.includes(code) ? status?.dataset.signedOut : status?.dataset.kept);
  }

  async function save() {
    if (busy || leaving) return;
    busy = true;
    changed = false;
    let code = 0;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout?.(20000),
      });
      code = answer.status;
      if (!answer.ok) throw new Error(String(code));
      const fresh = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (fresh.at && !leaving) move(fresh.at);
      if (!changed && !leaving) saved();
    } catch {
      unsaved(code);
      if (!SIGNED_OUT.includes(code)) later(RETRY);
    } finally {
      busy = false;
      if (changed) later(WAIT);
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    delete form.dataset.saved;
    held.write(tab, key(), words(form));
    if (here) say(status?.dataset.here); else later(WAIT);
  });

  // Kept until a page says "Thank you": a refused or a lost form comes back with its words.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    held.write(tab, key(), words(form));
  });

  // Back from the browser's own cache the page goes on saving; back on line it does not wait.
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("online", () => { if (!here && !form.dataset.saved && held.read(tab, key())) later(0); });

  const kept = held.read(device, keyHere());
  const copy = held.read(tab, key()) ?? (kept && kept.until > Date.now() ? kept.words : null);
  if (restore(form, copy)) say(status?.dataset.restored);
}

export default function autosave() {
  document.querySelectorAll("form[data-autosave]").forEach(watch);
}
