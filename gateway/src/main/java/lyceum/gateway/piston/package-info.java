/**
 * What clients of Piston v2 say and hear, without HTTP: their jobs made into runs of the sandbox, and outcomes told as they
 * know them. Source of every name and text: documentation and behaviour of Piston v2 (github.com/engineer-man/piston,
 * readme and api/src, at 0a844d0).
 *
 * <p>What differs, and why. {@code output}, which Piston tells in the order of writing, is standard output and then
 * standard error: the sandbox keeps them apart or joins them, and most clients want them apart. A compiler's two outputs
 * are known joined only, and are told as its standard error. Defaults and bounds of time are those of the language here
 * where they are more generous, and what an output may have is {@link lyceum.gateway.piston.Job#OUTPUT_BYTES}, the first
 * and the last part of which are kept when it is more.
 */
package lyceum.gateway.piston;
