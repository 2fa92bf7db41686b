({
  /* Text spacing as WCAG 1.4.12 names it, through a constructed sheet: the policy of the page stays on. */
  ruim() {
    const s = new CSSStyleSheet();
    s.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, s];
  },
  gewoon() { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); },
  /* What holds text and shows less of it than there is. */
  afgeknipt() {
    return [...document.querySelectorAll("main *")].filter((e) => {
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      return r.width > 2 && r.height > 2 && s.clipPath === "none" && ["hidden", "clip"].includes(s.overflowY)
        && e.scrollHeight > e.clientHeight + 2 && e.textContent.trim() && !["TEXTAREA", "SELECT", "svg"].includes(e.tagName);
    }).slice(0, 3).map((e) => `${e.tagName}.${e.className} "${e.textContent.trim().slice(0, 30)}"`);
  },
  /* Signs and progress that have the colour of the page in forced colours. */
  onzichtbaar() {
    const proef = document.createElement("p"); document.body.append(proef);
    proef.attributeStyleMap.set("background-color", "Canvas"); const canvas = getComputedStyle(proef).backgroundColor; proef.remove();
    const weg = (e, s) => {
      const c = getComputedStyle(e, s);
      return c.content !== "none" && c.display !== "none" && e.getBoundingClientRect().width > 2
        && [c.maskImage, c.webkitMaskImage].some((m) => m && m !== "none") && [canvas, "rgba(0, 0, 0, 0)"].includes(c.backgroundColor);
    };
    const alle = (kies) => [...document.querySelectorAll(kies)];
    return alle("main .pill, main .side a, main .saved, main .ticks li").filter((e) => weg(e, "::before"))
      .concat(alle("main .sign, main .stapjes i").filter((e) => weg(e, null)))
      .concat(alle("main progress").filter((e) => getComputedStyle(e).borderTopWidth === "0px"))
      .slice(0, 3).map((e) => `${e.tagName}.${e.className} "${e.textContent.trim().slice(0, 30)}"`);
  },
  /* On paper: the heading is there, the menu is not, and what is folded is printed and folded again afterwards. */
  papier() {
    const zien = (e) => Boolean(e) && e.getClientRects().length > 0, uit = [];
    const dicht = () => document.querySelectorAll("main details:not([open]):not(.no-print)").length, eerst = dicht();
    const kop = document.querySelector("h1");  // a letter prints without the head of its page
    if (!zien(kop) && !(kop && kop.closest(".no-print"))) { uit.push("geen kop"); }
    if (zien(document.querySelector("header.top"))) { uit.push("het menu staat op papier"); }
    window.dispatchEvent(new Event("beforeprint"));
    if (dicht()) { uit.push("iets blijft dichtgevouwen"); }
    window.dispatchEvent(new Event("afterprint"));
    if (dicht() !== eerst) { uit.push("na het printen staat iets open"); }
    return uit;
  },
  /* What has the focus: its name, and why it cannot be seen ("" when it can). */
  focus() {
    const e = document.activeElement;
    if (!e || e === document.body) { return null; }
    const bij = (e.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean).map((i) => (document.getElementById(i) || {}).textContent || "");
    const naam = e.getAttribute("aria-label") || bij.join(" ") || [...(e.labels || [])].map((l) => l.textContent).join(" ") || e.textContent
      || e.getAttribute("title") || (["submit", "button"].includes(e.type) ? e.value : "") || "";
    const rand = [e, e.closest("label"), e.parentElement, e.closest(".drop")].filter(Boolean).some((x) => {
      const s = getComputedStyle(x); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
    });
    let geknipt = false;
    for (let x = e; x; x = x.parentElement) { if (getComputedStyle(x).clipPath.startsWith("inset(50%")) { geknipt = true; } }
    const label = e.closest("label"), r = (label || e).getClientRects()[0] || e.getBoundingClientRect();
    const boven = Math.max(r.top, 0), links = Math.max(r.left, 0);
    const op = document.elementFromPoint((links + Math.min(r.right, innerWidth)) / 2, (boven + Math.min(r.bottom, innerHeight)) / 2);
    const bedekt = op && !(e.contains(op) || op.contains(e) || (label && label.contains(op)));
    const waarom = !rand ? "geen rand" : geknipt ? "weggeknipt" : r.width < 3 || r.height < 3 ? "te klein"
      : r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth ? "buiten beeld"
      : bedekt ? `achter ${op.tagName}.${op.className}` : "";
    return { naam: naam.trim(), waarom, wat: e.outerHTML.slice(0, 120) };
  },
})
