/**
 * What clients of the PTG Data Store API say and hear of streams, without HTTP: lists of names, what is known of a stream,
 * where entries begin in a body, entries of an upload made into frames, and what is wrong with their JSON. Source of every
 * name and text: {@code contracts/stream.md}, sections 2.2 to 2.5.
 */
package lyceum.gateway.stream;
