package lyceum.platform;

/**
 * One line of the reference of settings.
 *
 * @param key name of the environment variable
 * @param type what a value looks like
 * @param fallback what holds when it is absent; empty for nothing
 * @param meaning one sentence for the operator
 */
public record Setting(String key, String type, String fallback, String meaning) {}
