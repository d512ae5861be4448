package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.internal.archive.S3Page.S3Object;

/** Moves and deletes all that lies below a prefix, some objects at a time. */
final class S3Moves {

    private static final int COPIES_AT_ONCE = 8;

    /** Three are what it takes: to copy, to delete, and to see that nothing is left. The others are for what came meanwhile. */
    private static final int MOST_ROUNDS = 10;

    private final S3Client client;

    S3Moves(S3Client client) {
        this.client = client;
    }

    /** @return whether anything lies there */
    Future<Boolean> isFilled(String prefix) {
        boolean[] isFilled = {false};
        return client.list(prefix, "", page -> {
                    isFilled[0] = !page.objects().isEmpty();
                    return Future.succeededFuture(!isFilled[0]);
                })
                .map(looked -> isFilled[0]);
    }

    /** Fails with CONFLICT where anything lies at the target that is no part of a move that was interrupted. */
    Future<Void> check(String from, String to, String newName) {
        boolean[] isFree = {true};
        return client.list(to, "", page -> arePart(page, from, to).onSuccess(arePart -> isFree[0] = arePart))
                .compose(looked ->
                        isFree[0] ? Future.succeededFuture() : Future.failedFuture(RecordingStore.taken(newName)));
    }

    private Future<Boolean> arePart(S3Page page, String from, String to) {
        Iterator<S3Object> objects = page.objects().iterator();
        boolean[] arePart = {page.objects().isEmpty() || !from.equals(to)};
        return Loop.whileTrue(() -> arePart[0] && objects.hasNext()
                        ? client.contains(moved(objects.next(), to, from)).onSuccess(isThere -> arePart[0] = isThere)
                        : Future.succeededFuture(false))
                .map(looked -> arePart[0]);
    }

    private static String moved(S3Object object, String from, String to) {
        return to + object.key().substring(from.length());
    }

    /**
     * Nothing is deleted before all of it is copied, and nothing that came or changed meanwhile: others may store something
     * there at any time, and are told that it is stored. Remembers what each object was.
     *
     * @return done when nothing is left there; or BUSY where there is always something new
     */
    Future<Void> move(String from, String to) {
        Set<S3Object> copied = new HashSet<>();
        int[] rounds = {0};
        return Loop.whileTrue(() -> round(from, to, copied).map(isLeft -> {
            if (isLeft && ++rounds[0] == MOST_ROUNDS) {
                throw new Failure(Kind.BUSY, "the recording gets files all the time, please try again");
            }
            return isLeft;
        }));
    }

    /** Copies what is new, or deletes what is copied where nothing is. @return whether anything was there */
    private Future<Boolean> round(String from, String to, Set<S3Object> copied) {
        int[] seen = {0};
        int[] fresh = {0};
        return client.list(from, "", page -> {
                    List<S3Object> missing = page.objects().stream()
                            .filter(object -> !copied.contains(object))
                            .toList();
                    seen[0] += page.objects().size();
                    fresh[0] += missing.size();
                    return copy(missing, from, to)
                            .onSuccess(done -> copied.addAll(missing))
                            .map(true);
                })
                .compose(
                        all -> seen[0] > 0 && fresh[0] == 0 ? delete(from, copied::contains) : Future.succeededFuture())
                .map(done -> seen[0] > 0);
    }

    private Future<Void> copy(List<S3Object> objects, String from, String to) {
        int[] next = {0};
        return Loop.whileTrue(() -> {
            List<S3Object> some = objects.subList(next[0], Math.min(objects.size(), next[0] + COPIES_AT_ONCE));
            next[0] += some.size();
            return some.isEmpty()
                    ? Future.succeededFuture(false)
                    : Future.join(some.stream()
                                    .map(object -> client.copy(object.key(), moved(object, from, to)))
                                    .toList())
                            .map(true);
        });
    }

    Future<Void> delete(String prefix) {
        return delete(prefix, object -> true);
    }

    private Future<Void> delete(String prefix, Predicate<S3Object> wanted) {
        return client.list(
                prefix,
                "",
                page -> delete(page.objects().stream().filter(wanted).toList()).map(true));
    }

    /** A page has no more objects than one order may name. */
    private Future<Void> delete(List<S3Object> objects) {
        if (objects.isEmpty()) {
            return Future.succeededFuture();
        }
        Buffer order = order(objects);
        return client.delete(order, sum(order));
    }

    private static Buffer order(List<S3Object> objects) {
        return Buffer.buffer(objects.stream()
                .map(object -> "<Object><Key>" + escaped(object.key()) + "</Key></Object>")
                .collect(Collectors.joining("", "<Delete><Quiet>true</Quiet>", "</Delete>")));
    }

    /** Keys hold no control characters. */
    private static String escaped(String key) {
        return key.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String sum(Buffer order) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(order.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
