// Entries of a stream as they come: the WebSocket /data/{ids}/pull.

import { openSocket } from "../api.js";

/**
 * @param stream its name
 * @param listener `{ entry(id, bytes), closed(reason) }`
 * @return a function that ends it
 */
export function pull(stream, listener) {
  // The newest entry first, and then what comes; a slow page gets the latest.
  const socket = openSocket(`data/${encodeURIComponent(stream)}/pull`, { last_entry_id: "*", latest: "true" });
  let heads = [];
  let isEnded = false;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") {
      heads = JSON.parse(data);
      return;
    }
    heads.forEach(([, id, start], index) => {
      listener.entry(id, new Uint8Array(data.slice(start, heads[index + 1]?.[2] ?? data.byteLength)));
    });
  });
  socket.addEventListener("close", ({ reason }) => {
    if (!isEnded) {
      listener.closed(reason);
    }
  });
  return () => {
    isEnded = true;
    socket.close();
  };
}
