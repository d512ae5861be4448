/**
 * What an operator is given, held against the program: images, the Compose file, manifests, dashboards. There is neither
 * an engine for containers nor a cluster where these tests run. So each file is read the way its tool would read it, and
 * whatever it says of the program (settings, ports, probes, services, metrics) is asked of the program itself.
 */
package lyceum.launcher.deploy;
