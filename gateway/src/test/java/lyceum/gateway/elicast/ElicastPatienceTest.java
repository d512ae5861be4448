package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.Pieces;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.Lesson;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.media.MediaService;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Done;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Outputs;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Split;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that ask for much and read nothing of it. */
class ElicastPatienceTest {

    private static final Buffer PIECE = Buffer.buffer(new byte[ElicastService.PIECE_BYTES]);
    private static final long ENDLESS = 1L << 40;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_STREAM_STALL_LIMIT", "1s"));
        Lesson lesson = new Lesson(7, Instant.EPOCH, "t", null, false, 1, 9, Integer.MAX_VALUE, 1);
        new Scripted<>(gateway.vertx, ElicastService.class)
                .on(OpenLesson.class, new OpenedLesson(lesson, List.of(new Piece(1, 0, false, PIECE))))
                .on(
                        ReadPieces.class,
                        after -> Future.succeededFuture(
                                new Pieces(List.of(new Piece(1, after.afterPosition() + 1, false, PIECE)))))
                .on(RepairVoice.class, new RepairedVoice("job", "here", List.of(ENDLESS)));
        new Scripted<>(gateway.vertx, MediaService.class, "here")
                .on(OpenJob.class, new Job("job", "here"))
                .on(Split.class, new Outputs(List.of(ENDLESS)))
                .on(Read.class, any -> Future.succeededFuture(new MediaService.Piece(PIECE)))
                .on(CloseJob.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /elicast/7 HTTP/1.1,lessons,''",
        "GET /audio/download/7 HTTP/1.1,media,''",
        "POST /audio/split HTTP/1.1,media,'segments=[[0,10]]&audio_blobs=[]'"
    })
    void cutsOffWhoDoesNotRead(String request, String domain, String form) throws Exception {
        try (Socket client = new Socket("127.0.0.1", gateway.port())) {
            client.getOutputStream()
                    .write((request
                                    + "\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + form.length() + "\r\n\r\n" + form)
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> underWay(domain) == 1);

            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> underWay(domain) == 0);
        }
    }

    private double underWay(String domain) {
        return gateway.meters
                .get("lyceum.gateway.requests")
                .tag("domain", domain)
                .gauge()
                .value();
    }
}
