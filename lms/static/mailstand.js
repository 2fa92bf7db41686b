/* A page that waits for a mail says by itself how far it is; without script a reload does. */
(() => {
  "use strict";
  const look = async () => {
    const box = document.querySelector("[data-mailstand]");
    if (!box || "klaar" in box.dataset) { return; }
    try {
      const answer = await fetch(box.dataset.mailstand, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (answer.ok) {
        const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-mailstand]");
        if (found && found.textContent.trim() !== box.textContent.trim()) { box.replaceChildren(...found.childNodes); box.className = found.className; }
        if (found && "klaar" in found.dataset) { box.dataset.klaar = ""; return; }
      }
    } catch (e) { /* offline: again in a moment */ }
    setTimeout(look, 2500);
  };
  setTimeout(look, 1500);
})();
