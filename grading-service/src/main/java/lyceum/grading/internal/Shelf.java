package lyceum.grading.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lyceum.grading.HomeworkService;
import lyceum.grading.internal.HomeworkStore.Access;
import lyceum.platform.Failure;

/**
 * All homework there is at a moment. Never changed.
 *
 * @param homework by slug
 * @param access what students may not do, by uuid or {@link HomeworkService#EVERY}
 * @param skipped what could not be read, one line each
 */
record Shelf(SortedMap<String, Homework> homework, Map<String, Access> access, List<String> skipped) {

    static final Shelf EMPTY = new Shelf(new TreeMap<>(), Map.of(), List.of());

    /**
     * Puts uploaded homework beside that of a directory; of two of one slug, or of one uuid, the uploaded one counts.
     *
     * @param broken why homework could not be read, by slug
     */
    static Shelf of(
            List<Homework> found, List<Homework> uploaded, Map<String, String> broken, Map<String, Access> access) {
        SortedMap<String, Homework> all = new TreeMap<>();
        Map<String, String> slugs = new HashMap<>();
        List<String> skipped = new ArrayList<>();
        broken.forEach((slug, reason) -> skipped.add(slug + ": " + reason));
        uploaded.forEach(homework -> {
            all.put(homework.slug(), homework);
            slugs.put(homework.uuid(), homework.slug());
        });
        for (Homework homework : found) {
            String other = slugs.get(homework.uuid());
            if (other != null && !other.equals(homework.slug())) {
                skipped.add(homework.slug() + ": its uuid is that of " + other);
            } else {
                all.putIfAbsent(homework.slug(), homework);
            }
        }
        return new Shelf(all, Map.copyOf(access), List.copyOf(skipped));
    }

    Optional<Homework> byUuid(String uuid) {
        return homework.values().stream()
                .filter(each -> each.uuid().equals(uuid))
                .findFirst();
    }

    /** @return what something was handed in for; empty where that is not there any more */
    Optional<CodePackage> codePackage(StoredHandIn handIn) {
        return byUuid(handIn.homework()).map(found -> found.packages().get(handIn.codePackage()));
    }

    /** @return by slug or uuid; fails with NOT_FOUND, also where it is hidden from students */
    Homework find(String slugOrUuid, boolean isTeacher) {
        return Optional.ofNullable(homework.get(slugOrUuid))
                .or(() -> byUuid(slugOrUuid))
                .filter(found -> isTeacher || !access(found).isHidden())
                .orElseThrow(() -> Failure.notFound("there is no such homework"));
    }

    Access access(Homework of) {
        Access own = access.getOrDefault(of.uuid(), Access.OPEN);
        return own.and(access.getOrDefault(HomeworkService.EVERY, Access.OPEN));
    }
}
