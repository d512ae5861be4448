/** Work on sound and film that takes long: an order, its progress as events, and its files. */
package lyceum.gateway.media;
