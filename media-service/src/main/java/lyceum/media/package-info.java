/**
 * Recorded sound: {@link lyceum.media.MediaService} repairs recordings (a recorder writes neither duration nor index),
 * joins them and cuts stretches out of the whole. Packets are copied, never encoded anew; what comes out is WebM with
 * Opus or Vorbis.
 *
 * <p>Why jobs, and not one question with everything in it: sound comes and goes in megabytes, and the bus carries pieces.
 * A job gives them a place on the disk of one instance, with limits that hold from the first piece on; memory per job is a
 * few pieces.
 *
 * <p>Why a file that cannot be read is a failure: the old server answered 200 with an empty data URI, and its client then
 * saved nothing in the place of a good recording. Rules and texts are those of the elicast contract, section 7.
 *
 * <p>Why ffmpeg is watched so closely: it reads what strangers send. What looks like neither Matroska nor Ogg is not shown
 * to it at all, the format is then forced, so that a playlist or a script is never followed; codecs, protocols, time,
 * memory and file sizes have limits, and its environment is empty.
 */
package lyceum.media;
