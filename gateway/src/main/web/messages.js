// Texts of the page, out of one file for each language.

/** Languages that have a file in `messages/`; the first one is what all others fall back to. */
const LANGUAGES = ["en"];

let texts = {};

/** Loads the language that the browser likes best. */
export async function loadMessages() {
  const wanted = navigator.languages.map((language) => language.split("-")[0]);
  const language = wanted.find((name) => LANGUAGES.includes(name)) ?? LANGUAGES[0];
  for (const name of new Set([LANGUAGES[0], language])) {
    const answer = await fetch(new URL(`messages/${name}.json`, import.meta.url));
    texts = { ...texts, ...(await answer.json()) };
  }
  document.documentElement.lang = language;
}

/** The text of a key, with `{name}` replaced by the value of that name. */
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
