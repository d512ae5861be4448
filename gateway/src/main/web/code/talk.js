// A program that one talks with: the WebSocket /sandbox/sessions.

import { openSocket } from "../api.js";
import { t } from "../messages.js";

/**
 * @param program members of the message `start`
 * @param listener `{ stage(name), output(stream, text), ended(outcome), failed(error) }`; the last two end it
 */
export function talk(program, listener) {
  const socket = openSocket("sandbox/sessions");
  let isOver = false;
  const finish = (tell) => {
    if (!isOver) {
      isOver = true;
      tell();
      socket.close();
    }
  };
  const send = (message) => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(message));
    }
  };
  const hear = {
    started: ({ stage }) => listener.stage(stage),
    output: ({ stream, data }) => listener.output(stream, data),
    ended: (outcome) => finish(() => listener.ended(outcome)),
    error: ({ detail, title }) => finish(() => listener.failed(new Error(detail ?? title))),
  };
  socket.addEventListener("open", () => send({ type: "start", ...program }));
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    hear[message.type]?.(message);
  });
  // A refused handshake has no text that a page could read: without a token it is the token.
  socket.addEventListener("close", ({ reason }) => finish(() => listener.failed(new Error(reason || t("code.closed")))));
  return {
    input: (text) => send({ type: "input", data: text }),
    end: () => send({ type: "end" }),
    interrupt: () => send({ type: "signal", signal: "SIGINT" }),
    stop: () => finish(() => listener.failed(new Error(t("code.stopped")))),
  };
}
