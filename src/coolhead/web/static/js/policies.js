// The search of policies: `/` opens it, arrows choose, Enter puts the sentence into the answer.
const box = document.getElementById("policies");
const words = document.getElementById("policy-words");
const hits = () => [...box.querySelectorAll("[role=option]")];

function choose(hit) {
  for (const each of hits()) each.setAttribute("aria-selected", String(each === hit));
  if (hit) words.setAttribute("aria-activedescendant", hit.id);
  else words.removeAttribute("aria-activedescendant");
  hit?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  if (!box || !event.target.closest("[data-opens=policies]")) return;
  box.showPopover();
  words.focus(); // at once, so that no key that follows goes elsewhere
  words.select();
  words.dispatchEvent(new Event("opened"));
});
box?.addEventListener("htmx:after:swap", () => choose(hits()[0]));
words?.addEventListener("keydown", (event) => {
  const all = hits();
  const at = all.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(all[Math.max(0, Math.min(all.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))]);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    all[at]?.click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    box.hidePopover();
  }
});
box?.addEventListener("click", (event) => {
  if (event.target.closest("[role=option]")) queueMicrotask(() => box.hidePopover());
});
