/**
 * Streams as moving pictures that an {@code <img>} shows: MJPEG, an endless {@code multipart/x-mixed-replace} of JPEG
 * (contract, section 4.6).
 *
 * <p>Whoever watches from now on gets what all others get who have asked the same: one pull session, of which each picture
 * is decoded and encoded once, and one part in memory for all of them ({@link lyceum.gateway.mjpeg.MjpegShow}). A viewer
 * whose network is behind leaves pictures out and gets the latest, so it slows nobody and holds one part. Who reads from an
 * id on wants all that is behind it, and has a session of its own that waits for its network.
 *
 * <p>The viewers know nothing of instances of stream-service: where one stops or dies the pictures come from another one, and
 * meanwhile there is a picture that says so.
 */
package lyceum.gateway.mjpeg;
