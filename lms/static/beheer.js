/* Starts Wagtail's pickers and inline panels from data attributes: our policy allows no inline scripts. */
(() => {
  "use strict";
  const STARTERS = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };
  const start = (root) => {
    for (const mark of root.querySelectorAll("[data-kiezer]:not([data-klaar])")) {
      const id = mark.dataset.voor, starter = window[STARTERS[mark.dataset.kiezer]];
      if (!starter || id.includes("__prefix__") || !document.getElementById(id)) { continue; }
      mark.dataset.klaar = "";
      starter(id, JSON.parse(mark.dataset.keuzes));
    }
    for (const mark of root.querySelectorAll("[data-keuzevenster]:not([data-klaar])")) {
      const Kind = window[mark.dataset.keuzevenster], id = mark.dataset.voor;
      if (!Kind || id.includes("__prefix__") || !document.getElementById(id)) { continue; }
      mark.dataset.klaar = "";
      new Kind(id, JSON.parse(mark.dataset.keuzes));
    }
    for (const mark of root.querySelectorAll("[data-inline-panel]:not([data-klaar])")) {
      if (!window.InlinePanel) { continue; }
      mark.dataset.klaar = "";
      new window.InlinePanel(JSON.parse(mark.dataset.inlinePanel));
    }
  };
  /* Who logs out here leaves no text behind in this tab either (ekc.js). */
  document.addEventListener("submit", (event) => {
    if (!/\/(logout|uitloggen)\//.test(event.target.getAttribute("action") || "")) { return; }
    try { Object.keys(sessionStorage).filter((key) => key.startsWith("typt:")).forEach((key) => sessionStorage.removeItem(key)); } catch (e) { /* nothing is kept */ }
  });
  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    new MutationObserver((changes) => {
      for (const change of changes) { for (const node of change.addedNodes) { if (node.nodeType === 1) { start(node.parentElement || node); } } }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
