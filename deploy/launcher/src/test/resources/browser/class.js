"use strict";

// As the original page: everything by default but the path, so it polls at first and then takes a WebSocket.
const socket = io({path: "/api/socket.io"});

const heard = [];
const counts = {total: null, today: null, online: null};
const transports = [];
let user = "Gast";

socket.io.on("open", () => {
    transports.push(socket.io.engine.transport.name);
    socket.io.engine.on("upgrade", transport => transports.push(transport.name));
});
socket.on("connect", () => socket.emit("auth", user));
for (const name of ["stats", "status", "message", "click", "event"]) {
    socket.on(name, value => heard.push([name, value]));
}
socket.on("stats", stats => {
    counts.total = stats.click_count_total;
    counts.today = stats.click_count_today;
});
socket.on("status", status => {
    counts.online = status.user_count;
});
socket.on("click", () => {
    counts.total++;
    counts.today++;
});

document.getElementById("button").addEventListener("click", () => {
    socket.emit("click", {user, comment: "", style: " "});
});

function press(times) {
    for (let i = 0; i < times; i++) {
        document.getElementById("button").click();
    }
}

function call(name) {
    user = name;
}

function trigger(name) {
    socket.emit("event", {user, name});
}

/** As where the network has been away. */
function fall() {
    socket.io.engine.close();
}

function look() {
    const asked = performance.getEntriesByType("resource").map(entry => entry.name);
    return {counts, heard, transports, polls: asked.filter(name => name.includes("transport=polling")).slice(0, 1)};
}
