// Saves what is typed into a long form as a draft, after a pause and when the page is left. Sending the form works the
// same without it.
const PAUSE = 2000;
const AGAIN = [5000, 15000, 60000];

for (const form of document.querySelectorAll("form[data-draft]")) {
  const line = form.querySelector("[data-saved]");
  const { draft: address, page, clock } = form.dataset;
  // A clock that is slow would let what is typed here look older than what was typed elsewhere.
  const slow = Math.max(0, Number(clock) - Date.now());
  let typed = 0, saved = 0, tries = 0, timer, sending = false;

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  const say = (words) => { if (line.textContent !== words) line.textContent = words; };

  async function save(leaving = false) {
    clearTimeout(timer);
    if (typed === saved || (sending && !leaving)) return;
    const at = typed;
    const body = new URLSearchParams([...new FormData(form), ["typed", at + slow]]);
    sending = true;
    // Browsers let only short requests outlive their page.
    const keepalive = leaving && String(body).length < 60000;
    const answer = await fetch(address, { method: "POST", body, keepalive, headers: { accept: "application/json" } }).catch(() => undefined);
    sending = false;
    if (answer?.ok || answer?.status === 422) {
      const { said } = await answer.json().catch(() => ({ said: "" }));
      [saved, tries] = [at, 0];
      say(said);
      if (typed !== saved) later(PAUSE);
    } else if (answer?.status === 403) {
      say("Not saved: you are signed out. Sign in again in another window, your text stays here");
      later(AGAIN[2]);
    } else {
      say("Not saved. Trying again");
      later(AGAIN[Math.min(tries++, AGAIN.length - 1)]);
    }
  }

  form.addEventListener("input", () => {
    typed = Math.max(Date.now(), typed + 1);
    // From now on there may be a draft, which sending lets go.
    form.elements.draft.value = page;
    later(PAUSE);
  });
  form.addEventListener("submit", ({ submitter }) => {
    // What is only checked or shown again is not kept by being sent.
    const isSent = (submitter?.formAction || form.action) === form.action || submitter?.formAction.includes("/drafts?");
    if (isSent) {
      clearTimeout(timer);
      saved = typed;
    } else {
      save(true);
    }
  });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
}
