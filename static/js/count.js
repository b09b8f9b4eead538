// Counts down the characters of a textarea[data-limit] in the line below it.
// A screen reader hears the number only after a pause in typing.

const number = new Intl.NumberFormat(document.documentElement.lang || undefined);

// The server counts code points, as Python does, and line ends as one.
const length = (text) => [...text].length;

export default function count() {
  for (const area of document.querySelectorAll("textarea[data-limit]")) {
    const line = document.getElementById(`${area.id}-count`);
    if (!line) continue;
    const limit = Number(area.dataset.limit);
    const spoken = document.createElement("span");
    spoken.className = "unseen";
    spoken.setAttribute("role", "status");
    line.after(spoken);
    let pause;

    const show = () => {
      const left = limit - length(area.value);
      line.textContent = `${left < 0 ? line.dataset.over : line.dataset.left} ${number.format(Math.abs(left))}`;
      line.classList.toggle("count--over", left < 0);
      return left;
    };

    area.addEventListener("input", () => {
      const left = show();
      clearTimeout(pause);
      pause = setTimeout(() => {
        spoken.textContent = left < limit / 10 ? line.textContent : "";
      }, 1200);
    });
    show();
  }
}
