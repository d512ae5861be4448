/**
 * The routes of the PTG Data Store API for streams and their entries, and the group that they share with recordings, recipes
 * and moving pictures ({@link lyceum.gateway.stream.StreamRoutes}). Source of every name and text: {@code
 * contracts/stream.md}, sections 1 to 3.
 *
 * <p>Over its WebSockets go messages of up to 16 MiB, which are passed on in pieces while they arrive, and the headers that say
 * which entries are in them.
 *
 * <p>Why our own decoder of frames: the one of Netty waits until a frame is whole, and clients send a message as one
 * frame; Vert.x reads sixteen more frames of a client that it is told to pause. So a thousand clients could make this
 * process hold many times 16 GiB. {@link lyceum.gateway.stream.PieceDecoder} holds at most one piece of each, stops reading
 * at once, and takes every piece out of a budget that all clients share ({@link lyceum.gateway.stream.HeldBytes}).
 *
 * <p>Why our own way to write: a camera has many viewers. Vert.x sends the header and the bytes of a delivery by
 * themselves, and each viewer's bytes are copied out of the heap; {@link lyceum.gateway.stream.FrameWriter} sends both at
 * once, as frames that are encoded once for all who get the same ({@link lyceum.gateway.stream.SharedDeliveries}), and where
 * they come in parts, their bytes are copied once ({@link lyceum.gateway.stream.SharedPayloads}). That halved the work of a
 * delivery of 64 KiB.
 */
package lyceum.gateway.stream;
