// Records what an author writes and says, in the form of the original clients.

import { t } from "../messages.js";
import { areas } from "./areas.js";
import { exercises } from "./ots.js";
import { recordVoice } from "./sound.js";

/** @param lesson `{ ots, voices }` that is continued; both are replaced and never changed */
export function recorder(lesson) {
  const ots = [...lesson.ots];
  const voices = [...lesson.voices];
  const places = knownAreas(ots);
  let exId = Math.max(0, ...ots.filter((ot) => ot.command === "exPlaceholder").map((ot) => ot.exId));
  let voice = null;
  let begun = 0;
  const base = ots.at(-1)?.ts ?? 0;
  /** Nothing is added while the sound is put together. */
  let isEnded = false;

  const now = () => base + Math.round(performance.now() - begun);
  const add = (command, fields = {}) => {
    if (isEnded) {
      return;
    }
    const mark = places.isOpen && (command === "text" || command === "selection") ? { _exId: exId } : {};
    ots.push({ ts: now(), command, ...fields, ...mark });
  };

  return {
    /** Returns what to tell the author. */
    async begin() {
      voice = await recordVoice();
      begun = performance.now();
      if (ots.length === 0) {
        ots.push({ ts: 0, command: "selection", fromPos: 0, toPos: 0 });
      }
      ots.push({ ts: base, command: "record_start", soundChunkIdx: voices.length, time: Date.now() });
      return voice.refusal === null ? t("lesson.recording") : t("lesson.noMicrophone", { reason: voice.refusal });
    },
    /** Takes an edit of the author, or refuses it. */
    edit(edit) {
      if (isEnded || !places.admit(edit)) {
        return false;
      }
      add("text", edit);
      return true;
    },
    select(fromPos, toPos) {
      add("selection", { fromPos, toPos });
    },
    get inExercise() { return places.isOpen; },
    /** Begins or ends an exercise. */
    toggleExercise() {
      if (!places.isOpen) {
        exId += 1;
        add("exPlaceholder", { exId });
        places.begin();
        return;
      }
      if (places.isEmpty) {
        throw new Error(t("lesson.emptyExercise"));
      }
      places.end();
      add("exPlaceholder", { exId });
    },
    beginRun() { add("run"); },
    endRun({ exit_code: exitCode, output }) { add("run", { exitCode, output }); },
    get time() { return now(); },
    /** The lesson as it is now, with the session ended. */
    async end() {
      if (places.isOpen) {
        this.toggleExercise();
      }
      add("record_end");
      isEnded = true;
      voices.push(await voice.stop());
      return { ots, voices };
    },
  };
}

/** The areas of the exercises that there are, as later edits have moved them. */
function knownAreas(ots) {
  const places = areas();
  const markers = new Map(exercises(ots).flatMap(({ first, last }) => [[first, "begin"], [last, "end"]]));
  ots.forEach((ot, index) => {
    if (markers.has(index)) {
      places[markers.get(index)]();
    } else if (ot.command === "text") {
      places.admit(ot);
    }
  });
  return places;
}
