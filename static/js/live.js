// A search with data-live shows what it finds while it is typed: the same page is fetched, and one part of it replaced.
// The address follows, so that what stands there can be shared; Enter and the button work as without this file.

const WAIT = 250;

export default function live() {
  for (const form of document.querySelectorAll("form[data-live]")) {
    const field = form.querySelector("input[type=search]");
    const part = form.dataset.live;
    let waiting, asking;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, WAIT);
    });

    async function look() {
      const address = new URL(form.action);
      address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(part);
        const old = document.getElementById(part);
        if (!fresh || !old) return;
        // The status keeps its element, so that a screen reader says what changed.
        const said = fresh.querySelector("[role=status]"), says = old.querySelector("[role=status]");
        if (said && says) { says.textContent = said.textContent; said.replaceWith(says); }
        old.replaceWith(fresh);
        history.replaceState(null, "", address.pathname + address.search);
      } catch { /* the button still works */ }
    }
  }
}
