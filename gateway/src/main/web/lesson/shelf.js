// Lessons on the server, in the requests of the original clients.

import { ask, get, postForm } from "../api.js";

const PAGE = 20;

export async function listLessons(teacher, page) {
  const { elicasts } = await get("elicast", { page, count: PAGE, teacher });
  return { lessons: elicasts, isLast: elicasts.length < PAGE };
}

/** A lesson as `{ id, title, teacher, isProtected, ots, voices }`. */
export async function readLesson(id) {
  const { elicast } = await get(`elicast/${id}`);
  return {
    id: elicast.id,
    title: elicast.title,
    teacher: elicast.teacher ?? "",
    isProtected: elicast.is_protected,
    ots: elicast.ots,
    voices: elicast.voice_blobs,
  };
}

/** Stores a lesson as a new one, or over the one of an id. Returns its id. */
export async function saveLesson({ title, teacher, ots, voices }, id = null) {
  const fields = { title, ots: JSON.stringify(ots), voice_blobs: JSON.stringify(voices), teacher };
  const { elicast } = id === null
    ? await postForm("elicast", fields, "PUT")
    : await postForm(`elicast/${id}`, fields);
  return elicast.id;
}

export function removeLesson(id) {
  return ask("DELETE", `elicast/${id}`);
}

/** `{ exit_code, output }` of a whole program. */
export function runCode(code) {
  return postForm("code/run", { code });
}

/** `{ exit_code }` of an answer to an exercise, which is kept. */
export function answerExercise(lessonId, exId, steps, code) {
  return postForm(`code/answer/${lessonId}`, { ex_id: exId, solve_ots: JSON.stringify(steps), code });
}
