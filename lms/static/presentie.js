/* Roll call: ticks that were not sent yet stay on this device, per day and per person who ticks. Only row numbers and ticks, no names. */
(() => {
  "use strict";
  const root = document.querySelector("[data-presentie]");
  if (!root) { return; }
  const key = `presentie:${root.dataset.presentie}`, form = root.querySelector("form[data-rijen]"), status = root.querySelector("[data-stand]");
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (e) { return {}; } };
  const write = (kept) => {
    try { if (Object.keys(kept.rijen || {}).length) { localStorage.setItem(key, JSON.stringify(kept)); } else { localStorage.removeItem(key); } return true; } catch (e) { return false; }
  };
  const say = (text) => { if (status) { status.hidden = !text; status.textContent = text; } };
  const clock = (moment) => new Date(moment).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
  if (!form) { write({}); return; }

  const fields = () => [...form.querySelectorAll("input[type=radio][name^='rij-'], input[type=checkbox][name^='telt-']")];
  const kept = read();
  let back = 0;
  for (const field of fields()) {
    if (kept.rijen && kept.rijen[field.name] === field.value && !field.checked) { field.checked = true; back += 1; }
  }
  const save = () => {
    const rijen = {};
    for (const field of fields()) { if (field.checked) { rijen[field.name] = field.value; } }
    if (!Object.keys(rijen).length) { write({}); say(""); return; }
    say(write({ om: Date.now(), rijen }) ? "Nog niet verstuurd. Je kruisjes staan op dit apparaat." : "Nog niet verstuurd.");
  };
  const open = {};
  for (const field of fields()) { if (field.checked) { open[field.name] = field.value; } }
  write({ om: kept.om || Date.now(), rijen: open }); /* rows that were saved meanwhile are gone from here too */
  if (back) { say(`We hebben je kruisjes van ${clock(kept.om)} uur teruggezet. Ze zijn nog niet verstuurd.`); }
  form.addEventListener("change", save);
  form.addEventListener("click", (event) => { if (event.target.closest("[data-iedereen]")) { setTimeout(save); } });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine === false) {
      event.preventDefault(); save();
      say("Geen internet. Je kruisjes staan op dit apparaat. Druk op ‘Bewaar wie er was’ zodra er weer internet is.");
    }
  });
  window.addEventListener("online", () => { if (Object.keys(read().rijen || {}).length) { say("Er is weer internet. Druk op ‘Bewaar wie er was’."); } });
})();
