// Forms: Enter sends, a sent box empties, a choice submits itself, an offered wording is taken over.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const words = event.target.closest?.("textarea#words");
  if (!words?.form?.hasAttribute("hx-post")) return;
  event.preventDefault();
  if (words.value.trim()) words.form.requestSubmit();
});

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement.closest?.("form[data-clears]");
  if (!form || ctx.sourceElement !== form) return;
  const words = form.elements.text;
  const again = form.failed && form.kept === words.value; // the same words once more are the same message
  if (!again) form.messageId = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  ctx.request.body.set("message_id", form.messageId);
  form.kept = words.value;
  queueMicrotask(() => { words.value = ""; words.dispatchEvent(new Event("input", { bubbles: true })); });
});
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement;
  if (!form.matches?.("form[data-clears]")) return;
  form.failed = !ctx.response?.raw?.ok;
  if (!form.failed) return;
  const words = form.elements.text;
  if (!words.value) words.value = form.kept ?? "";
  words.focus();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const use = event.target.closest("[data-use], [data-says]");
  if (use?.dataset.use) say(use.dataset.use);
  else if (use) add(use.dataset.says);
});

function add(text) { // after what is being written
  const begun = document.getElementById("words")?.value.trimEnd();
  say(begun ? `${begun} ${text}` : text);
}

function say(text) {
  const words = document.getElementById("words");
  if (!words) return;
  words.value = text;
  words.focus();
  const blank = words.value.search(/\[[^\]]+\]/);
  if (blank >= 0) words.setSelectionRange(blank, words.value.indexOf("]", blank) + 1);
  words.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:after:swap", () => {
  const given = document.querySelector("[data-says-now]");
  if (!given) return;
  add(given.dataset.saysNow);
  given.removeAttribute("data-says-now");
});

document.addEventListener("click", (event) => {
  const empties = event.target.closest("[data-empties]");
  if (empties) document.querySelector(empties.dataset.empties)?.replaceChildren();
  if (event.target.closest("[data-prints]")) print();
});

let hiding = 0;
document.addEventListener("htmx:after:swap", () => {
  const toast = document.getElementById("toast");
  if (!toast?.firstElementChild) return;
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.replaceChildren(), 7000);
});

// An opened disclosure stays open when its surroundings are drawn anew.
htmx.registerExtension("keep-open", { htmx_before_morph_attr: (element, { attrName }) => !(element.tagName === "DETAILS" && attrName === "open") });
