// The desk: begin at the latest words on narrow screens, and keep them in sight while the reader is there.
const turns = document.getElementById("turns");
const narrow = matchMedia("(max-width: 960px)");
const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 240;
const toEnd = () => turns?.lastElementChild?.scrollIntoView({ block: "end" });

if (turns && narrow.matches) {
  let follows = true;
  requestAnimationFrame(toEnd);
  addEventListener("scroll", () => { follows = atEnd(); }, { passive: true });
  new MutationObserver(() => { if (follows) toEnd(); }).observe(turns, { childList: true });
}
