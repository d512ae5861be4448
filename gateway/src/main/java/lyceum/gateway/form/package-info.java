/**
 * Reads forms as they arrive. A lesson is one form field of up to 100 MB; it is decoded, checked and handed on while it
 * comes in, and the sender is paused while what it sent is still on its way. Memory for one upload is a constant.
 *
 * <p>The flow: {@link lyceum.gateway.form.FormBody} feeds chunks of a request to a {@link lyceum.gateway.form.FormDecoder}
 * (urlencoded or multipart), which gives the value of each field to a {@link lyceum.gateway.form.FieldSink}, as UTF-8
 * whatever the sender's charset was. A sink keeps a short text, or checks a JSON list
 * ({@link lyceum.gateway.form.JsonListScanner}) and takes sound out of it ({@link lyceum.gateway.form.DataUris}). What a
 * sink sends into the house goes through a {@link lyceum.gateway.form.Window}.
 *
 * <p>Why our own decoders: the form decoder of Vert.x (Netty) keeps a whole attribute in memory and above 10 MiB returns
 * wrong bytes without an error.
 */
package lyceum.gateway.form;
