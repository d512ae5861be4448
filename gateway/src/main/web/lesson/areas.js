// Which edits an author may make (contract of elicast, section 5, "Exercise area"): a model solution is one piece that
// begins with an insertion; nothing else is edited meanwhile, and nobody goes into it later.

export function areas() {
  let finished = [];
  let open = null;

  const fitsOpen = ({ fromPos, toPos }) =>
    open.from === null ? fromPos === toPos : fromPos >= open.from && toPos <= open.to;
  const sparesFinished = ({ fromPos, toPos }) =>
    finished.every(({ from, to }) => toPos <= from || fromPos >= to);

  return {
    get isOpen() { return open !== null; },
    get isEmpty() { return open?.from === null; },
    begin() { open = { from: null, to: null }; },
    end() {
      finished.push(open);
      open = null;
    },
    /** Whether an edit may be made; where it may, all areas move along. */
    admit(edit) {
      if (!sparesFinished(edit) || (open !== null && !fitsOpen(edit))) {
        return false;
      }
      const net = edit.insertedText.length - edit.removedText.length;
      finished = finished.map((area) =>
        edit.toPos <= area.from ? { from: area.from + net, to: area.to + net } : area);
      if (open !== null) {
        open = open.from === null
          ? { from: edit.fromPos, to: edit.fromPos + net }
          : { from: open.from, to: open.to + net };
      }
      return true;
    },
  };
}
