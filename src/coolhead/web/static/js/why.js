// Marks explain themselves: focus and Enter, a click, or resting the pointer open one shared popover.
const why = document.getElementById("why");
const REST_MS = 320;
let anchor = null;
let waiting = 0;
let asked = 0;

function place(popover, by) {
  const box = (by.getClientRects()[0] ?? by.getBoundingClientRect());
  const { width, height } = popover.getBoundingClientRect();
  const below = box.bottom + 8 + height <= innerHeight;
  const left = Math.max(12, Math.min(box.left, innerWidth - width - 12));
  popover.style.left = `${left}px`;
  popover.style.top = `${below ? box.bottom + 8 : Math.max(12, box.top - height - 8)}px`;
}

async function open(mark, { focus = false } = {}) {
  clearTimeout(waiting);
  const own = ++asked;
  const answer = await fetch(mark.dataset.why, { headers: { "HX-Request": "true" } });
  if (!answer.ok || own !== asked) return;
  why.innerHTML = await answer.text();
  htmx.process(why);
  anchor?.setAttribute("aria-expanded", "false");
  anchor = mark;
  mark.setAttribute("aria-expanded", "true");
  if (!why.matches(":popover-open")) why.showPopover({ source: mark });
  place(why, mark);
  if (focus) why.querySelector("summary, button, a")?.focus({ preventScroll: true });
}

function shut() {
  if (why.matches(":popover-open") && !why.contains(document.activeElement)) why.hidePopover();
}

const markOf = (event) => event.target.closest?.("[data-why]");

document.addEventListener("click", (event) => {
  const mark = markOf(event);
  if (mark) { event.preventDefault(); open(mark); }
});
document.addEventListener("keydown", (event) => {
  const mark = markOf(event);
  if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(mark, { focus: true }); }
});
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  clearTimeout(waiting);
  const mark = markOf(event);
  if (mark && mark !== anchor) waiting = setTimeout(() => open(mark), REST_MS);
  else if (!mark && !why.contains(event.target)) waiting = setTimeout(shut, REST_MS);
});
why?.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  anchor?.setAttribute("aria-expanded", "false");
  if (anchor && why.contains(document.activeElement)) anchor.focus();
  anchor = null;
});

// Other popovers stand beside the button that opens them.
document.addEventListener("toggle", (event) => {
  const popover = event.target;
  if (popover === why || event.newState !== "open" || !popover.id) return;
  const button = document.querySelector(`[popovertarget="${CSS.escape(popover.id)}"]`);
  if (button) place(popover, button);
}, true);
