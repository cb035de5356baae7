// Times: relative where they stand, exact on hover: in the client's zone where one is named, else in the reader's own.
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const zones = new Map();
function exactIn(zone) {
  if (!zones.has(zone)) zones.set(zone, new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long", timeZone: zone }));
  return zones.get(zone);
}
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const units = [[86400, "day"], [3600, "h"], [60, "min"]];

function span(seconds) {
  for (const [size, name] of units) {
    if (seconds >= size) {
      const count = Math.floor(seconds / size);
      return `${count} ${name}${name === "day" && count > 1 ? "s" : ""}`;
    }
  }
  return `${Math.floor(seconds)} s`;
}

const read = {
  ago: (at, now) => (now - at < 60 ? "just now" : `${span(now - at)} ago`),
  due: (at, now) => (at >= now ? `in ${span(at - now)}` : `${span(now - at)} late`),
  for: (at, now) => span(Math.max(0, now - at)),
  clock: (at) => clock.format(at * 1000),
};

function show(time) {
  const moment = new Date(time.dateTime);
  const text = read[time.dataset.as]?.(moment / 1000, Date.now() / 1000);
  if (text && time.textContent !== text) time.textContent = text;
  const { zone } = time.dataset;
  const title = zone ? `${exactIn(zone).format(moment)}, ${zone}` : exact.format(moment);
  if (time.title !== title) time.title = title;
}

function showAll(within = document) {
  for (const time of within.querySelectorAll("time[data-as]")) show(time);
}

showAll();
setInterval(showAll, 15000);
document.addEventListener("htmx:after:swap", () => showAll());
