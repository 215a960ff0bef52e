// A job's page: how far it has come, every second while somebody looks; the page itself once its state is another.
const section = document.querySelector("[data-job]");
if (section) {
  let known;
  const look = async () => {
    if (document.visibilityState === "visible") {
      const answer = await fetch(section.dataset.job, { headers: { accept: "application/json" } }).catch(() => null);
      if (answer?.ok) {
        const job = await answer.json();
        const state = `${job.status} ${job.attempts}`;
        if (known && known !== state) return location.reload();
        known = state;
        section.querySelector("progress").value = job.progress;
        section.querySelector("[data-percent]").textContent = `${job.progress} %`;
        if (job.step) section.querySelector("[data-step]").textContent = job.step;
      } else if (answer) return;
    }
    setTimeout(look, 1000);
  };
  look();
}
