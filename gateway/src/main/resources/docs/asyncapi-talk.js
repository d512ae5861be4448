// One WebSocket that is tried out on the page.

const MOST_LINES = 200;

/** A form for an address: connect, send a text, see what comes. */
export function talk(make, address, example, token) {
  const id = address.replace(/\W+/g, "-");
  const path = make("input", { id: `path${id}`, value: `${address.slice(1)}${query(address)}` });
  const text = make("textarea", { id: `text${id}`, rows: "3" }, example);
  const heard = make("pre", { role: "log", "aria-live": "polite", tabindex: "0", "aria-label": "What came" });
  const connect = make("button", { type: "submit" }, "Connect");
  const send = make("button", { type: "button", disabled: "" }, "Send");
  const leave = make("button", { type: "button", disabled: "" }, "Close");
  let socket = null;

  const tell = (line) => {
    heard.append(`${line}\n`);
    while (heard.childNodes.length > MOST_LINES) {
      heard.firstChild.remove();
    }
  };
  const show = () => {
    const isOpen = socket?.readyState === WebSocket.OPEN;
    send.disabled = !isOpen;
    leave.disabled = !isOpen;
  };
  const open = (event) => {
    event.preventDefault();
    socket?.close();
    heard.replaceChildren();
    const url = new URL(`../${path.value}`, import.meta.url);
    url.protocol = url.protocol.replace("http", "ws");
    if (token() !== "") {
      url.searchParams.set("token", token());
    }
    socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => { tell("connected"); show(); });
    socket.addEventListener("message", ({ data }) => tell(typeof data === "string" ? `← ${data}` : `← ${data.byteLength} bytes`));
    socket.addEventListener("close", ({ code, reason }) => { tell(`closed: ${code} ${reason}`); show(); });
  };
  send.addEventListener("click", () => {
    socket.send(text.value);
    tell(`→ ${text.value}`);
  });
  leave.addEventListener("click", () => socket.close());

  const form = make("form", {}, make("label", { for: path.id }, "Address"), path, connect);
  form.addEventListener("submit", open);
  return make(
    "details", {}, make("summary", {}, "Try it"), form,
    make("label", { for: text.id }, "Text"), text, make("div", { class: "actions" }, send, leave), heard,
  );
}

/** What a client of socket.io adds. */
function query(address) {
  return address === "/socket.io/" ? "?EIO=4&transport=websocket" : "";
}
