// Puts something into a stream: a text, or what the camera sees. A stream is there as soon as it has an entry.

import { ask } from "../api.js";
import { button, field, guarded, h } from "../dom.js";
import { t } from "../messages.js";
import { pushCamera } from "./camera.js";

/** @param changed called when there may be a new stream */
export function pushCard(status, changed) {
  const name = h("input", { autocomplete: "off", value: "camera" });
  const text = h("textarea", { rows: "2" });
  const video = h("video", { class: "preview", muted: true, playsinline: true, hidden: true, "aria-label": t("streams.preview") });
  const pictures = h("p", { class: "hint" });
  let end = null;

  const wanted = () => {
    if (name.value.trim() === "") {
      throw new Error(t("streams.noName"));
    }
    return name.value.trim();
  };
  const show = () => {
    camera.textContent = end === null ? t("streams.camera") : t("streams.cameraOff");
    camera.classList.toggle("live", end !== null);
    video.hidden = end === null;
  };
  const send = guarded(status, async () => {
    const body = new FormData();
    body.append("entries", new Blob([text.value]), "entry");
    const [id] = await (await ask("POST", `data/${encodeURIComponent(wanted())}`, { body })).json();
    status.say(t("streams.sent", { id }));
    await changed();
  });
  const toggle = guarded(status, async () => {
    if (end !== null) {
      end();
      end = null;
      show();
      status.say("");
      return;
    }
    video.hidden = false;
    end = await pushCamera(wanted(), video, {
      stored: (count) => {
        pictures.textContent = t("streams.sentPictures", { count });
        if (count === 1) {
          changed().catch(status.fail);
        }
      },
      closed: (reason) => {
        end = null;
        show();
        status.fail(new Error(reason));
      },
    });
    status.say(t("streams.pushing", { name: wanted() }));
    show();
  });

  const camera = button(t("streams.camera"), toggle, { id: "camera" });
  return {
    element: h(
      "div", { class: "card" },
      h("h3", {}, t("streams.push")),
      field(t("streams.name"), name, t("streams.nameHint")),
      field(t("streams.text"), text),
      h("div", { class: "actions" }, button(t("streams.send"), send), camera),
      pictures, video,
    ),
  };
}
