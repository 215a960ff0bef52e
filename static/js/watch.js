// A page that is read anew every two seconds while somebody looks at it, and rests while it is paused or a fold of it is open.
const watched = document.querySelector("[data-watch]");
if (watched) {
  const control = document.querySelector("[data-watch-control]");
  const pause = control.querySelector("[data-watch-pause]");
  const state = control.querySelector("[data-watch-state]");
  control.hidden = false;
  pause.addEventListener("change", () => {
    state.textContent = pause.checked ? "Paused." : "Read anew every two seconds.";
  });
  const rests = () =>
    pause.checked || document.visibilityState !== "visible" || watched.contains(document.activeElement) || watched.querySelector("details[open]");
  const look = async () => {
    if (!rests()) {
      const answer = await fetch(watched.dataset.watch).catch(() => null);
      if (answer?.ok) {
        const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-watch]");
        if (now && !rests()) watched.replaceChildren(...now.childNodes);
      } else if (answer) {
        state.textContent = "It could not be read anew: load the page again.";
        return;
      }
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}
