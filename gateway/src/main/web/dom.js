// Makes elements; text only ever becomes text.

/**
 * h("button", { type: "button", onclick: run }, "Run"). Members that begin with "on" listen; `true` is an attribute without
 * a value; `false`, `null` and `undefined` are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

let lastId = 0;

/** A control with its label above it. */
export function field(label, control, hint) {
  lastId += 1;
  control.id ||= `field-${lastId}`;
  if (!hint) {
    return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
  }
  const hintId = `${control.id}-hint`;
  control.setAttribute("aria-describedby", hintId);
  return h(
    "div", { class: "field" },
    h("label", { for: control.id }, label), control, h("p", { class: "hint", id: hintId }, hint),
  );
}

export function button(label, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, label);
}

/** A table that scrolls by itself where it is too wide, also by keyboard. */
export function table(caption, heads, rows) {
  return h(
    "div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h(
      "table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))),
    ),
  );
}

/** A line that is read out when it changes; `fail` shows an error, `say` anything else. */
export function statusLine() {
  const line = h("p", { class: "status", role: "status", "aria-live": "polite" });
  const put = (text, kind) => {
    line.textContent = text;
    line.dataset.kind = kind;
  };
  return { line, say: (text) => put(text, "info"), fail: (error) => put(error.message ?? String(error), "error") };
}

/** Runs a handler, shows what fails, and keeps the button from being pressed twice meanwhile. */
export function guarded(status, action) {
  return async (event) => {
    const pressed = event?.currentTarget instanceof HTMLButtonElement ? event.currentTarget : null;
    if (pressed?.getAttribute("aria-busy") === "true") {
      return;
    }
    pressed?.setAttribute("aria-busy", "true");
    try {
      await action(event);
    } catch (error) {
      status.fail(error);
    } finally {
      pressed?.removeAttribute("aria-busy");
    }
  };
}
