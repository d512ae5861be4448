// Looks at one stream: its pictures, its film or its texts.

import { addressWithToken } from "../api.js";
import { button, field, h } from "../dom.js";
import { t } from "../messages.js";
import { screen } from "../code/screen.js";
import { playFilm } from "./film.js";
import { pull } from "./pull.js";

/** What is longer is not shown as text. */
const MOST_TEXT_BYTES = 64 * 1024;

export function watchCard(status) {
  const name = h("input", { autocomplete: "off", list: "stream-names" });
  const picture = h("img", { class: "picture", alt: "", hidden: true });
  const film = h("video", { class: "picture", controls: true, muted: true, playsinline: true, hidden: true });
  const texts = screen(t("streams.texts"));
  let end = null;

  const stop = () => {
    end?.();
    end = null;
    picture.hidden = true;
    picture.removeAttribute("src");
    film.hidden = true;
    texts.element.hidden = true;
    stopButton.disabled = true;
  };
  const begin = (start) => async () => {
    stop();
    if (name.value === "") {
      status.fail(new Error(t("streams.noName")));
      return;
    }
    status.say(t("streams.watching", { name: name.value }));
    stopButton.disabled = false;
    try {
      end = await start(name.value);
    } catch (error) {
      stop();
      status.fail(error);
    }
  };

  const showPictures = (stream) => {
    picture.alt = t("streams.picturesOf", { name: stream });
    picture.hidden = false;
    picture.src = addressWithToken(`mjpeg/${encodeURIComponent(stream)}`, { last_entry_id: "*" });
  };
  const showFilm = (stream) => {
    film.hidden = false;
    return playFilm(stream, film, (error) => {
      stop();
      status.fail(error);
    });
  };
  const showTexts = (stream) => {
    texts.clear();
    texts.element.hidden = false;
    return pull(stream, {
      entry: (id, bytes) => texts.write("stdout", `${id}  ${readable(bytes)}\n`),
      closed: (reason) => status.fail(new Error(reason || t("streams.closed"))),
    });
  };

  const stopButton = button(t("streams.stop"), () => {
    stop();
    status.say("");
  });
  stop();
  return {
    element: h(
      "div", { class: "card" },
      h("h3", {}, t("streams.watch")),
      field(t("streams.name"), name),
      h(
        "div", { class: "actions" },
        button(t("streams.asPictures"), begin(showPictures), { class: "primary" }),
        button(t("streams.asFilm"), begin(showFilm)),
        button(t("streams.asTexts"), begin(showTexts)),
        stopButton,
      ),
      picture, film, texts.element,
    ),
    choose(stream) { name.value = stream; },
    stop,
  };
}

/** The text of an entry; of one that is none, how long it is. */
function readable(bytes) {
  if (bytes.length > MOST_TEXT_BYTES) {
    return t("streams.bytes", { count: bytes.length });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return t("streams.bytes", { count: bytes.length });
  }
}
