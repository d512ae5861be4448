// As much of a socket.io 4 client (EIO=4, WebSocket only) as a page of ours needs: one namespace, events with one argument,
// and coming back.

import { openSocket } from "../api.js";

// Engine.IO 4 and Socket.IO 5, https://socket.io/docs/v4/engine-io-protocol/
const OPEN = "0";
const PING = "2";
const PONG = "3";
const CONNECT = "40";
const DISCONNECT = "41";
const EVENT = "42";
const CONNECT_ERROR = "44";

const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;
/** Longer than the server's interval between pings (25 s) and the time that it gives a client (60 s). */
const SILENCE_MILLIS = 90_000;

/**
 * @param namespace `/`, `/class-<id>` or `/grading`
 * @param payload of CONNECT, `{ token }` for instance
 * @param listener `{ connected(), lost(), refused(text), heard(event, argument) }`
 */
export function socketIo(namespace, payload, listener) {
  const prefix = namespace === "/" ? "" : `${namespace},`;
  let socket = null;
  let pause = FIRST_PAUSE_MILLIS;
  let retry = 0;
  let silence = 0;
  let isClosed = false;
  let isConnected = false;

  const watch = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.close(), SILENCE_MILLIS);
  };

  const hear = (packet) => {
    watch();
    if (packet === PING) {
      socket.send(PONG);
    } else if (packet.startsWith(OPEN)) {
      socket.send(CONNECT + prefix + JSON.stringify(payload));
    } else if (packet.startsWith(CONNECT_ERROR + prefix)) {
      isClosed = true;
      socket.close();
      listener.refused(JSON.parse(packet.slice(CONNECT_ERROR.length + prefix.length)).message);
    } else if (packet.startsWith(CONNECT + prefix)) {
      pause = FIRST_PAUSE_MILLIS;
      isConnected = true;
      listener.connected();
    } else if (packet.startsWith(EVENT + prefix)) {
      // An id stands before the list where the server wants an acknowledgement; this one never does.
      const [event, argument] = JSON.parse(packet.slice(packet.indexOf("[")));
      listener.heard(event, argument);
    } else if (packet.startsWith(DISCONNECT + prefix)) {
      socket.close();
    }
  };

  const open = () => {
    socket = openSocket("api/socket.io/", { EIO: "4", transport: "websocket" });
    socket.addEventListener("message", ({ data }) => hear(data));
    socket.addEventListener("close", () => {
      clearTimeout(silence);
      isConnected = false;
      if (!isClosed) {
        listener.lost();
        retry = setTimeout(open, pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
      }
    });
  };
  open();

  return {
    /** Sends an event; what is said while there is no connection is dropped, which the result tells. */
    emit(event, argument) {
      if (isConnected) {
        socket.send(EVENT + prefix + JSON.stringify([event, argument]));
      }
      return isConnected;
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      socket.close();
    },
  };
}
