// The import centre works without this file; it adds dropping a file, progress without reloading, and changing cells in
// the grid itself.
(() => {
  const drop = document.querySelector("[data-import-drop]");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    const name = drop.querySelector("[data-import-name]");
    const show = () => {
      name.textContent = input.files.length ? input.files[0].name : "";
    };
    input.addEventListener("change", show);
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("import-drop-over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("import-drop-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("import-drop-over");
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        show();
      }
    });
  }

  const progress = document.querySelector("[data-import-progress]");
  if (progress) {
    const bar = progress.querySelector("progress");
    const words = progress.querySelector("[data-import-words]");
    const say = (place, text) => {
      if (place.textContent !== text) {
        place.textContent = text;
      }
    };
    let pause = 1000;
    const ask = async () => {
      if (document.hidden) {
        window.setTimeout(ask, pause);
        return;
      }
      try {
        const answer = await (await fetch(progress.dataset.importProgress)).json();
        if (answer.total) {
          bar.value = answer.percent;
        } else {
          bar.removeAttribute("value");
        }
        say(words, answer.words);
        say(progress.querySelector("[data-import-percent]"), answer.total ? `${answer.percent}%` : "");
        say(progress.querySelector("[data-import-measured]"), answer.measured);
        say(progress.querySelector("[data-import-why-not]"), answer.why_not);
        progress.querySelector("[data-import-stop]").hidden = !answer.stop;
        if (!answer.working) {
          window.location.reload();
          return;
        }
      } catch {
        // The server restarts or the network is away: ask again.
      }
      pause = Math.min(pause * 1.2, 5000);
      window.setTimeout(ask, pause);
    };
    window.setTimeout(ask, pause);
  }

  // Changing cells: double click or Enter on a cell turns it into a field; the answer to a change replaces the review.
  const review = document.querySelector("[data-import-review]");
  if (!review) {
    return;
  }
  // What a person opened stays open, the grid stays where it was, and the keyboard where it worked.
  const opened = () => [...review.querySelectorAll("details[data-import-keeps]")].map((panel) => [panel.dataset.importKeeps, panel.open]);
  const reopen = (panels) => {
    panels.forEach(([name, open]) => {
      const panel = review.querySelector(`details[data-import-keeps="${name}"]`);
      if (panel) {
        panel.open = open;
      }
    });
  };
  const placeOf = (cell) => ({
    row: cell.closest("tr").dataset.row,
    column: cell.dataset.importCell,
    at: cell.closest("tr").sectionRowIndex,
    cellIndex: cell.cellIndex,
  });
  const focusOn = ({ row, column, at, cellIndex }) => {
    const same = review.querySelector(`tr[data-row="${row}"] [data-import-cell="${column}"]`);
    const rows = review.querySelectorAll(".import-grid > tbody > tr");
    // A row that was mended may have left the list: then the one that stands there now.
    const near = [...rows].slice(0, at + 1).reverse().find((other) => other.dataset.row);
    const cell = same || near?.cells[cellIndex] || review.querySelector("[data-import-cell]");
    if (cell) {
      reach(cell);
    } else {
      review.querySelector("#import-next")?.closest("section").querySelector("a, button")?.focus();
    }
  };
  const send = async (url, data, place) => {
    review.setAttribute("aria-busy", "true");
    const scroll = review.querySelector(".import-scroll");
    const scrolled = [window.scrollY, scroll ? scroll.scrollLeft : 0, scroll ? scroll.scrollTop : 0];
    const panels = opened();
    try {
      const answer = await fetch(url, { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const renewed = page.querySelector("[data-import-review]");
      if (!answer.ok || !renewed) {
        window.location.reload();
        return;
      }
      review.innerHTML = renewed.innerHTML;
      reopen(panels);
      const said = page.querySelector(".messages");
      const here = document.querySelector(".messages");
      if (said && here) {
        here.replaceWith(said);
      }
      document.querySelector("[data-import-said]").textContent = said ? said.textContent.trim() : "";
      makeReachable();
      window.scrollTo(0, scrolled[0]);
      const grid = review.querySelector(".import-scroll");
      if (grid) {
        grid.scrollLeft = scrolled[1];
        grid.scrollTop = scrolled[2];
      }
      if (place) {
        focusOn(place);
      }
    } catch {
      window.location.reload();
    } finally {
      review.removeAttribute("aria-busy");
    }
  };
  const back = () => new URLSearchParams(window.location.search).toString();
  const open = (cell) => {
    if (cell.querySelector("form")) {
      return;
    }
    const before = cell.innerHTML;
    const form = document.createElement("form");
    const input = document.createElement("input");
    input.type = "text";
    input.value = cell.dataset.raw;
    const table = cell.closest("table");
    input.setAttribute("aria-label", table.tHead.rows[0].cells[cell.cellIndex].textContent);
    form.append(input);
    cell.replaceChildren(form);
    input.focus();
    input.select();
    const save = document.createElement("button");
    save.type = "submit";
    save.className = "button button-small";
    save.textContent = review.dataset.save;
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "button button-small button-secondary";
    cancel.textContent = review.dataset.cancel;
    form.append(save, cancel);
    const close = (next) => {
      cell.innerHTML = before;
      reach(next || cell);
    };
    cancel.addEventListener("click", (event) => {
      event.stopPropagation();
      close();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close();
      }
      event.stopPropagation();
    });
    form.addEventListener("focusout", () => {
      window.setTimeout(() => {
        if (!form.contains(document.activeElement) && form.isConnected && input.value === cell.dataset.raw) {
          cell.innerHTML = before; // nothing was typed: no field is left standing open
        }
      });
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (input.value === cell.dataset.raw) {
        close();
        return;
      }
      const data = new FormData(review.querySelector("#import-fix"));
      data.set("back", back());
      data.set(`cell-${cell.dataset.importCell}`, input.value);
      send(cell.closest("tr").dataset.row, data, placeOf(cell));
    });
  };
  // One cell at a time is in the order of the Tab key; the arrows lead to the others.
  const makeReachable = () => {
    const cells = review.querySelectorAll("[data-import-cell]");
    cells.forEach((cell, at) => {
      cell.tabIndex = at ? -1 : 0;
    });
  };
  const reach = (cell) => {
    review.querySelectorAll('[data-import-cell][tabindex="0"]').forEach((other) => {
      other.tabIndex = -1;
    });
    cell.tabIndex = 0;
    cell.focus();
  };
  const neighbour = (cell, key) => {
    const row = cell.parentElement;
    const rows = [...row.parentElement.rows].filter((other) => other.querySelector("[data-import-cell]"));
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step) {
      return rows[rows.indexOf(row) + step]?.cells[cell.cellIndex];
    }
    return { ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling }[key];
  };
  review.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("[data-import-cell]")) {
      return;
    }
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      open(cell);
      return;
    }
    if (event.key === "o" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const sheet = cell.querySelector("a.import-address") || cell.closest("tr").querySelector("a.import-source");
      sheet?.click();
      return;
    }
    const next = neighbour(cell, event.key);
    if (next && next.matches("[data-import-cell]")) {
      event.preventDefault();
      reach(next);
    }
  });
  review.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-import-cell]");
    if (cell) {
      open(cell);
    }
  });
  review.addEventListener("click", (event) => {
    const link = event.target.closest(".import-edit");
    if (link) {
      event.preventDefault();
      open(link.closest("[data-import-cell]"));
    }
  });
  review.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-import-fix]")) {
      return;
    }
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    data.set("back", back());
    const cell = event.submitter?.closest("[data-import-cell]");
    send(form.action, data, cell ? placeOf(cell) : null);
  });
  review.addEventListener("change", (event) => {
    if (event.target.matches("[data-import-submit]")) {
      event.target.form.submit();
    }
    // A field that only one of the choices asks for.
    const more = event.target.form?.querySelector("[data-import-shown-for]");
    if (more && event.target.name === "conflict") {
      more.hidden = event.target.value !== more.dataset.importShownFor;
    }
  });
  makeReachable();
})();
