/* Files: the size is said before sending, and sending shows how far it is. Without this a form simply posts. */
(() => {
  "use strict";
  const say = (field, text) => {
    let note = field.querySelector("[data-bestand]");
    if (!note) {
      note = document.createElement("p");
      note.dataset.bestand = ""; note.setAttribute("role", "alert"); note.id = `${field.querySelector("input").id}_grootte`;
      field.insertBefore(note, field.querySelector("input"));
    }
    note.className = text ? "msg-error" : "vh"; note.textContent = text;
    field.classList.toggle("error", Boolean(text));
  };
  const words = (bytes) => `${(Math.ceil(bytes * 10 / 1048576) / 10).toLocaleString("nl-NL")} MB`;
  const wrong = (input) => {
    const file = input.files[0], most = Number(input.dataset.maxMb);
    if (!file) { return ""; }
    if (!file.size) { return "Dit bestand is leeg."; }
    return file.size > most * 1048576 ? `Dit bestand is te groot: ${words(file.size)}. Het mag ${most} MB zijn.` : "";
  };

  for (const form of document.querySelectorAll("form")) {
    const inputs = [...form.querySelectorAll("input[type=file][data-max-mb]")];
    if (!inputs.length) { continue; }
    let busy = false;
    for (const input of inputs) { input.addEventListener("change", () => say(input.closest(".field"), wrong(input))); }

    const bar = document.createElement("div"), text = document.createElement("p"), progress = document.createElement("progress");
    bar.className = "stack gap-2"; bar.hidden = true; text.setAttribute("role", "status"); progress.max = 100; progress.setAttribute("aria-label", "Zo ver is het versturen");
    bar.append(text, progress); form.append(bar);
    const stop = (message) => { busy = false; progress.hidden = true; text.textContent = message; };

    form.addEventListener("submit", (event) => {
      if (busy) { event.preventDefault(); return; }
      const bad = inputs.find((input) => wrong(input));
      if (bad) { event.preventDefault(); say(bad.closest(".field"), wrong(bad)); bad.focus(); return; }
      if (event.defaultPrevented || !inputs.some((input) => input.files.length)) { return; }
      event.preventDefault(); busy = true;
      const data = new FormData(form), send = new XMLHttpRequest();
      if (event.submitter && event.submitter.name) { data.append(event.submitter.name, event.submitter.value); }
      bar.hidden = progress.hidden = false; progress.value = 0; text.textContent = "Bezig met versturen.";
      send.upload.addEventListener("progress", (e) => { if (e.lengthComputable) {
        progress.value = Math.round(100 * e.loaded / e.total);
        if (e.loaded === e.total) { text.textContent = "Verstuurd. We kijken je bestand na."; }
      } });
      send.addEventListener("load", () => {
        const to = send.getResponseHeader("X-Naar");
        if (to) { window.location.assign(to); return; }
        document.open(); document.write(send.responseText); document.close(); /* the same page, with what is wrong */
        window.scrollTo(0, 0);
      });
      send.addEventListener("error", () => stop("Geen internet. Er is nog niets verstuurd. Je tekst staat er nog. Probeer het zo opnieuw."));
      send.open("POST", form.action || window.location.href);
      send.setRequestHeader("X-Upload", "1");
      send.send(data);
    });
  }
})();
