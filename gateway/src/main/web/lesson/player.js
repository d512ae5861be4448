// Plays a lesson: the sound is the clock where there is one, and the steps follow it.

import { apply, endOfTime, exercises, isUsable, sessions, stepsUntil, textOf } from "./ots.js";
import { playable, release } from "./sound.js";

const TICK_MILLIS = 40;

/**
 * @param lesson `{ ots, voices }`
 * @param view `{ text(text), select(from, to), run(ot), time(now, end), exercise(exercise), stopped() }`
 */
export function player(lesson, view) {
  const { ots } = lesson;
  const end = endOfTime(ots);
  // One in which nothing is written cannot be asked.
  const tasks = new Map(exercises(ots).filter((exercise) => isUsable(ots, exercise)).map((one) => [one.first, one]));
  const parts = sessions(ots);
  const sounds = lesson.voices.map(playable);
  let step = 0;
  let text = "";
  let position = 0;
  let playing = null;
  let timer = 0;

  const soundAt = (ts) => {
    const part = parts.find(({ start, end: last }) => ts >= start && ts < last);
    const audio = part === undefined ? undefined : sounds[part.chunk];
    return audio === undefined ? null : { audio, start: part.start, offset: part.offset };
  };

  const begin = () => {
    playing = { sound: soundAt(position), since: performance.now(), from: position };
    const mine = playing;
    if (mine.sound !== null) {
      mine.sound.audio.currentTime = (position - mine.sound.start + mine.sound.offset) / 1000;
      // One that cannot be played leaves the steps, at the pace of the clock.
      mine.sound.audio.play().catch(() => { mine.sound = null; });
    }
  };

  const now = () => {
    const { sound, since, from } = playing;
    if (sound !== null && !sound.audio.ended) {
      playing.since = performance.now();
      playing.from = Math.max(from, sound.start + sound.audio.currentTime * 1000 - sound.offset);
      return playing.from;
    }
    return from + performance.now() - since;
  };

  const silence = () => {
    clearInterval(timer);
    playing?.sound?.audio.pause();
    playing = null;
  };

  const take = (ot) => {
    if (ot.command === "text") {
      text = apply(text, ot);
      view.text(text);
    } else if (ot.command === "selection") {
      view.select(ot.fromPos, ot.toPos);
    } else if (ot.command === "run") {
      view.run(ot);
    }
  };

  const tick = () => {
    const before = position;
    position = Math.min(now(), end);
    while (step < ots.length && ots[step].ts <= position) {
      const task = tasks.get(step);
      if (task !== undefined) {
        position = ots[step].ts;
        step += 1;
        silence();
        view.time(position, end);
        view.exercise(task);
        return;
      }
      take(ots[step]);
      step += 1;
    }
    view.time(position, end);
    if (position >= end) {
      silence();
      view.stopped();
    } else if (soundAt(before)?.start !== soundAt(position)?.start) {
      playing.sound?.audio.pause();
      begin();
    }
  };

  const seek = (ts) => {
    position = Math.max(0, Math.min(ts, end));
    step = stepsUntil(ots, position);
    text = textOf(ots, step);
    view.text(text);
    const caret = ots.slice(0, step).findLast((ot) => ot.command === "selection");
    view.select(caret?.fromPos ?? 0, caret?.toPos ?? 0);
    view.time(position, end);
  };

  seek(0);
  return {
    end,
    get isPlaying() { return playing !== null; },
    get position() { return position; },
    play() {
      if (position >= end) {
        seek(0);
      }
      view.text(text);
      begin();
      timer = setInterval(tick, TICK_MILLIS);
    },
    pause() {
      silence();
      view.stopped();
    },
    seek(ts) {
      silence();
      seek(ts);
      view.stopped();
    },
    close() {
      silence();
      sounds.forEach(release);
    },
  };
}
