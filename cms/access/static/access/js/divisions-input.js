/* Adds and takes away divisions; the chooser itself is Wagtail's. */
document.addEventListener("click", (event) => {
  const root = event.target.closest("[data-divisions-input]");
  if (!root) return;
  const list = root.querySelector("[data-chosen]");
  if (event.target.closest("[data-remove]")) {
    event.target.closest("li").remove();
    root.querySelector("[data-add]").focus();
    return;
  }
  if (!event.target.closest("[data-add]")) return;
  const factory = new window.ChooserModalOnloadHandlerFactory();
  window.ModalWorkflow({
    url: root.dataset.url,
    onload: factory.getOnLoadHandlers(),
    responses: {
      chosen(division) {
        const there = [...list.querySelectorAll("input")].some((input) => input.value === division.id);
        if (there) return;
        const item = root.querySelector("template").content.firstElementChild.cloneNode(true);
        item.querySelector("input").value = division.id;
        item.querySelector("span").textContent = division.string;
        list.append(item);
      },
    },
  });
});
