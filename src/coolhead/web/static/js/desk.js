// The desk: begin at the latest words on narrow screens, and keep them in sight while the reader is there.
const turns = document.getElementById("turns");
const narrow = matchMedia("(max-width: 960px)");
const atEnd = () => (turns.lastElementChild?.getBoundingClientRect().top ?? 0) < innerHeight;
function toEnd() {
  const last = turns.lastElementChild?.getBoundingClientRect();
  const box = document.getElementById("say").getBoundingClientRect();
  if (last) scrollBy(0, last.bottom + 16 - Math.min(box.top, innerHeight));
}

if (turns && narrow.matches) {
  let follows = true;
  requestAnimationFrame(toEnd);
  addEventListener("scroll", () => { follows = atEnd(); }, { passive: true });
  new MutationObserver(() => { if (follows) toEnd(); }).observe(turns, { childList: true });
  new ResizeObserver(() => { if (follows) toEnd(); }).observe(document.getElementById("say"));
}
