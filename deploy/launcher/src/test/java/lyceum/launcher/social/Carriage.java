package lyceum.launcher.social;

/** How packets of a client travel. */
enum Carriage {
    WEBSOCKET,
    POLLING,
    /** Polls at first, and a WebSocket as soon as there is one: as the page does. */
    UPGRADE
}
