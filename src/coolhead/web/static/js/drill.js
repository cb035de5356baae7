// A drill: the next thing to do has the focus, and a clock that shows ten-second steps, only while an item is open.
let timer = 0;

function tick(clock, began) {
  const left = Math.max(0, Number(clock.dataset.left) - (Date.now() - began) / 1000);
  const shown = Math.ceil(left / 10) * 10;
  const text = left ? `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}` : "Finish this one in peace";
  if (clock.textContent !== text) clock.textContent = text;
  if (!left) clearInterval(timer);
}

function begin() {
  clearInterval(timer);
  const clock = document.getElementById("clock");
  if (clock?.hasAttribute("data-runs")) timer = setInterval(tick, 1000, clock, Date.now());
  document.querySelector("#drill [data-focus]")?.focus({ preventScroll: true });
}

document.addEventListener("htmx:after:swap", (event) => {
  if (document.getElementById("drill")?.contains(event.target) || event.target.id === "drill") begin();
});
begin();
