// A replay: one number, the turn that is looked at; everything on the page follows it.
const scrub = document.getElementById("scrub");
const play = document.getElementById("play");
const pace = document.getElementById("pace");
const here = document.getElementById("here");
const strip = document.getElementById("strip");
const turns = [...document.querySelectorAll(".turn[data-number]")];
const moments = [...document.querySelectorAll("[data-moment]")];
const LONGEST_MS = 12000;
const narrow = matchMedia("(max-width: 960px)");
let timer = 0;

function look(number, { follow = true } = {}) {
  const at = Math.max(0, Math.min(turns.length - 1, number));
  scrub.value = at;
  document.getElementById("at").textContent = `${at + 1} of ${turns.length}`;
  turns.forEach((turn, n) => { turn.classList.toggle("later", n > at); turn.classList.toggle("current", n === at); });
  moments.forEach((moment, n) => { moment.hidden = n !== at; });
  const column = Number(here.dataset.column);
  here.setAttribute("x", at * column + 1);
  if (at * column < strip.scrollLeft || (at + 1) * column > strip.scrollLeft + strip.clientWidth) strip.scrollLeft = (at - 2) * column;
  if (follow && !narrow.matches) turns[at].scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function wait(at) {
  const speed = Number(pace.value);
  const [from, to] = [moments[at]?.dataset.start, moments[at + 1]?.dataset.start];
  if (!speed || from === undefined || to === undefined) return 1000;
  return Math.min(LONGEST_MS, Math.max(400, (1000 * (to - from)) / speed));
}

function pause() { clearTimeout(timer); timer = 0; play.setAttribute("aria-pressed", "false"); play.setAttribute("aria-label", "Play"); }
function go() {
  const at = Number(scrub.value);
  if (at >= turns.length - 1) { pause(); return; }
  timer = setTimeout(() => { look(at + 1); go(); }, wait(at));
}
function toggle() {
  if (timer) { pause(); return; }
  if (Number(scrub.value) >= turns.length - 1) look(0);
  play.setAttribute("aria-pressed", "true");
  play.setAttribute("aria-label", "Pause");
  go();
}
function step(by) { pause(); look(Number(scrub.value) + by); }

if (scrub && turns.length) {
  play.addEventListener("click", toggle);
  document.getElementById("step").addEventListener("click", () => step(1));
  document.getElementById("back").addEventListener("click", () => step(-1));
  scrub.addEventListener("input", () => { pause(); look(Number(scrub.value)); });
  strip.addEventListener("click", (event) => { const hit = event.target.closest("[data-go]"); if (hit) { pause(); look(Number(hit.dataset.go)); } });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-turn]");
    const turn = link && document.getElementById(`t-${link.dataset.turn}`);
    if (turn) { event.preventDefault(); pause(); look(Number(turn.dataset.number)); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("textarea, select, input:not([type=range]), [data-why], button, dialog, [popover]")) return;
    const does = { j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), " ": toggle };
    if (event.target !== scrub) Object.assign(does, { ArrowRight: () => step(1), ArrowLeft: () => step(-1) });
    if (does[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); does[event.key](); }
  });
  const asked = document.getElementById(location.hash.slice(1));
  look(asked?.dataset.number ? Number(asked.dataset.number) : 0, { follow: Boolean(asked) });
}
