// Documents: line numbers beside the text, places of problems, finding an entry, Ctrl S, nothing lost by leaving.
const text = document.getElementById("text");
const gutter = document.querySelector(".gutter");

function number() {
  const wrong = new Set([...document.querySelectorAll("#checked [data-line]")].map((each) => Number(each.dataset.line)));
  const count = text.value.split("\n").length;
  while (gutter.children.length > count) gutter.lastChild.remove();
  while (gutter.children.length < count) gutter.append(document.createElement("li"));
  [...gutter.children].forEach((line, index) => line.classList.toggle("wrong", wrong.has(index + 1)));
  gutter.scrollTop = text.scrollTop;
}
if (text && gutter) {
  text.addEventListener("input", number);
  text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
  document.addEventListener("htmx:after:swap", number);
  number();
}

function goTo(line, column) {
  const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = text.value.indexOf("\n", before);
  text.focus();
  text.setSelectionRange(before + column - 1, end < 0 ? text.value.length : end);
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 6) * height);
}
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (place && text) goTo(Number(place.dataset.line), Number(place.dataset.column));
});

const find = document.getElementById("find");
find?.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const items = [...document.querySelectorAll(".entries .item")];
  for (const item of items) item.parentElement.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
  const none = document.getElementById("none-found");
  if (none) none.hidden = !items.length || items.some((item) => !item.parentElement.hidden);
});
document.querySelector(".entries [aria-current]")?.scrollIntoView({ block: "nearest" });

// What is typed and not saved is not left behind without a word.
const forms = [...document.querySelectorAll("form[data-saves]")];
let unsaved = Boolean(document.querySelector("[role=alert].message"));
for (const form of forms) {
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
}
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

document.addEventListener("submit", (event) => {
  const asks = event.submitter?.dataset.confirm;
  if (asks && !window.confirm(asks)) event.preventDefault();
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  const form = event.target.closest?.("form[data-saves]") ?? forms[0];
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".foot .go"));
});

// A condition or wording that was added is the next thing to fill in.
let had = null;
document.addEventListener("htmx:before:request", (event) => {
  const button = event.detail.ctx.sourceElement;
  if (!button.matches?.("button[name=do]")) return;
  had = new Set([...document.querySelectorAll("#entry [name=has]")].map((each) => each.value));
  unsaved = true;
});
document.addEventListener("htmx:after:swap", () => {
  if (!had) return;
  const added = [...document.querySelectorAll("#entry [name=has]")].find((each) => !had.has(each.value));
  const wordings = [...document.querySelectorAll("#entry [name=say]")];
  if (!added && document.querySelectorAll("#entry [name=has]").length < had.size) { had = null; return; }
  const next = added?.closest("fieldset").querySelector("input:not([type=hidden]), select") ?? (wordings.at(-1)?.value === "" ? wordings.at(-1) : null);
  had = null;
  next?.focus();
});
