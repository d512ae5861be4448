package lyceum.stream.internal;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.RecordingService;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.internal.archive.NameOrder;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.Shelf;

/** The rules of {@link RecordingService}, divided among those who know. */
final class Recordings implements RecordingService {

    /** Information takes so many bytes in one answer, or that of one recording. */
    private static final int ANSWER_BYTES = 256 * 1024;

    private final String instance;
    private final Parties parties;

    /** Those who know. */
    record Parties(
            RecordingControl control,
            RecordingStore store,
            lyceum.stream.internal.RecordingInfos infos,
            RecordingTimes times,
            ReplaySessions replays,
            ExportLedger exports,
            Clock clock) {}

    /** @param instance where sessions are served */
    Recordings(String instance, Parties parties) {
        this.instance = instance;
        this.parties = parties;
    }

    @Override
    public Future<Recording> startRecording(StartRecording order) {
        String name =
                order.name().isEmpty() ? parties.times().name(parties.clock().instant()) : order.name();
        return requireName(name).compose(good -> parties.control().start(name)).map(new Recording(name));
    }

    /** Nobody is told of a recording of which nothing could be stored. */
    private Future<Void> requireName(String name) {
        return parties.store().takesName(name)
                ? Future.succeededFuture()
                : Future.failedFuture(RecordingStore.unnameable(name));
    }

    @Override
    public Future<Recording> stopRecording(StopRecording order) {
        return parties.control().stop().map(name -> new Recording(name.orElse(null)));
    }

    @Override
    public Future<Recording> findRunning(FindRunning question) {
        return parties.control().running().map(name -> new Recording(name.orElse(null)));
    }

    @Override
    public Future<RecordingNames> listRecordings(ListRecordings question) {
        return parties.store().list().map(all -> {
            List<String> behind = all.stream()
                    .filter(name -> NameOrder.BY_CODE_POINT.compare(name, question.after()) > 0)
                    .toList();
            return new RecordingNames(behind.stream().limit(PAGE_RECORDINGS).toList(), behind.size() > PAGE_RECORDINGS);
        });
    }

    @Override
    public Future<RecordingService.RecordingInfos> describeRecordings(DescribeRecordings question) {
        List<String> names = checked(question.names());
        List<String> infos = new ArrayList<>();
        int[] bytes = {0};
        return Loop.whileTrue(() -> parties.infos()
                        .find(names.get(infos.size()), question.cached())
                        .map(info -> {
                            String text = info.encode();
                            bytes[0] += text.getBytes(StandardCharsets.UTF_8).length;
                            if (infos.isEmpty() || bytes[0] <= ANSWER_BYTES) {
                                infos.add(text);
                            }
                            return infos.size() < names.size() && bytes[0] <= ANSWER_BYTES;
                        }))
                .map(all -> new RecordingService.RecordingInfos(infos));
    }

    @Override
    public Future<ForgottenInfos> forgetInfos(ForgetInfos order) {
        List<String> names = checked(order.names());
        List<Future<Integer>> forgotten =
                names.stream().map(parties.infos()::forget).toList();
        return Future.join(forgotten).map(all -> new ForgottenInfos(all.list()));
    }

    private static List<String> checked(List<String> names) {
        if (names.isEmpty() || names.size() > MOST_RECORDINGS) {
            throw Failure.invalid("1 to %d recordings may be named at once".formatted(MOST_RECORDINGS));
        }
        return names;
    }

    @Override
    public Future<Moved> renameRecording(RenameRecording order) {
        return requireName(order.newName())
                .compose(good -> parties.control().awaitWhole(order.newName()))
                .compose(whole -> move(order.name(), Shelf.LISTED, order.newName(), Shelf.LISTED));
    }

    @Override
    public Future<Moved> hideRecording(HideRecording order) {
        return order.hidden()
                ? move(order.name(), Shelf.LISTED, order.name(), Shelf.HIDDEN)
                : move(order.name(), Shelf.HIDDEN, order.name(), Shelf.LISTED);
    }

    /** Where Redis fails behind the move, a second order finds the recording moved: so Redis is told of it before. */
    private Future<Moved> move(String name, Shelf from, String newName, Shelf to) {
        return parties.control()
                .awaitWhole(name)
                .compose(whole -> announce(name, newName))
                .compose(announced -> parties.store()
                        .move(name, from, newName, to)
                        .recover(error ->
                                parties.exports().withdraw(name).transform(done -> Future.failedFuture(error))))
                .compose(moved -> parties.infos()
                        .forget(name)
                        .compose(forgotten -> parties.infos().forget(newName))
                        .compose(forgotten -> follow(name, newName, to))
                        .map(moved));
    }

    private Future<Void> announce(String name, String newName) {
        return parties.infos()
                .forget(name)
                .compose(forgotten -> name.equals(newName)
                        ? Future.succeededFuture()
                        : parties.exports().announce(name, newName));
    }

    /** What is to be made of a recording goes with it; of a hidden one nothing is made. */
    private Future<Void> follow(String name, String newName, Shelf to) {
        if (name.equals(newName)) {
            return to == Shelf.HIDDEN ? parties.exports().cancel(name) : Future.succeededFuture();
        }
        return parties.exports().follow(name, newName);
    }

    @Override
    public Future<Gone> deleteRecording(DeleteRecording order) {
        return parties.control()
                .awaitWhole(order.name())
                .compose(whole -> parties.store().delete(order.name()))
                .compose(gone -> parties.infos()
                        .forget(order.name())
                        .compose(forgotten -> parties.exports().forget(order.name()))
                        .map(gone));
    }

    @Override
    public Future<OpenedSession> openReplay(OpenReplay order) {
        return parties.replays().open(order).map(id -> new OpenedSession(id, instance));
    }
}
