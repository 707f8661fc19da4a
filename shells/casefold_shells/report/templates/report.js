"use strict";
(() => {
  const only = document.getElementById("only-review");
  const opened = () => {
    const page = location.hash.startsWith("#p") ? document.getElementById(location.hash.slice(1)) : null;
    return page && page.classList.contains("page") ? page : null;
  };
  const go = (hash) => location.replace(hash);
  const inSight = () => [...document.querySelectorAll(only.checked ? ".page.needs" : ".page")];

  // Turning pages stays among those that the filter leaves in sight.
  const turn = (page, step) => {
    const pages = inSight();
    const at = pages.indexOf(page);
    const next = at < 0
      ? (step > 0 ? pages : pages.reverse()).find((other) => {
          const follows = page.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
          return step > 0 ? follows : !follows;
        })
      : pages[at + step];
    if (next) go("#" + next.id);
  };

  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "small";
    made.textContent = text;
    made.addEventListener("click", () => act(made));
    return made;
  };
  const hide = () => {
    const bare = document.body.classList.toggle("bare");
    for (const made of document.querySelectorAll(".boxes")) made.textContent = bare ? "Show boxes" : "Hide boxes";
  };

  let last = null;
  const changed = () => {
    const page = opened();
    if (page) {
      page.closest("details").open = true;
      if (page.querySelector(".box") && !page.querySelector(".boxes")) {
        const made = button(document.body.classList.contains("bare") ? "Show boxes" : "Hide boxes", hide);
        made.classList.add("boxes");
        page.querySelector(".bar nav").prepend(made);
      }
      page.querySelector(".close").focus({ preventScroll: true });
    } else if (last) {
      const thumb = last.querySelector(".open");
      thumb.scrollIntoView({ block: "center" });
      thumb.focus({ preventScroll: true });
    }
    last = page;
  };

  const light = (event) => {
    const page = opened();
    if (!page) return;
    const near = event.target.closest && event.target.closest("[data-n]");
    const number = near && page.contains(near) ? near.dataset.n : null;
    for (const part of page.querySelectorAll("[data-n]")) part.classList.toggle("lit", part.dataset.n === number);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const page = opened();
    if (page && link && link.matches(".before, .after, .close")) {
      event.preventDefault();
      if (link.matches(".close")) go("#t" + page.id.slice(1));
      else turn(page, link.matches(".after") ? 1 : -1);
      return;
    }
    const near = page && event.target.closest("[data-n]");
    if (!near || !page.contains(near)) return;
    const other = page.querySelector((near.matches(".box") ? "tr" : ".box") + '[data-n="' + near.dataset.n + '"]');
    if (other) other.scrollIntoView({ block: "center", behavior: "smooth" });
  });

  document.addEventListener("keydown", (event) => {
    const page = opened();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!page) {
      if (event.key === "j" || event.key === "k") {
        const thumbs = inSight().map((one) => one.querySelector(".open")).filter((one) => one.closest("details").open);
        const at = thumbs.indexOf(document.activeElement);
        const next = thumbs[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
        if (next) next.focus();
      }
      return;
    }
    if (event.key === "Escape") go("#t" + page.id.slice(1));
    else if (event.key === "ArrowRight" || event.key === "j") turn(page, 1);
    else if (event.key === "ArrowLeft" || event.key === "k") turn(page, -1);
    else if (event.key === "b") hide();
    else if (event.key === "Tab") {
      const stops = [...page.querySelectorAll("a, button")].filter((stop) => stop.offsetParent);
      const end = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement !== end && page.contains(document.activeElement)) return;
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    } else return;
    event.preventDefault();
  });

  const copy = async (made) => {
    const code = made.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      made.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      made.textContent = "Selected";
    }
  };
  for (const command of document.querySelectorAll(".command")) command.append(button("Copy", copy));
  for (const keys of document.querySelectorAll(".keys")) keys.hidden = false;
  for (const event of ["mouseover", "focusin"]) document.addEventListener(event, light);
  for (const event of ["hashchange", "load"]) addEventListener(event, changed);
  changed();
})();
