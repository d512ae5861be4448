/**
 * Makes files of recorded streams (contract, 4.4): one entry at a time goes from the store of recordings through a converter
 * and into a file that nobody sees before it is whole, so that what this takes does not grow with a recording.
 *
 * <p>Films are made by media-service, which has ffmpeg and walls around it; it gets the pictures with their times as one
 * stream of bytes. All else is written here.
 */
package lyceum.stream.internal.export;
