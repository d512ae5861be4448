/**
 * What an entry is, and what a client wants it to be: the formats behind {@code input} and {@code output} of the data
 * routes. {@code Converters} knows them by name. An input format reads an entry as {@code Content}: a picture, depth,
 * numbers, JSON or bytes; an output format writes that or refuses. {@code HoloFrames} reads the frames that the app on a
 * HoloLens sends, of which one member is converted.
 *
 * <p>All of it is plain Java on the calling thread and keeps nothing between two entries. Nothing is allocated by what an
 * entry only declares: sizes are compared with the bytes that are there, pixels and results with {@code ConversionLimits}.
 *
 * <p>Beyond the original, which fails there: turned grey pictures and JSON frames can be made JSON. Other than the
 * original: a palette counts as the colours it stands for, and NV12 is written with its colours in their places.
 *
 * <p>Why ImageIO and not ffmpeg: a picture takes milliseconds here and a process takes more than that to start; and
 * ImageIO decodes and encodes as libjpeg, which the original has too.
 */
package lyceum.stream.internal.convert;
