// The customer's page: when the chat is over, what can be done next is shown.
const talk = document.getElementById("talk");
if (talk) {
  new MutationObserver(() => { if (talk.querySelector("[data-over]") && document.getElementById("words")) location.reload(); })
    .observe(talk, { childList: true, subtree: true });
}
