/**
 * Files over HTTP, of which any part may be asked for, without HTTP's own machinery: which part that is
 * ({@link lyceum.gateway.file.Portion}), whether the client has it already ({@link lyceum.gateway.file.Validators}), and what
 * kind of file it is. The rules are those of RFC 9110.
 *
 * <p>Why not the handler of Vert.x-Web for static files: it reads a directory of this process, and what is served here may
 * lie in a bucket, at another node. It also answers a range that cannot be satisfied with a length that is wrong, and knows
 * neither {@code If-Range} nor strong tags.
 */
package lyceum.gateway.file;
