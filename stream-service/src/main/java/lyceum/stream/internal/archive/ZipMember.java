package lyceum.stream.internal.archive;

/**
 * One file in a zip, as its directory tells of it.
 *
 * @param offset where its own header begins
 * @param length of its bytes
 * @param sum CRC-32 of its bytes
 */
record ZipMember(String name, long offset, long length, long sum) {}
