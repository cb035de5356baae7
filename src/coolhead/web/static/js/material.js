// Practice material: finding a piece, only what is one's own, copies of the family that is chosen.
const find = document.getElementById("find-piece");
const own = document.getElementById("only-own");

function narrow() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const each of document.querySelectorAll(".pieces li[data-own]")) {
    const text = each.textContent.toLowerCase();
    each.hidden = (own.checked && each.dataset.own === "no") || !words.every((word) => text.includes(word));
  }
}
find.addEventListener("input", narrow);
own.addEventListener("change", narrow);
narrow();

const family = document.getElementById("family");
const like = document.getElementById("like");
function copies() {
  for (const group of like.querySelectorAll("optgroup")) {
    group.hidden = group.disabled = group.dataset.family !== family.value;
  }
  if (like.selectedOptions[0]?.closest("optgroup")?.disabled) like.value = "";
}
family.addEventListener("change", copies);
copies();
document.querySelector("[popover][data-open]")?.showPopover();

document.addEventListener("click", (event) => {
  if (event.target.closest("button[popovertarget='new-piece']")) document.getElementById("name").focus({ preventScroll: true });
});
