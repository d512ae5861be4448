// A text area for programs: line numbers, indentation by Tab, and every change as an edit.

import { h } from "../dom.js";
import { t } from "../messages.js";

const INDENT = "    ";

let lastId = 0;

/**
 * @param onEdit called with each edit `{ fromPos, toPos, insertedText, removedText }` of the user, positions being UTF-16
 *   code units; where it returns false the edit is taken back
 */
export function editor(label, { onEdit = () => true } = {}) {
  lastId += 1;
  const keysId = `editor-keys-${lastId}`;
  const numbers = h("pre", { class: "numbers", "aria-hidden": "true" });
  const area = h("textarea", {
    class: "code", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-label": label,
    "aria-describedby": keysId,
  });
  const element = h(
    "div", { class: "editor" }, numbers, area,
    h("p", { class: "visually-hidden", id: keysId }, t("editor.keys")),
  );
  let text = "";
  /** After Escape the next Tab leaves the editor, as a keyboard needs it to. */
  let leaves = false;

  const number = () => {
    const lines = text.split("\n").length;
    if (numbers.dataset.lines !== String(lines)) {
      numbers.dataset.lines = String(lines);
      numbers.textContent = Array.from({ length: lines }, (none, index) => index + 1).join("\n");
    }
  };

  const put = (value) => {
    area.value = value;
    text = value;
    number();
  };

  const take = () => {
    const edit = difference(text, area.value, area.selectionEnd);
    if (edit === null) {
      return;
    }
    if (onEdit(edit) === false) {
      const caret = Math.min(edit.fromPos, text.length);
      area.value = text;
      area.setSelectionRange(caret, caret);
      return;
    }
    text = area.value;
    number();
  };

  const type = (inserted) => {
    area.setRangeText(inserted, area.selectionStart, area.selectionEnd, "end");
    take();
  };

  const outdent = () => {
    const start = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const width = text.slice(start).match(/^ {0,4}/)[0].length;
    if (width > 0) {
      const caret = Math.max(start, area.selectionStart - width);
      area.setRangeText("", start, start + width);
      area.setSelectionRange(caret, caret);
      take();
    }
  };

  area.addEventListener("keydown", (event) => {
    if (area.readOnly || event.isComposing) {
      return;
    }
    if (event.key === "Tab" && !leaves && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      event.shiftKey ? outdent() : type(INDENT);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      type(`\n${indentation(text, area.selectionStart)}`);
    }
    leaves = event.key === "Escape" || (leaves && event.key === "Shift");
  });
  area.addEventListener("input", take);
  area.addEventListener("scroll", () => { numbers.scrollTop = area.scrollTop; });
  number();

  return {
    element,
    area,
    get text() { return text; },
    set text(value) { put(value); },
    set readOnly(value) { area.readOnly = value; },
  };
}

/** What a new line begins with: as the one before it, and deeper behind a colon or an opening brace. */
export function indentation(text, position) {
  const line = text.slice(text.lastIndexOf("\n", position - 1) + 1, position);
  const present = line.match(/^\s*/)[0];
  return /[:{]\s*$/.test(line) ? present + INDENT : present;
}

/**
 * The one edit between two texts, null where they are the same. Of several that would do, the one that ends at the caret.
 */
export function difference(before, after, caret) {
  if (before === after) {
    return null;
  }
  const behind = after.length - caret;
  const most = Math.min(before.length, after.length);
  let end = 0;
  while (end < Math.min(most, behind) && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  let start = 0;
  while (start < most - end && before[start] === after[start]) {
    start += 1;
  }
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  return {
    fromPos: start,
    toPos: before.length - end,
    insertedText: after.slice(start, after.length - end),
    removedText: before.slice(start, before.length - end),
  };
}
