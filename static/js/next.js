// form[data-next]: prepares the next case while a moderator reads this one, and shows it the moment they decide, so that
// nobody waits for a page between cases. The server decides as ever: whatever it answers that is not that next case
// (a colleague was faster, a rule is missing, the queue is empty) is shown in its place.

let prepared; // { address, main } once the next case is here
let asking = "";
let pending = Promise.resolve();

const mainOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("#main");

const ask = async (address, options) => {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  return { answer, main: mainOf(await answer.text()) };
};

const show = (main, address, focus) => {
  const fresh = document.adoptNode(main);
  document.querySelector("#main").replaceWith(fresh);
  history.replaceState({ prepared: true }, "", address);
  document.dispatchEvent(new Event("main-replaced"));
  scrollTo(0, 0);
  const first = fresh.querySelector(focus);
  if (first) first.tabIndex = -1;
  first?.focus({ preventScroll: true });
};

// The server would only send the form back: it does that better with a page of its own.
const lacks = (form, act) => (["refuse", "hide"].includes(act) && !form.elements.rule.value)
  || (act === "ask" && !form.elements.words.value.trim());

// The case is on the screen already, and somebody may be typing: only what stands around it is new.
const refresh = (main) => {
  const here = document.querySelector("#main");
  here.querySelectorAll(":scope > .notice").forEach((old) => old.remove());
  here.prepend(...main.querySelectorAll(":scope > .notice"));
  for (const part of [".queue", ".queue-head .pills"]) {
    const [old, fresh] = [here.querySelector(part), main.querySelector(part)];
    if (old && fresh) old.replaceWith(fresh);
  }
  const [old, fresh] = [here.querySelector("#decide"), main.querySelector("#decide")];
  if (old && fresh?.dataset.next) old.dataset.next = fresh.dataset.next;
  prepare();
};

const settle = async (sent, next, back) => {
  try {
    const { answer, main } = await sent;
    const path = new URL(answer.url).pathname;
    if (answer.ok && main && path === new URL(next, location).pathname) refresh(main);
    else if (main) show(main, answer.ok ? answer.url : back, "h1, [data-focus]");
    else location.assign(back);
  } catch {
    location.assign(back);
  }
};

const decide = (event) => {
  const form = event.target;
  const ready = prepared;
  if (form.id !== "decide" || !ready || ready.address !== form.dataset.next) return;
  if (lacks(form, event.submitter?.value)) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const [action, back] = [form.action, form.action];
  [prepared, asking] = [undefined, ""];
  const before = pending;
  const sent = before.then(() => ask(action, { method: "POST", body, keepalive: true }));
  show(ready.main, ready.address, "#case-title");
  pending = settle(sent, ready.address, back);
};

async function prepare() {
  const form = document.querySelector("form[data-next]");
  const address = form?.dataset.next;
  if (!address || asking === address) return;
  [asking, prepared] = [address, undefined];
  try {
    const { answer, main } = await ask(address);
    const same = new URL(answer.url).pathname === new URL(address, location).pathname;
    // An appeal has a page of its own, which is opened as ever.
    if (asking !== address || !answer.ok || !same || !main?.querySelector("#decide")) return;
    prepared = { address, main };
    form.dataset.ready = "";
  } catch { /* then the next case is opened as ever */ }
}

let listening = false;

export default function next() {
  if (!listening) {
    document.addEventListener("submit", decide);
    listening = true;
  }
  // Until the last decision is answered, what is prepared could be what it decided.
  pending.then(prepare);
}
