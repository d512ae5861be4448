package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.platform.BetweenNodes;
import lyceum.platform.Failure.Kind;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.Delivery;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PushSession;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeSession;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.FindRunning;
import lyceum.stream.RecordingService.ForgetInfos;
import lyceum.stream.RecordingService.ForgottenInfos;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.RecordingService.Recording;
import lyceum.stream.RecordingService.RecordingInfos;
import lyceum.stream.RecordingService.RecordingNames;
import lyceum.stream.RecordingService.RecordingStarted;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.Progress;
import lyceum.stream.SessionContent;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.AppendedFact;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.CreatedFact;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.DeletedFact;
import lyceum.stream.StreamService.Deletion;
import lyceum.stream.StreamService.Deletions;
import lyceum.stream.StreamService.DescribeStreams;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.ListStreams;
import lyceum.stream.StreamService.Metadata;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.StreamService.Read;
import lyceum.stream.StreamService.ReadEntries;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.StreamService.StreamInfo;
import lyceum.stream.StreamService.StreamInfos;
import lyceum.stream.StreamService.StreamNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract, from one node of a cluster to another and back. */
class RecordsBetweenNodesTest {

    private static final Buffer BYTES = Buffer.buffer(new byte[] {0, -1, '"', '\\', 127});
    private static final NewEntry ENTRY = new NewEntry("é:\uD83D\uDE42", null, BYTES);
    private static final Delivery DELIVERY =
            new Delivery(List.of(new Delivery.Item("s", "1-2", 5)), List.of(BYTES, Buffer.buffer()), true);
    private static final OpenedSession SESSION = new OpenedSession("id", "here");
    private static final StreamInfo INFO = new StreamInfo(
            "s", true, Map.of("length", 2L, "large", 1L << 40), Map.of("first-entry", "1-0"), "{\"a\":1}");

    private static final Recipe RECIPE = new Recipe(
            "\u00e9", new RecipeContent("Tea \uD83C\uDF75", List.of("water", "\""), List.of(), null, "[{\"a\":1}]"));
    private static final RecipeSession COOKING =
            new RecipeSession("s", new SessionContent("tea", 1L << 40, null), "2026-01-02T03:04:05");
    private static final CurrentRecipeService.ChangeEvents EVENTS =
            new CurrentRecipeService.ChangeEvents("1-0", "2-0", "3-0");
    private static final Progress PROGRESS = new Progress(
            Map.of("a", 1L), List.of("a", "b"), Map.of("a", 0.4, "b", 60.0), Map.of("a", 0.40000009536743164));

