package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said over one connection (RTMP 1.0, section 7): connect, then publish, then sound and pictures, which go on as FLV,
 * and that again and again. Only what a publisher asks is answered; whoever wants to play is sent to HLS. Lives on one context.
 */
final class PublishTalk {

    private static final Logger LOG = LoggerFactory.getLogger(PublishTalk.class);

    private static final String APPLICATION = "live";

    private final RtmpConnection connection;
    private final Answers answers;
    private final Publishers publishers;

    /** Left, but they deliver what has come before: so long what they hold counts. */
    private final Set<Stage> leaving = new HashSet<>();

    private Optional<String> token = Optional.empty();
    private String program = "";
    private boolean isConnected;
    private boolean isOpening;
    private Stage stage;
    private Buffer tags = Buffer.buffer();

    PublishTalk(RtmpConnection connection, Answers answers, Publishers publishers) {
        this.connection = connection;
        this.answers = answers;
        this.publishers = publishers;
    }

    /** Takes what is said; fails with {@link RtmpFault} where that is no command, or not in its turn. */
    void take(RtmpMessage message) {
        switch (message.type()) {
            case RtmpMessage.COMMAND -> obey(Command.read(message.payload(), 0));
            case RtmpMessage.COMMAND_AMF3 -> obey(Command.read(message.payload(), 1));
            default -> keep(message);
        }
    }

    private void keep(RtmpMessage message) {
        if (stage != null) {
            FlvWriter.tag(message).ifPresent(tags::appendBuffer);
        }
    }

    /** All that came with one read goes on together. */
    void passOn() {
        if (stage == null || tags.length() == 0) {
            return;
        }
        stage.write(tags);
        tags = Buffer.buffer();
        if (stage.isFull()) {
            connection.hold();
        }
    }

    /** @return bytes of what is published that are held here and behind */
    long heldBytes() {
        long behind = leaving.stream().mapToLong(Stage::heldBytes).sum();
        return tags.length() + (stage == null ? 0 : stage.heldBytes()) + behind;
    }

    /** @return whether somebody publishes, and is not held up by us */
    boolean isMediaExpected() {
        return stage != null && !stage.isFull();
    }

    private void obey(Command command) {
        switch (command.name()) {
            case "connect" -> connect(command);
            case "releaseStream", "FCPublish" -> connection.send(answers.done(command));
            case "createStream" -> createStream(command);
            case "publish" -> publish(command);
            case "play", "play2" -> refuse("NetStream.Play.Failed", "watch it as HLS or DASH, over HTTP");
            case "FCUnpublish", "deleteStream", "closeStream" -> unpublish();
            default -> LOG.debug("a command that is not answered: {}", command.name());
        }
    }

    private void connect(Command command) {
        ConnectAddress application = ConnectAddress.of(command.member("app"));
        ConnectAddress address = ConnectAddress.of(command.member("tcUrl"));
        program = command.member("flashVer");
        token = application.token().or(address::token);
        if (!application.path().equals(APPLICATION)) {
            connection.send(answers.rejected(command, "the application is live"));
            connection.endSoon("another application");
            return;
        }
        isConnected = true;
        connection.send(answers.connected(command));
    }

    private void createStream(Command command) {
        requireConnected();
        connection.send(answers.created(command));
    }

    private void requireConnected() {
        if (!isConnected) {
            throw new RtmpFault("a command before connect");
        }
    }

    private void publish(Command command) {
        requireConnected();
        if (stage != null || isOpening) {
            throw new RtmpFault("a second publish");
        }
        ConnectAddress key = ConnectAddress.of(command.text(1));
        isOpening = true;
        // Nothing is read before it is known whether it is wanted.
        connection.hold();
        publishers
                .open(new Publishers.Request(key.path(), key.token().or(() -> token), connection.address(), program))
                .onComplete(opened -> {
                    isOpening = false;
                    if (opened.succeeded()) {
                        enter(opened.result());
                    } else {
                        refuse(opened.cause());
                    }
                });
    }

    private void enter(Stage opened) {
        if (connection.isOver()) {
            leave(opened);
            return;
        }
        if (!connection.expectMedia()) {
            leave(opened);
            refuse(PublishRefused.FAILED, "too many encoders publish; try again later");
            return;
        }
        stage = opened;
        stage.watch(() -> goOn(opened), error -> fail(opened, error));
        stage.write(FlvWriter.beginning());
        connection.send(answers.status("NetStream.Publish.Start", "Start publishing"));
        connection.goOn();
    }

    private void goOn(Stage watched) {
        if (watched == stage) {
            connection.account();
            connection.goOn();
        }
    }

    /** One that has been left delivers for a while, and may fail when another one has its place. */
    private void fail(Stage watched, PublishRefused why) {
        if (watched == stage) {
            refuse(why);
        }
    }

    private void refuse(Throwable error) {
        if (error instanceof PublishRefused refused) {
            refuse(refused.code(), refused.getMessage());
        } else {
            LOG.error("defect in publishing", error);
            refuse(PublishRefused.FAILED, "internal error");
        }
    }

    private void refuse(String code, String text) {
        if (!connection.isOver()) {
            connection.send(answers.error(code, text));
            connection.endSoon(text);
        }
    }

    private void unpublish() {
        if (stage == null) {
            return;
        }
        end();
        connection.expectPublish();
        connection.send(answers.status("NetStream.Unpublish.Success", "Stop publishing"));
        // A stage that was full is not there any more, to tell when it has room.
        connection.goOn();
    }

    /** Nothing more is published; what has come before goes on. */
    void end() {
        if (stage != null) {
            passOn();
            Stage last = stage;
            stage = null;
            leave(last);
        }
    }

    private void leave(Stage left) {
        leaving.add(left);
        left.end()
                .onFailure(error -> LOG.debug("a publish ends by itself: {}", error.getMessage()))
                .onComplete(gone -> {
                    leaving.remove(left);
                    connection.account();
                });
    }
}
