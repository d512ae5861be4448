package lyceum.gateway.recording;

import java.time.Duration;
import java.util.function.Function;
import lyceum.platform.Bus;
import lyceum.stream.RecordingFileService;
import lyceum.stream.UploadSession;

/**
 * What stream-service has of files of recordings: whoever is free, or the one instance that holds an upload.
 *
 * @param service for what is asked of any instance
 * @param uploading gives an upload's instance by its name; a bucket may take long to put a file together
 */
record RecordingFileAccess(RecordingFileService service, Function<String, UploadSession> uploading) {

    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(2);

    /** @return the services, asked over the bus */
    static RecordingFileAccess over(Bus bus) {
        return new RecordingFileAccess(
                bus.proxy(RecordingFileService.class),
                instance -> bus.proxy(UploadSession.class, UPLOAD_LIMIT, instance));
    }
}
