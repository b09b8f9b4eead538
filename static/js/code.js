// The six-digit code: what is pasted keeps its digits and loses everything else ("Your code: 123 456").

export default function code() {
  for (const field of document.querySelectorAll("input[data-code]")) {
    field.addEventListener("paste", (event) => {
      const digits = event.clipboardData?.getData("text").replace(/\D/g, "");
      if (!digits) return;
      event.preventDefault();
      field.value = digits.slice(0, 6);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
