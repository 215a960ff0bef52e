// A page that is read anew every two seconds while somebody looks at it, and rests while it is paused or a fold of it is open.
const watched = document.querySelector("[data-watch]");
if (watched) {
  const pause = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet", textContent: "Pause" });
  const state = Object.assign(document.createElement("span"), { className: "hint", textContent: "Read anew every two seconds." });
  const control = Object.assign(document.createElement("p"), { className: "row" });
  pause.setAttribute("aria-pressed", "false");
  state.setAttribute("role", "status");
  control.append(pause, state);
  watched.before(control);
  let paused = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    state.textContent = paused ? "Paused." : "Read anew every two seconds.";
  });
  const rests = () =>
    paused || document.visibilityState !== "visible" || watched.contains(document.activeElement) || watched.querySelector("details[open]");
  // The browser reads the document: no text is made into elements here, which trusted types forbid.
  const read = () =>
    new Promise((done) => {
      const ask = new XMLHttpRequest();
      ask.responseType = "document";
      ask.onload = () => done(ask.status === 200 ? ask.response : undefined);
      ask.onerror = () => done(null);
      ask.open("GET", watched.dataset.watch);
      ask.send();
    });
  const look = async () => {
    if (!rests()) {
      const page = await read();
      const now = page?.querySelector("[data-watch]");
      if (now && !rests()) watched.replaceChildren(...now.childNodes);
      if (page === undefined) {
        state.textContent = "It could not be read anew: load the page again.";
        return;
      }
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
