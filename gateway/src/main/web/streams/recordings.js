// Records all streams, and plays recordings: their films, or again into streams.

import { addressWithToken, ask, get, openSocket } from "../api.js";
import { button, field, guarded, h, table } from "../dom.js";
import { t } from "../messages.js";

/** Replayed streams are called so, and do not mix with those of now. */
const PREFIX = "replay-";

/** @param replaying called with the names of the streams into which a recording is replayed */
export function recordingsCard(status, replaying) {
  const name = h("input", { autocomplete: "off" });
  const place = h("div", {});
  const film = h("video", { class: "picture", controls: true, playsinline: true, hidden: true });

  const refresh = async () => {
    const [current, recordings, { recordings: films }] = await Promise.all([
      get("recordings/current"), get("recordings", { info: true }), get("live/recordings"),
    ]);
    running.textContent = current === null ? t("recordings.none") : t("recordings.running", { name: current });
    place.replaceChildren(
      table(
        t("recordings.streams"),
        [t("recordings.name"), t("recordings.duration"), t("recordings.size"), t("recordings.play")],
        recordings.map(row),
      ),
      ...(films.length === 0 ? [] : [table(
        t("recordings.channels"),
        [t("recordings.name"), t("recordings.size"), t("recordings.play")],
        films.map(({ file, size }) => [
          file, t("recordings.mib", { size: (size / 1024 / 1024).toFixed(1) }), filmButton(file, `live/recordings/${file}`),
        ]),
      )]),
    );
  };
  const row = ({ name: recording, duration, size_mb: size, streams, files }) => [
    recording,
    duration ?? "",
    t("recordings.mib", { size: (size ?? 0).toFixed(1) }),
    h(
      "div", { class: "actions" },
      button(t("recordings.replay"), () => replay(recording, Object.keys(streams)), {
        "aria-label": t("recordings.replayOne", { name: recording }),
      }),
      (files ?? []).filter((file) => file.endsWith(".mp4"))
        .map((file) => filmButton(file, `recordings/static/${encodeURIComponent(recording)}/${encodeURIComponent(file)}`)),
    ),
  ];
  const filmButton = (label, path) => button(label, () => {
    film.hidden = false;
    film.src = addressWithToken(path);
    film.play().catch(status.fail);
  }, { "aria-label": t("recordings.playOne", { name: label }) });

  const replay = (recording, streams) => {
    const socket = openSocket("recordings/replay", { rec_id: recording, sid: streams.join("+"), prefix: PREFIX });
    socket.addEventListener("open", () => replaying(streams.map((stream) => PREFIX + stream)));
    socket.addEventListener("message", ({ data }) => {
      const { current, durations } = JSON.parse(data);
      const longest = Math.max(0, ...Object.values(durations));
      const here = Math.max(0, ...Object.values(current));
      status.say(t("recordings.replaying", { name: recording, here: here.toFixed(1), longest: longest.toFixed(1) }));
    });
    socket.addEventListener("close", ({ code, reason }) => {
      code === 1000 ? status.say(t("recordings.replayed", { name: recording }))
        : status.fail(new Error(reason || t("streams.closed")));
    });
  };

  const start = guarded(status, async () => {
    const begun = await (await ask("PUT", "recordings/start", { query: { rec_id: name.value } })).json();
    status.say(t("recordings.running", { name: begun }));
    await refresh();
  });
  const stop = guarded(status, async () => {
    await ask("PUT", "recordings/stop");
    status.say(t("recordings.stopped"));
    await refresh();
  });
  const running = h("p", { class: "hint" });
  return {
    element: h(
      "div", { class: "card span" },
      h("h3", {}, t("recordings.title")),
      h(
        "div", { class: "row" },
        field(t("recordings.name"), name),
        h(
          "div", { class: "actions" },
          button(t("recordings.start"), start), button(t("recordings.stop"), stop),
          button(t("list.refresh"), guarded(status, refresh)),
        ),
      ),
      running, place, film,
    ),
    refresh,
  };
}
