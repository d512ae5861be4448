/**
 * Live video: who may publish by RTMP, playlists and segments of HLS, and what is known of channels. Files come from
 * media-service and are kept a while, so that a channel costs it the same whatever the number of viewers.
 */
package lyceum.gateway.video;
