package lyceum.gateway.video;

import io.vertx.core.Future;
import java.util.Optional;
import lyceum.gateway.access.Caller;
import lyceum.gateway.access.TokenVerifier;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.rtmp.PublishRefused;
import lyceum.gateway.rtmp.Publishers;
import lyceum.gateway.rtmp.RtmpConfig.Admission;
import lyceum.gateway.rtmp.Stage;
import lyceum.media.ChannelName;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Publisher;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may publish: whoever has a token that is accepted everywhere else, or everybody. The channels are media-service's. */
public final class LivePublishers implements Publishers {

    private static final Logger LOG = LoggerFactory.getLogger(LivePublishers.class);

    private static final int LONGEST_TEXT = 100;

    private final TokenVerifier tokens;
    private final Admission admission;
    private final LiveVideoAccess video;

    public LivePublishers(TokenVerifier tokens, Admission admission, LiveVideoAccess video) {
        this.tokens = tokens;
        this.admission = admission;
        this.video = video;
    }

    @Override
    public Future<Stage> open(Request request) {
        if (!ChannelName.isPublishable(request.name())) {
            return Future.failedFuture(new PublishRefused(
                    PublishRefused.BAD_NAME, "a name has 1 to 64 letters, digits, dots, dashes and underscores"));
        }
        return user(request.token()).compose(user -> open(request, user));
    }

    private Future<String> user(Optional<String> token) {
        return admission == Admission.OPEN
                ? Future.succeededFuture("")
                : tokens.verify(token).map(Caller::subject).recover(LivePublishers::denied);
    }

    private static Future<String> denied(Throwable error) {
        return error instanceof Refusal
                ? Future.failedFuture(
                        new PublishRefused(PublishRefused.DENIED, "publishing needs a token: name?token=…"))
                : Future.failedFuture(refusal(error));
    }

    private Future<Stage> open(Request request, String user) {
        Publisher publisher = new Publisher(user, request.address(), shortened(request.program()));
        return video.service()
                .openPublish(new OpenPublish(request.name(), Kind.FLV, publisher))
                .<Stage>map(
                        opened -> new LiveStage(opened.id(), video.publishing().apply(opened.instance())))
                .recover(error -> Future.failedFuture(refusal(error)));
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    }

    private static PublishRefused refusal(Throwable error) {
        if (!(error instanceof Failure failure)) {
            LOG.error("defect in opening a publish", error);
            return new PublishRefused(PublishRefused.FAILED, "internal error");
        }
        boolean isName = failure.kind() == Failure.Kind.CONFLICT || failure.kind() == Failure.Kind.INVALID;
        return new PublishRefused(isName ? PublishRefused.BAD_NAME : PublishRefused.FAILED, failure.getMessage());
    }
}
