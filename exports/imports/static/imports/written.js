// Ticks on the result screen: one for the whole page, and their number on the button. Without this file each is ticked by hand.
(() => {
  const all = document.querySelector("[data-import-tick-all]");
  if (!all) {
    return;
  }
  const form = all.closest("form");
  const ticks = [...form.querySelectorAll("input[name=row]")];
  const button = form.querySelector("button[name=chosen]");
  const label = button.textContent;
  const show = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    all.checked = count > 0 && count === ticks.length;
    all.indeterminate = count > 0 && count < ticks.length;
    button.disabled = !count;
    button.textContent = count ? `${label} (${count})` : label;
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    ticks.forEach((tick) => {
      tick.checked = all.checked;
    });
    show();
  });
  form.addEventListener("change", show);
  show();
})();
