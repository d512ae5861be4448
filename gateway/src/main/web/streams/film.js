// Live video as HLS, with hls.js where the browser does not play it by itself.

import { address, addressWithToken } from "../api.js";
import { t } from "../messages.js";

let library = null;

/** Loads the player that the watch page has, once. */
function player() {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address("watch/assets/hls.js");
    script.addEventListener("load", () => loaded(window.Hls));
    script.addEventListener("error", () => failed(new Error(t("streams.noPlayer"))));
    document.head.append(script);
  });
  return library;
}

/**
 * Plays a channel or a stream of pictures.
 *
 * @param failed called with an error where nothing can be played any more
 * @return a function that ends it
 */
export async function playFilm(name, video, failed) {
  const playlist = addressWithToken(`hls/${encodeURIComponent(name)}/index.m3u8`).href;
  const Hls = await player();
  if (!Hls.isSupported()) {
    video.src = playlist;
    await video.play();
    return () => video.removeAttribute("src");
  }
  const hls = new Hls({ liveDurationInfinity: true });
  hls.on(Hls.Events.MANIFEST_PARSED, () => video.play().catch(failed));
  hls.on(Hls.Events.ERROR, (event, { fatal, details }) => {
    if (fatal) {
      hls.destroy();
      failed(new Error(t("streams.noFilm", { details })));
    }
  });
  hls.loadSource(playlist);
  hls.attachMedia(video);
  return () => hls.destroy();
}
