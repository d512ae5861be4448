package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lyceum.platform.BetweenNodes;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.ClassState;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.ClickPage;
import lyceum.social.SocialService.Clicked;
import lyceum.social.SocialService.Done;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.EventPage;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.Happened;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.HourRolled;
import lyceum.social.SocialService.Hours;
import lyceum.social.SocialService.Joined;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.Left;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.OnlinePage;
import lyceum.social.SocialService.Taken;
import lyceum.social.SocialService.TurnPage;
import lyceum.social.SocialService.User;
import lyceum.social.SocialService.UserPage;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract, from one node of a cluster to another and back. */
class RecordsBetweenNodesTest {

    private static final Stats STATS = new Stats(6, 5, 4, 3, 2, Long.MAX_VALUE);
    private static final Click CLICK = new Click(7, "김 🙂", null, "\u0001\"\\", 1_773_176_400);
    private static final Event EVENT = new Event(8, "Anna", "lemma 6.7", 1_773_176_400);
    private static final Hour HOUR = new Hour(1_773_176_400, 1, 2, 3, 4);
    private static final Turn TURN = new Turn(
            "class",
            9,
            "member",
            10,
            List.of(
                    new Step(Turn.Kind.CONNECT, 1, null, null, null, null, 0, 0, 1, STATS),
                    new Step(Turn.Kind.CLICK, 1, "Berta", "Anna", "x", "y", 50, 1_773_176_400, 1, null)));

    static Stream<Record> records() {
        return Stream.of(
                new KeepMember("member"),
                new EndMember("member"),
                new Batch(
                        "class",
                        "member",
                        Long.MAX_VALUE,
                        List.of(
                                Act.connect(1),
                                Act.name(1, "Anna"),
                                Act.click(1, "김 🙂", null, " "),
                                Act.event(1, "Anna", "sas"),
                                Act.leave(1))),
                new Taken(5),
                new ListTurns("", Long.MAX_VALUE),
                new TurnPage(List.of(TURN, new Turn("", 1, null, 0, List.of())), 10),
                new TurnPage(List.of(), 0),
                TURN,
                new FindClass(""),
                new ClassState(3, STATS, 4),
                new ListNewest("class", Long.MAX_VALUE, 500),
                new ListNext("class", 0, 500),
                CLICK,
                EVENT,
                HOUR,
                new User(1, "Anna", 2, 3),
                new Online(1, null, 2, 3),
                new ClickPage(List.of(CLICK)),
                new EventPage(List.of(EVENT)),
                new Hours(List.of(HOUR)),
                new UserPage(List.of(new User(1, "Anna", 2, 3))),
                new OnlinePage(List.of(new Online(1, null, 2, 3), new Online(2, "Anna", 2, 3))),
                new Clicked("class", CLICK),
                new Happened("class", EVENT),
                new Joined("class", "Anna"),
                new Left("class", "Anna"),
                new HourRolled("class", HOUR),
                new Done());
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(BetweenNodes.carried(sent)).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractOut() {
        assertThat(records().map(Object::getClass))
                .contains(Arrays.stream(SocialService.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toArray(Class<?>[]::new));
    }
}
