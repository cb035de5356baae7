// The line to the server: says when it is lost and goes quiet when it is back; a session that has ended is asked for.
const lost = document.getElementById("lost");

document.addEventListener("htmx:sse:error", (event) => {
  if (event.detail.status === 401) { location.reload(); return; }
  if (lost) lost.hidden = false;
});
document.addEventListener("htmx:sse:after:connection", () => { if (lost) lost.hidden = true; });
