// Adds "in 9 days" behind an absolute time. The absolute one, which the server wrote, is what holds.
// Unit, its seconds, and from how many seconds on it is used.
const UNITS = [["year", 31557600, 47336400], ["month", 2629800, 7889400], ["day", 86400, 129600], ["hour", 3600, 5400], ["minute", 60, 60]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang);

function distance(instant) {
  const seconds = (Date.parse(instant) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return "";
  const unit = UNITS.find(([, , from]) => Math.abs(seconds) >= from);
  return unit ? ` (${words.format(Math.trunc(seconds / unit[1]), unit[0])})` : " (now)";
}

function show() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const beside = time.querySelector(".relative") ?? time.appendChild(document.createElement("span"));
    beside.className = "relative";
    beside.textContent = distance(time.dateTime);
  }
}

// A new account begins in the browser's time zone.
for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

show();
setInterval(show, 60_000);
