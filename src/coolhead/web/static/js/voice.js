// Voice: the browser's own recognition and synthesis, where it has them; what it lacks is said, and typing always works.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const voices = window.speechSynthesis;
const KEPT = "coolhead.voice";
const boxes = { aloud: document.getElementById("aloud"), speak: document.getElementById("by-voice"), sends: document.getElementById("sends") };
const told = { aloud: document.getElementById("aloud-told"), speak: document.getElementById("voice-told"), goes: document.getElementById("audio-goes"), state: document.getElementById("voice-state") };
const words = document.getElementById("words");
const button = document.getElementById("speak");
const letSay = document.getElementById("let-say");
const talk = document.getElementById("talk");
const language = (navigator.language || "en").startsWith("en") ? navigator.language : "en-GB";
let listening = null;
let onDevice = false;
let saidSoFar = null; // characters of the customer's words, while they are being read aloud and the browser tells
let read = talk.querySelectorAll(".customer").length;

const WRONG = {
  "not-allowed": "The microphone is not allowed here. Allow it in the address bar, or type.",
  "service-not-allowed": "This browser does not allow speech recognition here. Type instead.",
  "audio-capture": "No microphone was found. Type instead.",
  network: "The browser's recognition could not be reached. Type instead; nothing is lost.",
  "no-speech": "Nothing was heard. Try again, or type.",
};

// reading aloud

const spoken = () => voices.getVoices().filter((voice) => voice.lang.startsWith("en"));
function voice() { // one that speaks on this device where there is one
  const found = spoken();
  return found.find((each) => each.localService && each.lang === language) ?? found.find((each) => each.localService) ?? found[0];
}

function tellVoices() {
  const found = voice();
  boxes.aloud.disabled = !found;
  if (!found) told.aloud.textContent = "This browser has no English voice.";
  else told.aloud.textContent = found.localService ? "With a voice of this device; the words do not leave it." : "This browser's voices come from its maker's servers, which are sent the customer's invented words.";
}

function readAloud(text) {
  if (!boxes.aloud.checked || boxes.aloud.disabled) return;
  voices.cancel();
  const saying = new SpeechSynthesisUtterance(text);
  saying.voice = voice() ?? null;
  saying.lang = saying.voice?.lang ?? language;
  saying.addEventListener("boundary", (event) => { saidSoFar = event.charIndex; });
  saying.addEventListener("end", () => { saidSoFar = null; });
  voices.speak(saying);
}

function readNew() {
  const said = [...talk.querySelectorAll(".customer > p")];
  if (said.length > read) readAloud(said.at(-1).textContent);
  read = said.length;
}

// speaking

async function tellRecognition() {
  if (!Recognition) {
    told.speak.textContent = "This browser cannot turn speech into words. Type, or use the dictation of your system: Windows H on Windows, the microphone key on phones and Macs.";
    return;
  }
  try {
    onDevice = (await Recognition.available?.({ langs: [language], processLocally: true })) === "available";
  } catch { onDevice = false; }
  if (onDevice) told.goes.textContent = "Your browser turns your speech into words on this device; the sound does not leave it. Coolhead gets no sound and keeps none: it is given the words in the box, as when you type.";
  boxes.speak.disabled = false;
  show();
}

function show() {
  button.hidden = boxes.speak.disabled || !boxes.speak.checked;
  boxes.sends.disabled = button.hidden;
}

function stop() { listening?.stop(); }

// Who speaks while the customer does cuts them off: what was said of their words goes along.
function interrupt() {
  if (saidSoFar !== null) { letSay.value = saidSoFar; letSay.disabled = false; }
  saidSoFar = null;
  voices?.cancel();
}

function listen() {
  if (listening) { stop(); return; }
  interrupt();
  const before = words.value.trimEnd();
  const hears = new Recognition();
  let failed = false;
  hears.lang = language;
  hears.interimResults = true;
  hears.continuous = !boxes.sends.checked;
  if (onDevice) hears.processLocally = true;
  hears.addEventListener("result", (event) => {
    const heard = [...event.results].map((result) => result[0].transcript.trim()).join(" ");
    words.value = before ? `${before} ${heard}` : heard;
  });
  hears.addEventListener("error", (event) => {
    failed = true;
    if (event.error !== "aborted") told.state.textContent = WRONG[event.error] ?? "That was not understood. Try again, or type.";
  });
  hears.addEventListener("end", () => {
    listening = null;
    button.setAttribute("aria-pressed", "false");
    if (!failed) told.state.textContent = "";
    if (!failed && boxes.sends.checked && words.value.trim()) words.form.requestSubmit();
    else words.focus();
  });
  listening = hears;
  button.setAttribute("aria-pressed", "true");
  told.state.textContent = "Listening …";
  hears.start();
}

// what was chosen stays chosen in this browser

function keep() {
  const chosen = Object.fromEntries(Object.entries(boxes).map(([name, box]) => [name, box.checked]));
  try { localStorage.setItem(KEPT, JSON.stringify(chosen)); } catch { /* without storage it is chosen anew each time */ }
}

try {
  const chosen = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  for (const [name, box] of Object.entries(boxes)) box.checked = Boolean(chosen[name]);
} catch { /* as above */ }

for (const box of Object.values(boxes)) box.addEventListener("change", () => { show(); keep(); });
boxes.aloud.addEventListener("change", () => {
  if (boxes.aloud.checked) readAloud([...talk.querySelectorAll(".customer > p")].at(-1)?.textContent ?? "");
  else voices.cancel();
});
button.addEventListener("click", listen);
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyV" && !button.hidden) { event.preventDefault(); listen(); }
});
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("[data-paused], [data-over]")) { listening?.abort(); voices?.pause(); } else voices?.resume();
  letSay.disabled = true;
  readNew();
});
addEventListener("pagehide", () => { listening?.abort(); voices?.cancel(); });

if (voices) {
  tellVoices();
  voices.addEventListener("voiceschanged", tellVoices);
} else told.aloud.textContent = "This browser cannot read aloud.";
tellRecognition();
