// The tabs pattern of the ARIA Authoring Practices, with automatic activation; the address names the panel.

import { h } from "./dom.js";

/**
 * @param panels `{ id, title, build }`; `build` returns the elements of a panel when it is first shown, and may return
 *   `{ nodes, shown, hidden }` to be told of each change
 */
export function tabs(label, panels) {
  const built = new Map();
  const list = h("div", { role: "tablist", class: "tabs", "aria-label": label });
  const bodies = h("div", { class: "panels" });
  let present = null;

  const tabOf = (id) => document.getElementById(`tab-${id}`);
  const known = (id) => panels.some((panel) => panel.id === id);

  const select = (id) => {
    if (id === present) {
      return;
    }
    built.get(present)?.hidden?.();
    present = id;
    for (const panel of panels) {
      const isSelected = panel.id === id;
      tabOf(panel.id).setAttribute("aria-selected", String(isSelected));
      tabOf(panel.id).tabIndex = isSelected ? 0 : -1;
      document.getElementById(`panel-${panel.id}`).hidden = !isSelected;
    }
    const body = document.getElementById(`panel-${id}`);
    if (!built.has(id)) {
      const made = panels.find((panel) => panel.id === id).build();
      built.set(id, made);
      body.append(...made.nodes);
    }
    built.get(id).shown?.();
    tabOf(id).scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const go = (id) => {
    history.replaceState(null, "", `#${id}`);
    select(id);
  };

  const move = (event) => {
    const index = panels.findIndex((panel) => panel.id === present);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: panels.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const id = panels[(next + panels.length) % panels.length].id;
      go(id);
      tabOf(id).focus();
    }
  };

  list.addEventListener("keydown", move);
  for (const { id, title } of panels) {
    list.append(h(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, onclick: () => go(id) },
      title,
    ));
    bodies.append(h(
      "section",
      { role: "tabpanel", id: `panel-${id}`, class: "panel", "aria-labelledby": `tab-${id}`, tabindex: "0", hidden: true },
    ));
  }
  const named = () => decodeURIComponent(location.hash.slice(1));
  window.addEventListener("hashchange", () => known(named()) && select(named()));
  return { list, bodies, begin: () => select(known(named()) ? named() : panels[0].id), go };
}
