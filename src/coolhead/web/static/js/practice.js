// A run: the words box keeps the focus while there is something to say; at the end the debrief has it.
const main = document.getElementById("main");
const words = document.getElementById("words");

function focusNext() {
  const wanted = document.getElementById("to-debrief") ?? document.getElementById("go-on") ?? words;
  if (document.activeElement === wanted || document.querySelector("[popover]:popover-open")) return;
  wanted?.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", (event) => {
  const byTheClock = event.detail.ctx.target.closest(".top");
  if (!byTheClock) queueMicrotask(focusNext);
});
if (main.querySelector("[data-over], [data-paused]")) focusNext();
