package lyceum.stream.internal.convert;

/** What is made of the content of an entry. */
interface OutputFormat {

    /** Of what is nothing but bytes. */
    String BYTES = "application/octet-stream";

    String contentType();

    /** @return its bytes, or INVALID where such content cannot be made this, or where it becomes too large */
    byte[] write(Content content);
}
