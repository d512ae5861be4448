// The camera of this machine as a stream: JPEG pictures over the WebSocket /data/{ids}/push.

import { openSocket } from "../api.js";
import { t } from "../messages.js";

const PAUSE_MILLIS = 150;
const WIDTH_PIXELS = 640;
const QUALITY = 0.7;
/** A picture is left out while more than this waits to be sent. */
const MOST_WAITING_BYTES = 512 * 1024;

/**
 * Begins to push.
 *
 * @param video shows what is pushed
 * @param listener `{ stored(count), closed(reason) }`, the count being of pictures that the server has stored
 * @return a function that ends it
 */
export async function pushCamera(stream, video, listener) {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: WIDTH_PIXELS } });
  const socket = openSocket(`data/${encodeURIComponent(stream)}/push`, { ack: true });
  const canvas = document.createElement("canvas");
  let timer = 0;
  let stored = 0;
  let isEnded = false;

  const end = () => {
    isEnded = true;
    clearTimeout(timer);
    camera.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    socket.close();
  };
  const send = async () => {
    if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MOST_WAITING_BYTES && video.videoWidth > 0) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      canvas.getContext("2d").drawImage(video, 0, 0);
      const picture = await new Promise((made) => canvas.toBlob(made, "image/jpeg", QUALITY));
      if (!isEnded) {
        socket.send(picture);
      }
    }
    if (!isEnded) {
      timer = setTimeout(send, PAUSE_MILLIS);
    }
  };

  socket.addEventListener("message", () => {
    stored += 1;
    listener.stored(stored);
  });
  socket.addEventListener("close", ({ reason }) => {
    if (!isEnded) {
      end();
      listener.closed(reason || t("streams.closed"));
    }
  });
  video.srcObject = camera;
  await video.play();
  send();
  return end;
}
