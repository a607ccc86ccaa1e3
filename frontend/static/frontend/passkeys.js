// Passkeys: asks the browser's own dialog and sends what it answers. Forms carry the options in a data attribute.

const forms = {
  passkeyCreate: async (form) => {
    const options = JSON.parse(form.dataset.passkeyCreate).publicKey;
    const choice = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true };
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON({ ...options, authenticatorSelection: choice });
    return navigator.credentials.create({ publicKey });
  },
  passkeyGet: (form) => get(JSON.parse(form.dataset.passkeyGet)),
  passkeyLogin: async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return get((await answer.json()).request_options);
  },
};

function get({ publicKey }) {
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

const supported = Boolean(window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON);

for (const [name, answered] of Object.entries(forms)) {
  for (const form of document.querySelectorAll("form")) {
    const button = form.querySelector("button[type=button]");
    if (!(name in form.dataset) || !button) continue;
    if (!supported) {
      tell(form, "This browser knows no passkeys. Use another way to sign in.");
      continue;
    }
    form.hidden = false;
    button.addEventListener("click", async () => {
      tell(form, "");
      try {
        const credential = await answered(form);
        form.querySelector("[name=credential]").value = JSON.stringify(credential);
        form.submit();
      } catch (fault) {
        console.info(fault.name);
        tell(form, "That did not work, or it was cancelled. Try again, or use another way.");
      }
    });
  }
}

function tell(form, words) {
  const place = form.querySelector("[role=alert]");
  place.textContent = words;
  place.hidden = words === "";
}
