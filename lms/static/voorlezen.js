/* "Lees voor": the browser's own voice reads the lesson. Without one there is no button. */
(() => {
  "use strict";
  const place = document.querySelector("[data-voorlezen]"), voice = window.speechSynthesis;
  if (!place || !voice || !window.SpeechSynthesisUtterance) { return; }
  const READ = "h1, h2, h3, p, li, summary, figcaption, label, [role=img]", SKIP = "nav, .toc, .no-print, .crumbs, .row, .file, [hidden]";
  const start = document.createElement("button"), state = document.createElement("span");
  let queue = [], busy = false;

  /* Part by part: a long text in one go falls silent in some browsers. What stands in another part is read with that part. */
  const parts = () => [...place.closest("article").querySelectorAll(READ)]
    .filter((part) => !part.closest(SKIP) && !part.querySelector(READ))
    .map((part) => (part.getAttribute("aria-label") || part.textContent).replace(/\s+/g, " ").trim())
    .filter(Boolean);
  const show = (on) => {
    busy = on;
    start.textContent = on ? "Stop met voorlezen" : "Lees voor";
    state.textContent = on ? "De les wordt voorgelezen." : "";
  };
  const next = () => {
    const text = queue.shift();
    if (!text) { show(false); return; }
    const saying = new SpeechSynthesisUtterance(text), dutch = voice.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("nl"));
    saying.lang = "nl-NL";
    if (dutch) { saying.voice = dutch; }
    saying.onend = () => { if (busy) { next(); } };
    saying.onerror = ({ error }) => { if (busy && error !== "canceled" && error !== "interrupted") { queue = []; show(false); state.textContent = "Voorlezen lukt niet in deze browser."; } };
    voice.speak(saying);
  };
  const stop = () => { queue = []; show(false); voice.cancel(); };

  start.type = "button"; start.className = "btn second sm";
  state.className = "vh"; state.setAttribute("role", "status");
  start.addEventListener("click", () => {
    if (busy) { stop(); return; }
    voice.cancel(); queue = parts(); show(true); next();
  });
  show(false); place.append(start, state);
  window.addEventListener("pagehide", stop);
})();
