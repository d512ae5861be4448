package lyceum.gateway.media;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.MediaService.Job;
import lyceum.platform.Failure;

/** How clients name a job: it tells which instance has it, so that every gateway can ask there. */
final class MediaJobId {

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern ID = Pattern.compile("(%s)\\.(%s)".formatted(UUID, UUID));

    private MediaJobId() {}

    static String of(Job job) {
        return job.instance() + '.' + job.id();
    }

    /** @return the job; NOT_FOUND for what names none */
    static Job parse(String text) {
        Matcher id = ID.matcher(text);
        if (!id.matches()) {
            throw Failure.notFound("no such job");
        }
        return new Job(id.group(2), id.group(1));
    }
}
