// Saves form[data-autosave="/address"] in the background while a person writes.
// The copy is kept in this tab only: on a library's computer the next person must not find it.
// The address gets the whole form, answers 2xx, and may answer JSON {hidden field name: new value}.

const WAIT = 2000;
const RETRY = 15000;

const held = {
  read(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  write(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop(key) { try { sessionStorage.removeItem(key); } catch { /* forbidden */ } },
};

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
  const key = `draft:${form.dataset.autosave}`;
  const status = form.querySelector("[data-saved-status]");
  const say = (text) => { if (status) status.textContent = text; };
  let timer;
  let busy = false;
  let changed = false;
  let leaving = false;

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  async function save() {
    if (busy || leaving) return;
    busy = true;
    changed = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout?.(20000),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      for (const [name, value] of Object.entries(fresh)) {
        const field = form.elements.namedItem(name);
        if (field?.type === "hidden") field.value = value;
      }
      if (!changed && !leaving) {
        held.drop(key);
        form.dataset.saved = "yes";
        const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
        say(`${status?.dataset.saved} ${clock.format(new Date())}`);
      }
    } catch {
      say(status?.dataset.kept);
      later(RETRY);
    } finally {
      busy = false;
      if (changed) later(WAIT);
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    delete form.dataset.saved;
    held.write(key, words(form));
    later(WAIT);
  });

  // Kept until a page says "Thank you": a refused or a lost form comes back with its words.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    held.write(key, words(form));
  });

  // Back from the browser's own cache the page goes on saving.
  window.addEventListener("pageshow", () => { leaving = false; });

  if (restore(form, held.read(key))) {
    say(status?.dataset.restored);
  }
}

export default function autosave() {
  document.querySelectorAll("form[data-autosave]").forEach(watch);
}
