/**
 * Sound and film on their way through ffmpeg. {@link lyceum.media.MediaService} repairs recordings (a recorder writes
 * neither duration nor index), joins them and cuts stretches out of the whole, without encoding anything anew;
 * {@link lyceum.media.MediaWorkService} makes of one file, in the background, what is encoded anew or takes its time.
 *
 * <p>Why jobs, and not one question with everything in it: sound comes and goes in megabytes, and the bus carries pieces.
 * A job gives them a place on the disk of one instance, with limits that hold from the first piece on; memory per job is a
 * few pieces. Why a job in the background is kept by its instance and not in a database: its input is as large as its
 * worth is small, and whoever has sent it can send it again.
 *
 * <p>Why a file that cannot be read is a failure: the old server answered 200 with an empty data URI, and its client then
 * saved nothing in the place of a good recording. Rules and texts are those of the elicast contract, section 7.
 *
 * <p>Why ffmpeg is watched so closely: it reads what strangers send. What is of no known kind is not shown to it at all, the
 * format is then forced, so that a playlist or a script is never followed; codecs, protocols, time, memory and file sizes
 * have limits, its environment is empty, and the files of its job are all that it can reach.
 */
package lyceum.media;
