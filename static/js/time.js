// Adds "in 9 days" behind an absolute time. The absolute one, which the server wrote, is what holds.
const UNITS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });

function distance(instant) {
  const seconds = (Date.parse(instant) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return "";
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  return ` (${words.format(Math.trunc(seconds / size), unit)})`;
}

function show() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const beside = time.querySelector(".relative") ?? time.appendChild(document.createElement("span"));
    beside.className = "relative";
    beside.textContent = distance(time.dateTime);
  }
}

show();
setInterval(show, 60_000);
