// One-letter keys for buttons and links with data-key. They are silent while a person types,
// and can be switched off (WCAG 2.1.4); the choice stays on this device.

const OFF = "keys-off";

const stored = () => { try { return localStorage.getItem(OFF) !== "yes"; } catch { return true; } };

const typing = (target) => target.isContentEditable
  || (target.matches("input, textarea, select") && !["checkbox", "radio", "button", "submit"].includes(target.type));

let listening = false;
let on = stored();

export default function keys() {
  const root = document.documentElement;
  const show = () => root.classList.toggle("keys-on", on);

  for (const holder of document.querySelectorAll("[data-keys-switch]")) {
    const box = holder.querySelector("input");
    box.checked = on;
    holder.hidden = false;
    box.addEventListener("change", () => {
      on = box.checked;
      try { localStorage.setItem(OFF, on ? "no" : "yes"); } catch { /* forbidden */ }
      show();
    });
  }
  show();

  // Once for all the main parts that may follow one another on this page.
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", (event) => {
    if (!on || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.length !== 1 || typing(event.target)) return;
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button || button.disabled || !button.checkVisibility?.()) return;
    event.preventDefault();
    button.focus();
    button.click();
  });
}
