/**
 * Recordings as files, in the layout of the original (contract, 4.1), so that what it has recorded is read unchanged and
 * what is recorded here can be read by its other programs:
 *
 * <pre>
 * raw/&lt;recording&gt;/&lt;stream&gt;/&lt;first id&gt;_&lt;last id&gt;.zip    a chunk
 * raw/&lt;recording&gt;/&lt;stream&gt;.zip                          an older form: a stream in one file
 * post/&lt;recording&gt;/&lt;file&gt;                              what was made of a recording
 * raw_hidden/…  post_hidden/…                          the same, hidden
 * </pre>
 *
 * <p>A zip has one member for each entry, stored and not deflated, named by the id.
 *
 * <p>Two kinds of store: a directory, and a bucket that speaks S3. Where several instances of stream-service record and
 * answer, all of them must see the same one: a volume that they share, or a bucket. With a directory for each, a recording
 * that another instance went on with would lie in pieces.
 *
 * <p>Zips are read and written by this package itself. The zip file system of the JDK reads whole files of the bucket, and
 * its streams rely on sizes that some programs write behind the data only; here the directory at the end of a zip leads,
 * of which a piece is in memory at a time.
 */
package lyceum.stream.internal.archive;
