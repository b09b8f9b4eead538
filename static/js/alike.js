// "Is it one of these?": fetches the ideas most like the title, a moment after the last letter, into
// div[data-alike="/address"]. It notes in the field `seen` which ones were shown, so that no step asks again.

const WAIT = 450;
const ENOUGH = 8;

function watch(place) {
  const form = place.closest("form");
  const title = form?.elements.namedItem("title");
  const seen = form?.elements.namedItem("seen");
  if (!title) return;
  let timer;
  let asking;
  let asked = "";

  async function ask() {
    const words = title.value.trim();
    if (words === asked) return;
    asked = words;
    asking?.abort();
    asking = new AbortController();
    if (words.length < ENOUGH || !words.includes(" ")) {
      place.replaceChildren();
      return;
    }
    try {
      const answer = await fetch(`${place.dataset.alike}?title=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      place.innerHTML = await answer.text();
      const numbers = place.querySelector("[data-numbers]")?.dataset.numbers.split(" ") ?? [];
      if (seen) seen.value = [...new Set([...seen.value.split(" "), ...numbers])].filter(Boolean).slice(-50).join(" ");
    } catch { /* gone, or newer words are on their way: the list stays as it is */ }
  }

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  if (title.value) ask();
}

export default function alike() {
  document.querySelectorAll("div[data-alike]").forEach(watch);
}
