/* What stands in a form: reading, comparing, putting back. Used by ekc.js (the copy in this tab) and kladje.js (the draft on the server). */
window.ekc = (() => {
  "use strict";
  const OURS = ["csrfmiddlewaretoken", "wijziging", "gezien", "gelezen", "tabmerk", "klad"];
  const WORDS = "textarea, input:not([type]), input[type=text], input[type=tel]", CODES = "input[type=password], input[autocomplete=one-time-code]";
  const ours = (name) => OURS.includes(name) || /(^|-)(verzoek_id|gehouden_\w+)$/.test(name);
  const hidden = (form, name) => { const field = form.elements[name]; return Boolean(field) && field.type === "hidden"; };
  /* What the form says is kept nowhere, not even in this tab. */
  const never = (form) => { const klad = form.elements.klad; return klad && klad.dataset.niet ? klad.dataset.niet.split(",") : []; };
  const open = (form, fields) => {
    const not = never(form);
    return fields.filter(([name, value]) => typeof value === "string" && !ours(name) && !not.includes(name) && !hidden(form, name));
  };
  const typed = (form) => open(form, [...new FormData(form)]);
  /* What the server put in the form, whatever the browser or somebody made of it since. */
  const served = (form) => open(form, [...form.elements].flatMap((field) => {
    if (!field.name || field.disabled || ["submit", "button", "file"].includes(field.type)) { return []; }
    if (field.type === "radio" || field.type === "checkbox") { return field.defaultChecked ? [[field.name, field.value]] : []; }
    if (!field.options) { return [[field.name, field.defaultValue || ""]]; }
    const set = [...field.options].filter((option) => option.defaultSelected);
    return (set.length || field.multiple ? set : [...field.options].slice(0, 1)).map((option) => [field.name, option.value]);
  }));
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const same = (one, other) => JSON.stringify(one.map(([name, value]) => [name, plain(value)])) === JSON.stringify(other.map(([name, value]) => [name, plain(value)]));
  const words = (form) => [...form.elements].filter((field) => field.matches(WORDS) && !never(form).includes(field.name));
  const texts = (form) => words(form).filter((field) => field.value.trim()).map((field) => field.value);
  const holds = (values, wanted) => { const there = values.map(plain); return wanted.every((text) => there.includes(plain(text))); };
  /* Which of the like forms of a page this is: what it holds hidden. */
  const which = (form) => JSON.stringify([...form.elements].filter((field) => field.type === "hidden" && field.name && !ours(field.name))
    .map((field) => [field.name, field.value]).sort());

  const note = (text, ...buttons) => {
    const box = document.createElement("div"), line = document.createElement("p"), row = document.createElement("div");
    box.className = "note sun stack gap-2"; box.setAttribute("role", "status"); row.className = "row";
    line.textContent = text; box.append(line);
    for (const [label, kind, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button"; button.className = kind; button.textContent = label;
      button.addEventListener("click", () => { box.remove(); act(); }); row.append(button);
    }
    if (buttons.length) { box.append(row); }
    return box;
  };
  const tell = (form, what) => form.dispatchEvent(new CustomEvent(what, { bubbles: true }));
  const putBack = (form, fields) => {
    for (const [name, value] of fields) {
      for (const field of form.elements) {
        if (field.name !== name) { continue; }
        if (field.type === "radio" || field.type === "checkbox") { if (field.value === value) { field.checked = true; } } else { field.value = value; }
        const fold = field.closest("details"); if (fold && value) { fold.open = true; }
      }
    }
    tell(form, "teruggezet");
  };
  /* Per form: the copy in this tab (`fields`, `since`) and the note that offers something. */
  const copies = new WeakMap();
  /* Offer what was typed before; the form is told `teruggezet` or `weggegooid`. One offer at a time stands at a form. */
  const offer = (form, fields) => {
    const old = copies.get(form);
    if (old && old.box) { old.box.remove(); }
    const done = () => copies.set(form, { ...copies.get(form), box: null });
    const box = note("Je typte hier iets dat nog niet bewaard is. Wil je het terug?",
      ["Zet mijn tekst terug", "btn sm", () => { done(); putBack(form, fields); }],
      ["Nee, gooi het weg", "btn second sm", () => { done(); tell(form, "weggegooid"); }]);
    copies.set(form, { ...old, box });
    form.before(box);
  };
  return Object.freeze({ WORDS, CODES, hidden, typed, served, same, words, texts, holds, which, note, offer, copies });
})();
