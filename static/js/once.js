// The second press of a button sends nothing; the server judges repeated requests all the same.
// A form that answers with a file and stays on its page says data-repeat.
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "repeat" in form.dataset) return;
  if (sent.has(form)) return event.preventDefault();
  const button = event.submitter;
  sent.set(form, { button, inside: [...(button?.childNodes ?? [])] });
  // After the browser has gathered what it sends.
  setTimeout(() => {
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Sending…";
  });
});

// Back from the next page, the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    const { button, inside } = sent.get(form) ?? {};
    sent.delete(form);
    button?.removeAttribute("aria-disabled");
    button?.replaceChildren(...inside);
  }
});
