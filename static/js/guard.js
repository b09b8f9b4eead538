// form[data-guard]: asks before a page with unsaved words is left. Words that autosave has sent are saved.

export default function guard() {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (!changed || form.dataset.saved) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }
}
