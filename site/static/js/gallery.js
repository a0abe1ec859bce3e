// The pictures of a place at their largest, one after the other. Without this file each opens by its link.
(() => {
  "use strict";
  const gallery = document.querySelector("[data-gallery]");
  const viewer = document.querySelector("[data-viewer]");
  if (!gallery || !viewer?.showModal) return;
  const links = [...gallery.querySelectorAll("[data-picture]")];
  const place = viewer.querySelector("[data-viewer-place]");
  let at = 0;

  const show = (number) => {
    at = (number + links.length) % links.length;
    const item = links[at].closest("li");
    const large = document.importNode(item.querySelector("template").content, true);
    viewer.querySelector("[data-viewer-picture]").replaceChildren(large);
    viewer.querySelector("[data-viewer-caption]").textContent = item.querySelector("figcaption")?.textContent || "";
    if (place) place.textContent = place.dataset.viewerPlace.replace("#", at + 1);
  };

  gallery.addEventListener("click", (event) => {
    const link = event.target.closest("[data-picture]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(links.indexOf(link));
    viewer.showModal();
  });
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.step) show(at + Number(button.dataset.step));
    else if (button || event.target === viewer) viewer.close();
  });
  viewer.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !place) return;
    event.preventDefault();
    show(at + step);
  });
  // Back to the picture that was seen last, not to the one that was opened.
  viewer.addEventListener("close", () => links[at].focus());
})();
