// Shows only what the chosen rhythm asks for; without this file all fields show, and those not asked for do nothing.
(() => {
  const form = document.querySelector("[data-import-source]");
  if (!form) {
    return;
  }
  const every = form.querySelector("[name=every]");
  const show = () => {
    for (const part of form.querySelectorAll("[data-source-every]")) {
      part.hidden = part.dataset.sourceEvery !== every.value;
    }
  };
  every.addEventListener("change", show);
  show();
})();
