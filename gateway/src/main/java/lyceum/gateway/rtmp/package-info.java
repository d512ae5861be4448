/**
 * RTMP, as far as encoders need it to publish (Adobe's RTMP Specification 1.0): {@code RtmpServer} accepts connections, a
 * {@code RtmpConnection} makes messages of handshake and chunks, a {@code PublishTalk} obeys the commands among them, and what
 * is published goes on as FLV to a {@code Stage}, whose owner decides who may do that ({@code Publishers}).
 *
 * <p>Why a receiver of our own, and a receiver only: OBS and ffmpeg publish over RTMP and nothing older. The one server of it
 * on Maven Central, Red5, brings a container of its own (Spring, MINA, Tomcat); others a bare machine does not have; and
 * ffmpeg's own takes one stream for each port and knows neither names nor tokens. What is
 * needed to take a publish is a few hundred lines of parsing. All that is media, from the codec on, is ffmpeg's, and whoever
 * wants to play gets HLS.
 *
 * <p>Everything a peer sends has a bound before it is held: 64 KiB for a command, 4 MiB for a sound or picture once somebody
 * publishes, 64 chunk streams, 10 s until the publish, and one budget for all connections together. What is no RTMP ends the
 * connection without a word.
 */
package lyceum.gateway.rtmp;
