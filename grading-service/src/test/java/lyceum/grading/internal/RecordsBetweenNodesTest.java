package lyceum.grading.internal;

import static lyceum.grading.internal.TestGrading.ADA;
import static lyceum.grading.internal.TestGrading.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.grading.AttemptService.FindAttempt;
import lyceum.grading.AttemptService.ListAttempts;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInDetail.ShownPartial;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.CancelHandIn;
import lyceum.grading.HandInService.ClearHandIns;
import lyceum.grading.HandInService.Cleared;
import lyceum.grading.HandInService.Content;
import lyceum.grading.HandInService.CreateHandIn;
import lyceum.grading.HandInService.FindHandIn;
import lyceum.grading.HandInService.FindOpening;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HandInService.ListHandIns;
import lyceum.grading.HandInService.Opening;
import lyceum.grading.HandInService.RerunHandIn;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.HandInService.StudentScore;
import lyceum.grading.HandInService.TabulateScores;
import lyceum.grading.HandInState;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.DeadlineView;
import lyceum.grading.HomeworkService.FetchAttachment;
import lyceum.grading.HomeworkService.FetchHomeworkFile;
import lyceum.grading.HomeworkService.FindHomework;
import lyceum.grading.HomeworkService.HomeworkChanged;
import lyceum.grading.HomeworkService.HomeworkDetail;
import lyceum.grading.HomeworkService.HomeworkList;
import lyceum.grading.HomeworkService.HomeworkSummary;
import lyceum.grading.HomeworkService.ListHomework;
import lyceum.grading.HomeworkService.ReloadHomework;
import lyceum.grading.HomeworkService.RemoveHomework;
import lyceum.grading.HomeworkService.SetHomeworkAccess;
import lyceum.grading.HomeworkService.Shelved;
import lyceum.grading.HomeworkService.UploadHomework;
import lyceum.grading.RunnerService;
import lyceum.grading.RunnerService.Action;
import lyceum.grading.RunnerService.ListWaiting;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.grading.RunnerService.Waiting;
import lyceum.grading.RunnerService.WaitingList;
import lyceum.grading.Text;
import lyceum.platform.BetweenNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contracts, from one node of a cluster to another. */
class RecordsBetweenNodesTest {

    private static final Instant AT = Instant.parse("2026-11-28T12:00:00.123Z");
    private static final Buffer BYTES = Buffer.buffer(new byte[] {0, -1});
    private static final HandIn HAND_IN =
            new HandIn("1", "김 🙂", "h", "python", AT, HandInState.ACCEPTED, 0.6, 66.65, 40.0, "r", 2, null);
    private static final HomeworkSummary SUMMARY =
            new HomeworkSummary("u", "s", "t", List.of("python"), new DeadlineView(AT, 0.6), true, false, 99.9);

    static Stream<Record> records() {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("whole", 1);
        kwargs.put("long", Long.MAX_VALUE);
        kwargs.put("big", new BigInteger("123456789012345678901234567890"));
        kwargs.put("real", 100.0);
        kwargs.put("text", "\u0001\"");
        kwargs.put("nothing", null);
        kwargs.put("list", List.of(true, List.of()));
        return Stream.of(
                HAND_IN,
                new HandInDetail(
                        HAND_IN,
                        "a.zip",
                        null,
                        139,
                        "",
                        null,
                        List.of(new ShownPartial("n", null, -1.5, 0, null, "b", Arrays.asList("d", null)))),
                new CreateHandIn("ada", true, "h", "python", "a.zip", BYTES, AT),
                new CreateHandIn("ada", false, "h", "input", null, BYTES, AT),
                new FindOpening("ada", true, "h", AT),
                new Opening(0.6),
                new FindHandIn(ADA, "1"),
                new ListHandIns(EVE, null, null, 1, 100),
                new HandInPage(List.of(HAND_IN), 1, 100, Long.MAX_VALUE),
                new Content("a.zip", "application/zip", BYTES),
                new RerunHandIn(EVE, "1", true),
                new CancelHandIn(EVE, "1"),
                new ListAttempts(EVE, "1", 1, 100),
                new FindAttempt(ADA, "1", 2),
                new ClearHandIns(EVE, null),
                new Cleared(3),
                new TabulateScores(EVE, "h"),
                new HandInService.ScoreTable("h", "t", List.of(new StudentScore("ada", null)), "name,score\r\n"),
                new StudentScore("ada", 1.5),
                new HandedIn("1", "ada", "h", "python", 1, 7),
                new Started("1", "ada", "h", 1),
                new Scored("1", "ada", "h", 1, HandInState.REJECTED, null, new Text("%(real)s", kwargs)),
                new Scored("1", "ada", "h", 1, HandInState.REJECTED, null, Text.plain("p")),
                new ListHomework(ADA),
                new HomeworkList(List.of(SUMMARY)),
                SUMMARY,
                new DeadlineView(AT, 1),
                new FindHomework(ADA, "h"),
                new HomeworkDetail(SUMMARY, "d", "<p>d</p>", null, List.of(new DeadlineView(AT, 1)), List.of("python")),
                new FetchAttachment(ADA, "h", "python"),
                new FetchHomeworkFile(ADA, "h", "a/b.png"),
                new HomeworkService.Attachment("a.zip", BYTES),
                new UploadHomework(EVE, "s", BYTES),
                new RemoveHomework(EVE, "s"),
                new SetHomeworkAccess(EVE, "*", true, true),
                new ReloadHomework(EVE),
                new Shelved(3, List.of("late: why")),
                new HomeworkChanged("*", "i"),
                new HomeworkService.Done(),
                new RunnerCall(Action.PROCLOG, "é", "/handin/", null, BYTES, "127.0.0.1"),
                new RunnerAnswer(400, "text/html", BYTES),
                new ListWaiting(1),
                new WaitingList(List.of(new Waiting("1", "h", "python", AT, null, BYTES, 1))),
                new Waiting("1", "h", "python", AT, "a.zip", BYTES, 1));
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(BetweenNodes.carried(sent)).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractsOut() {
        assertThat(records().map(Object::getClass))
                .contains(Stream.of(HandInService.class, HomeworkService.class, RunnerService.class)
                        .flatMap(contract -> Arrays.stream(contract.getDeclaredClasses()))
                        .filter(Class::isRecord)
                        .toArray(Class<?>[]::new));
    }
}
