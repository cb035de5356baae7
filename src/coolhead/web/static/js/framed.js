// In a frame of Chatwoot: asks it which conversation is open, and shows that one's card.
const main = document.getElementById("main");
const { origin, account, number } = main.dataset;

function positive(value) {
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

window.addEventListener("message", (event) => {
  if (event.origin !== origin || event.source !== window.parent || typeof event.data !== "string") return;
  let told;
  try { told = JSON.parse(event.data); } catch { return; }
  if (told?.event !== "appContext") return;
  const open = told.data?.conversation;
  const from = positive(open?.account_id ?? open?.messages?.[0]?.account_id);
  const which = positive(open?.id);
  if (!from || !which || (String(from) === account && String(which) === number)) return;
  location.replace(`?account=${from}&number=${which}`);
});
if (origin && window.parent !== window) window.parent.postMessage("chatwoot-dashboard-app:fetch-info", origin);
