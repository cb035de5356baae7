// Keyboard: one letter where nothing is being typed; `?` shows them all.
const typing = (element) => element?.closest("input:not([type=range]), textarea, select, [contenteditable]");
const press = (selector) => { const found = document.querySelector(selector); found?.click(); return Boolean(found); };
const GO = { d: "/desk", f: "/floor", c: "/conversations", g: "/documents", s: "/search", m: "/promises", p: "/people", l: "/clients", r: "/practice" };
let before = "";

function sheet() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
  return Boolean(dialog);
}

function move(by) {
  const items = [...document.querySelectorAll(".list .item, .rows a.live-row")].filter((item) => item.checkVisibility());
  if (!items.length) return false;
  const at = items.findIndex((item) => item === document.activeElement || item.hasAttribute("aria-current"));
  const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
  if (next?.closest(".list")) next.click(); else next?.focus();
  return true;
}

const does = {
  "?": sheet,
  j: () => move(1),
  k: () => move(-1),
  r: () => { const words = document.getElementById("words"); words?.focus(); return Boolean(words); },
  d: () => press('[data-key="d"]'),
  x: () => press('[data-key="x"]'),
  w: () => press('[popovertarget="card-why"]'),
  t: () => press('[data-key="t"]'),
  a: () => press('[data-key="a"]'),
  u: () => press('[data-key="u"]'),
  h: () => press('[data-key="h"]'),
  o: () => press('[data-key="o"]'),
  s: () => press('[data-key="s"]'),
  n: () => press('[data-key="n"]'),
  p: () => press('[data-key="p"]'),
  v: () => press('[data-key="v"]'),
  "/": () => press('[data-key="/"]'),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  if (event.altKey) {
    if (event.code === "KeyU" && press("#better [data-use]")) event.preventDefault();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const two = before === "g" && GO[event.key];
  before = event.key;
  if (two && document.querySelector(`.top nav a[href="${two}"]`)) { event.preventDefault(); location.href = two; return; }
  if (does[event.key]?.()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=keys]")) { document.getElementById("account")?.hidePopover(); sheet(); }
});
