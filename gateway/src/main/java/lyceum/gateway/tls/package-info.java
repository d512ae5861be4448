/**
 * TLS where clients come to: {@link lyceum.gateway.tls.TlsConfig} says where the certificate lies,
 * {@link lyceum.gateway.tls.CertificateWatch} takes a new one without a restart.
 *
 * <p>The management port has none: it is for the inside of a cluster, and its address and port say so.
 *
 * <p>Why HTTP/1.1 only: WebSockets and the upgrades of socket.io are made on it, every client of the older contracts speaks
 * nothing else, and bodies that wait for each other on one connection would share one flow of data.
 */
package lyceum.gateway.tls;
