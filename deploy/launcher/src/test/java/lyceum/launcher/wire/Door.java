package lyceum.launcher.wire;

/**
 * One gateway of a house.
 *
 * @param client asks this one only, as clients must whose session it keeps
 * @param port of this machine
 */
public record Door(Client client, int port) {}
