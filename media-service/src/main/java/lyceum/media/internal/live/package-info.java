/**
 * How live video is made. A {@code Channel} has files that outlive whoever publishes it; a {@code Publishing} is one who
 * does. Its {@code PublishFeed} finds out what comes ({@code FlvProbe}) and feeds it to an ffmpeg ({@code LiveProcess}), and
 * what that makes is cut into segments ({@code TsCutter}) and listed ({@code Playlist}); its {@code PublishRecorder} keeps
 * what came, where somebody wants that. {@code HeldChannels} are those of this instance, {@code PublishSessions} who publishes
 * them; {@code ChannelRegistry} tells all instances which of them has which channel.
 *
 * <p>Why ffmpeg, and no media server: nginx-rtmp and its kind are on no bare machine and in no registry that we build from;
 * those on the JVM bring a whole house of their own. ffmpeg is here anyway, and everything that is media stays with it.
 * What it cannot do is be a door: one port for each stream, no names, no tokens; so the gateway takes RTMP and hands on what
 * is in it. Where there is a media server already, the gateway sends viewers there ({@code LYCEUM_HLS_ORIGIN}).
 *
 * <p>Why the segments are cut here, out of one transport stream, and not by ffmpeg's own muxer for HLS: the playlist then is
 * the one that clients know (3 decimals, bare numbers, discontinuities counted), numbers go on over publishes without a
 * file that two programs write, a viewer never waits for a whole group of pictures where its publisher makes key frames
 * every ten seconds, and ffmpeg is left with a pipe. What DASH needs, boxes of MP4, its muxer for DASH makes.
 *
 * <p>Low-Latency HLS (draft-pantos-hls-rfc8216bis) is an option: {@code PartRuler} says where parts of a segment end,
 * {@code PartList} tells them, {@code PlaylistWaits} keeps who waits for the next one. Why a part is a file of its own by name
 * and not a range of bytes of a segment that grows: a file never changes, so every cache on the way can keep it, the gateway's
 * among them; and the part that comes next can be asked for, which an open range could not end. On the disk there are segments
 * only. Why it is off at first: playlists then are those that nginx-rtmp wrote, and a viewer is not two requests a part.
 * What it cannot do: pictures that are farther apart than a part make longer ones, and fewer than 14 in a second make parts that
 * are shorter than the draft wants.
 *
 * <p>Why a channel stays for the length of its playlist after its publisher has left, at the same instance: who comes back
 * after a broken connection goes on in the same files, and so do the viewers.
 *
 * <p>Why FLV for recordings: every tag is whole by itself, so a crash costs the last one only. MP4 is made of it later.
 */
package lyceum.media.internal.live;
