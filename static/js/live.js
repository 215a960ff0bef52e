// Hears by one stream for each browser that something changed, and says so on the page: the count in the bar, and a
// banner in the room that the page keeps for it. Nothing else moves, and the server decides anyway.
const unread = document.querySelector("[data-live=unread]");
const news = document.querySelector("[data-news]");

async function look() {
  if (!news || document.hidden) return;
  const asked = new URL(news.dataset.news, location);
  // For pages that are told by their age.
  asked.searchParams.set("age", Math.ceil(performance.now() / 1000));
  const answer = await fetch(asked).catch(() => undefined);
  if (answer?.status !== 200) return;
  const { text, href, label } = await answer.json();
  if (news.firstElementChild?.dataset.text === text) return;
  const banner = Object.assign(document.createElement("p"), { className: "flash heed", textContent: `${text} ` });
  banner.dataset.text = text;
  banner.append(Object.assign(document.createElement("a"), { href: href || location.href.split("#")[0], textContent: label }));
  const before = news.offsetHeight;
  news.replaceChildren(banner);
  // What is below stays where it is, even where the words need more room than was kept.
  if (news.getBoundingClientRect().top < innerHeight) scrollBy(0, news.offsetHeight - before);
}

function hear(kind, data) {
  if (kind === "unread" && unread.textContent === data) return;
  if (kind === "unread") unread.textContent = data;
  if (kind === "look" || [kind, `${kind} ${data}`].includes(news?.dataset.hears)) look();
}

if (unread) {
  const name = `live-${unread.dataset.person}`;
  const others = "BroadcastChannel" in window ? new BroadcastChannel(name) : undefined;
  others?.addEventListener("message", ({ data: [kind, data] }) => hear(kind, data));
  let end = () => {};

  const open = () => {
    const source = new EventSource("/live");
    const tell = (kind, data) => { hear(kind, data); others?.postMessage([kind, data]); };
    for (const kind of ["unread", "project", "list", "look"]) source.addEventListener(kind, ({ data }) => tell(kind, data));
    // Every beginning may come after something was missed.
    source.addEventListener("open", () => tell("look", ""));
    return source;
  };
  // One tab holds the stream for all of them; the next takes it over. Where tabs cannot agree, the visible one does.
  const begin = () => {
    if (navigator.locks && others) {
      const gone = new AbortController();
      let leave;
      navigator.locks.request(name, { signal: gone.signal }, () => new Promise((resolve) => {
        const source = open();
        leave = () => { source.close(); resolve(); };
      })).catch(() => {});
      end = () => { gone.abort(); leave?.(); };
    } else {
      const source = document.hidden ? undefined : open();
      end = () => source?.close();
    }
  };
  begin();
  look();
  addEventListener("pagehide", () => end());
  addEventListener("pageshow", ({ persisted }) => { if (persisted) { begin(); look(); } });
  document.addEventListener("visibilitychange", () => {
    if (!navigator.locks || !others) { end(); begin(); }
    look();
  });
}
