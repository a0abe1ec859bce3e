// What of a page is lost: beyond the edge of the screen, cut off, or only to be reached by scrolling sideways.
window.losses = ({ text, large }) => {
  const root = document.documentElement;
  root.classList.toggle("large-text", large);
  root.style.fontSize = "";
  if (text !== 100) {
    root.style.fontSize = `${(parseFloat(getComputedStyle(root).fontSize) * text) / 100}px`;
  }
  const found = [];
  const edge = root.clientWidth;
  const says = (element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
  if (root.scrollWidth > edge) found.push(`the page is ${root.scrollWidth} px wide on ${edge}`);
  // A table may scroll by itself, and what is for the ear alone has no place on the screen.
  const excused = (element) => element.closest(".table-scroll, .visually-hidden, .skip, .sorts ul, .kind-strip ul, svg, [hidden]");
  for (const element of document.body.querySelectorAll("*")) {
    if (excused(element) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > edge + 1 || box.left < -1)) found.push(`beyond the edge: ${says(element)}`);
    const style = getComputedStyle(element);
    const holds = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const clamps = style.webkitLineClamp !== "none";
    if (holds && !clamps && style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) {
      found.push(`cut off: ${says(element)}`);
    }
    if (holds && style.overflowY === "hidden" && !clamps && element.scrollHeight > element.clientHeight + 2) {
      found.push(`cut off below: ${says(element)}`);
    }
    if (element.matches("input[type=search], button") && element.scrollWidth > element.clientWidth + 1 && element.matches("button")) {
      found.push(`cut off: ${says(element)}`);
    }
  }
  return found.slice(0, 4);
};