    static Stream<Record> records() {
        return Stream.of(
                new ListStreams(""),
                new StreamNames(List.of("a", "b"), true),
                new DescribeStreams(List.of("a")),
                INFO,
                new StreamInfo("s", false, Map.of(), Map.of(), null),
                new StreamInfos(List.of(INFO)),
                new ChangeMetadata("s", "{}", true),
                new Metadata("{}"),
                new DeleteStreams(List.of("a", "b")),
                new Deletion(1, 1L << 40, 1),
                new Deletions(List.of(new Deletion(0, 0, 0))),
                ENTRY,
                new Append(List.of(ENTRY, new NewEntry("s", "1-*", Buffer.buffer())), true),
                new Refusal(1, "no"),
                new Stored(List.of("1-0", ""), List.of(new Refusal(1, "no"))),
                new ReadEntries(List.of("a"), List.of("*", "0"), 7, null, null),
                new Read(DELIVERY, SESSION),
                new Read(DELIVERY, null),
                new PullBundle.OpenBundle(),
                new PullBundle.OpenedBundle("b"),
                new PullBundle.ReadBundle("b", List.of("1", "2")),
                new PullBundle.CloseBundle("b"),
                new PullBundle.News(
                        List.of(
                                new PullSession.PullEvent(PullSession.Kind.DELIVERED, DELIVERY),
                                new PullSession.PullEvent(PullSession.Kind.STOPPED, null)),
                        List.of(new PullBundle.Told("1", 0), new PullBundle.Told("2", 0), new PullBundle.Told("3", 1)),
                        List.of(new PullBundle.Refused("4", Kind.BUSY, "too much"))),
                new OpenPush(true),
                new OpenPull(List.of("a"), List.of("$"), null, 1, null, null, 0, null, null),
                new OpenPull(List.of("a"), List.of("$"), true, 1, "0", 1L << 40, 5, null, null),
                SESSION,
                new Ping(),
                new Done(),
                new CreatedFact("s"),
                new DeletedFact("s"),
                new AppendedFact("s", 1, 2, "3-4"),
                new PushSession.EntryHead("s", null, 3),
                new PushSession.PushFrame("id", 1L << 40, List.of(new PushSession.EntryHead("s", "*", 5)), BYTES, true),
                new PushSession.ClosePush("id"),
                new PullSession.ReadPull("id"),
                new PullSession.KeepPull("id"),
                new PullSession.ClosePull("id"),
                new PullSession.PullEvent(PullSession.Kind.DELIVERED, DELIVERY),
                new PullSession.PullEvent(PullSession.Kind.NOTHING, null),
                new RecipeService.ListRecipes(1L << 40),
                new RecipeService.RecipePage(List.of(RECIPE), 1L << 40, true),
                new RecipeService.FindRecipe("a"),
                new RecipeService.SearchRecipe(RECIPE.content()),
                new RecipeService.CreateRecipe(null, RECIPE.content()),
                new RecipeService.ChangeRecipe("a", new RecipeContent(null, null, List.of(), null, null)),
                new RecipeService.DeleteRecipe("a"),
                new RecipeService.ListRecipeSessions(0),
                new RecipeService.RecipeSessionPage(List.of(COOKING), 2, false),
                new RecipeService.FindRecipeSession("a"),
                new RecipeService.SearchRecipeSession(null, COOKING.content()),
                new RecipeService.CreateRecipeSession(null, COOKING.content()),
                new RecipeService.ChangeRecipeSession("a", "b", new SessionContent(null, null, null)),
                new RecipeService.DeleteRecipeSession("a"),
                new RecipeService.Change(true),
                new CurrentRecipeService.FindCurrentRecipe(),
                new CurrentRecipeService.CurrentRecipe("a", null, "1"),
                new CurrentRecipeService.StartRecipe("a"),
                EVENTS,
                new CurrentRecipeService.StartedRecipe(EVENTS),
                new CurrentRecipeService.StopRecipe(),
                new CurrentRecipeService.StoppedRecipe(true, false, true, EVENTS),
                new CurrentRecipeService.ChangeStep(-(1L << 40)),
                new CurrentRecipeService.ChangedStep("1-0", "3"),
                new CurrentRecipeService.RecipeStartedFact("a", "1"),
                new CurrentRecipeService.RecipeStoppedFact(),
                new CurrentRecipeService.StepChangedFact(null, 3),
                new StartRecording(""),
                new StopRecording(),
                new FindRunning(),
                new Recording("r"),
                new Recording(null),
                new ListRecordings("r"),
                new RecordingNames(List.of("a", "b"), true),
                new DescribeRecordings(List.of("a"), true),
                new RecordingInfos(List.of("{\"name\":\"a\"}")),
                new ForgetInfos(List.of("a")),
                new ForgottenInfos(List.of(0, 1)),
                new RenameRecording("a", "b"),
                new HideRecording("a", true),
                new Moved(true, false),
                new DeleteRecording("a"),
                new Gone(false, true),
                new OpenReplay("r", List.of("a"), "p:", true, 1000),
                new RecordingStarted("r", Instant.parse("2024-01-02T03:04:05.678Z")),
                new RecordingStopped("r", 2, 1L << 40),
                new ReplaySession.ReadReplay("id"),
                new ReplaySession.CloseReplay("id"),
                new ReplaySession.ReplayEvent(ReplaySession.Kind.NOTHING, null),
                new ReplaySession.ReplayEvent(ReplaySession.Kind.PROGRESS, PROGRESS),
                PROGRESS);
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(BetweenNodes.carried(sent)).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractOut() {
        assertThat(records().map(Object::getClass))
                .contains(StreamService.class.getDeclaredClasses())
                .contains(PushSession.class.getDeclaredClasses())
                .contains(RecipeService.class.getDeclaredClasses())
                .contains(CurrentRecipeService.class.getDeclaredClasses())
                .contains(RecordingService.class.getDeclaredClasses());
    }
}
