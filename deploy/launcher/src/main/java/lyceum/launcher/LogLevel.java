package lyceum.launcher;

/** From which weight on a log line of ours is written. */
enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
