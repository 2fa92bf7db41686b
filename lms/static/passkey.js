/* Passkeys: binds allauth's own forms to ours, from the data attributes of the form, and says in Dutch when it did not work. */
(() => {
  "use strict";
  const able = Boolean(window.PublicKeyCredential && window.allauth && window.allauth.webauthn);
  for (const block of document.querySelectorAll("[data-passkey-blok]")) { block.hidden = !able; }
  if (!able) { return; }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    window.allauth.webauthn.forms[form.dataset.passkey]({ ids: JSON.parse(form.dataset.passkeyIds) });
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const text of document.querySelectorAll("[data-passkey-fout]")) { text.hidden = false; }
  });
})();
