package lyceum.media.internal;

/**
 * A file that a job has made.
 *
 * @param name relative to the job's directory
 * @param mediaType as RFC 6838 has it
 */
record Product(String name, String mediaType, long sizeBytes) {}
