// What a program has written, of which only the end is kept.

import { h } from "../dom.js";

const MOST_CHARACTERS = 200_000;
const MOST_PIECES = 2_000;

export function screen(label) {
  const element = h("pre", { class: "screen", role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0" });
  let length = 0;
  return {
    element,
    clear() {
      element.replaceChildren();
      length = 0;
    },
    /** @param kind `stdout`, `stderr`, `stdin` or `note`, which the style tells apart */
    write(kind, text) {
      const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
      const last = element.lastElementChild;
      if (last?.className === kind && last.textContent.length < 4_096) {
        last.append(text);
      } else {
        element.append(h("span", { class: kind }, text));
      }
      length += text.length;
      while ((length > MOST_CHARACTERS || element.childElementCount > MOST_PIECES) && element.childElementCount > 1) {
        length -= element.firstElementChild.textContent.length;
        element.firstElementChild.remove();
      }
      if (isAtEnd) {
        element.scrollTop = element.scrollHeight;
      }
    },
    get text() {
      return element.textContent;
    },
  };
}
