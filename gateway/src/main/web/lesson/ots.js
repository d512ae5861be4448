// Lessons as lists of timed editing steps, "OTs" (contract of elicast, section 5). Nothing here knows of a page.
// Positions are UTF-16 code units, times milliseconds since the start of the lesson.

export function apply(text, ot) {
  return ot.command === "text" ? text.slice(0, ot.fromPos) + ot.insertedText + text.slice(ot.toPos) : text;
}

/** The text behind the first `count` steps, or all of them. */
export function textOf(ots, count = ots.length) {
  return ots.slice(0, count).reduce(apply, "");
}

/** How many steps are behind a time. */
export function stepsUntil(ots, ts) {
  const next = ots.findIndex((ot) => ot.ts > ts);
  return next === -1 ? ots.length : next;
}

/** Where a viewer stops: just before the first hidden test, which is never shown. */
export function endOfTime(ots) {
  const tests = ots.findIndex((ot) => ot.command === "assert");
  const last = ots.at(tests === -1 ? -1 : tests - 1);
  return tests === 0 ? 0 : last?.ts ?? 0;
}

/** Recording sessions: `{ start, end, chunk, offset }`, the last one being the index of its sound and where that begins. */
export function sessions(ots) {
  const found = [];
  for (const ot of ots) {
    if (ot.command === "record_start") {
      found.push({ start: ot.ts, end: Infinity, chunk: ot.soundChunkIdx, offset: ot.soundOffset ?? 0 });
    } else if (ot.command === "record_end" && found.length > 0) {
      found.at(-1).end = ot.ts;
    }
  }
  return found;
}

/** The exercises: `{ exId, first, last }`, the indexes of both markers. */
export function exercises(ots) {
  const open = new Map();
  const found = [];
  ots.forEach((ot, index) => {
    if (ot.command !== "exPlaceholder") {
      return;
    }
    if (open.has(ot.exId)) {
      found.push({ exId: ot.exId, first: open.get(ot.exId), last: index });
      open.delete(ot.exId);
    } else {
      open.set(ot.exId, index);
    }
  });
  return found;
}

/** Whether an exercise has a model solution. */
export function isUsable(ots, { first, last }) {
  return ots.slice(first, last).some((ot) => ot.command === "text");
}

/** The place that some steps fill: from where the first of them writes, as long as all of them leave it. */
function area(ots, fallback) {
  const texts = ots.filter((ot) => ot.command === "text");
  const from = texts[0]?.fromPos ?? fallback;
  return { from, to: texts.reduce((to, ot) => to + net(ot), from) };
}

function net(ot) {
  return ot.insertedText.length - (ot.toPos - ot.fromPos);
}

/** Where the answer to an exercise is written, in the text behind its first marker. */
export function hole(ots, exercise) {
  return area(ots.slice(exercise.first + 1, exercise.last), 0).from;
}

/** A learner's answer as the original client sends it: a `nop`, then each keystroke, all at one time. */
export function answerSteps(ots, exercise, answer) {
  const ts = Math.round((ots[exercise.first].ts + ots[exercise.last].ts) / 2);
  const from = hole(ots, exercise);
  const typed = [];
  let position = from;
  for (const letter of answer) {
    typed.push({ ts, command: "text", fromPos: position, toPos: position, insertedText: letter, removedText: "" });
    position += letter.length;
  }
  return [{ ts, command: "nop", time: Date.now() }, ...typed];
}

/** The lesson with an answer in the place of the model solution; what comes later moves along. */
export function withAnswer(ots, exercise, answer) {
  const model = area(ots.slice(exercise.first + 1, exercise.last), 0);
  const own = area(answer, model.from);
  const later = [];
  for (const ot of ots.slice(exercise.last)) {
    later.push(moved(ot, model, own));
    if (ot.command === "text" && ot.fromPos < model.to) {
      for (const place of [model, own]) {
        place.from += net(ot);
        place.to += net(ot);
      }
    }
  }
  return [...ots.slice(0, exercise.first + 1), ...answer, ...later];
}

function moved(ot, model, own) {
  const difference = own.to - own.from - (model.to - model.from);
  if (ot.command === "text") {
    return ot.fromPos >= model.to ? shifted(ot, difference, difference) : ot;
  }
  if (ot.command !== "selection") {
    return ot;
  }
  if (ot.fromPos >= model.to) {
    return shifted(ot, difference, difference);
  }
  if (ot.fromPos <= model.from && ot.toPos >= model.to) {
    return shifted(ot, 0, difference);
  }
  if (ot.fromPos >= model.from && ot.toPos > model.from) {
    return { ...ot, fromPos: own.to };
  }
  return ot.toPos > model.from && ot.toPos <= model.to ? { ...ot, toPos: own.from } : ot;
}

function shifted(ot, from, to) {
  return { ...ot, fromPos: ot.fromPos + from, toPos: ot.toPos + to };
}

/** The lesson with hidden tests behind all else, in place of those that it has. */
export function withTests(ots, tests) {
  const kept = withoutTests(ots);
  if (tests.trim() === "") {
    return kept;
  }
  const text = textOf(kept);
  const ts = kept.at(-1)?.ts ?? 0;
  const inserted = (text === "" || text.endsWith("\n") ? "" : "\n") + tests;
  const time = Date.now();
  return [
    ...kept,
    { ts, command: "assert", time },
    { ts, command: "text", fromPos: text.length, toPos: text.length, insertedText: inserted, removedText: "", _assert: true },
    { ts, command: "assert", time },
  ];
}

export function withoutTests(ots) {
  const first = ots.findIndex((ot) => ot.command === "assert");
  return first === -1 ? ots : ots.slice(0, first);
}

/** The hidden tests of a lesson as one text. */
export function testsOf(ots) {
  return textOf(ots).slice(textOf(withoutTests(ots)).length).replace(/^\n/, "");
}
