package lyceum.grading.internal;

import java.util.List;
import java.util.Optional;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInDetail.ShownPartial;
import lyceum.grading.HandInState;
import lyceum.grading.Partial;
import lyceum.grading.Viewer;

/** Hand-ins as somebody sees them: in a language, and without what its package hides (contracts/grading.md, section 7.3). */
final class HandInViews {

    private final Texts texts;

    HandInViews(Texts texts) {
        this.texts = texts;
    }

    /** @return as lists show it */
    HandIn summary(StoredHandIn handIn, Viewer viewer) {
        boolean counts = handIn.state() == HandInState.ACCEPTED;
        return new HandIn(
                handIn.id(),
                handIn.student(),
                handIn.homework(),
                handIn.codePackage(),
                handIn.createdAt(),
                handIn.state(),
                handIn.scale(),
                counts ? handIn.score() : null,
                counts ? Tenths.of(handIn.score() * handIn.scale()) : null,
                texts.render(handIn.result(), Language.preferred(viewer.languages())),
                handIn.attempt(),
                handIn.queuePosition());
    }

    /**
     * All that the viewer may see of it.
     *
     * @param codePackage what it was handed in for; empty where that is not there any more
     */
    HandInDetail detail(StoredHandIn handIn, Optional<CodePackage> codePackage, Viewer viewer) {
        List<Language> languages = Language.preferred(viewer.languages());
        boolean showsCompile = viewer.isTeacher()
                || codePackage.map(CodePackage::reportCompile).orElse(true);
        boolean showsRuntime = viewer.isTeacher()
                || codePackage.map(CodePackage::reportRuntime).orElse(false);
        // What crashes behind its report is accepted, and nobody shall worry.
        boolean showsExit = viewer.isTeacher() || handIn.state() != HandInState.ACCEPTED;
        return new HandInDetail(
                summary(handIn, viewer),
                HandInContent.fileName(handIn.codePackage(), handIn.fileName()),
                showsCompile ? texts.render(handIn.compileError(), languages) : null,
                showsExit ? handIn.exitCode() : null,
                showsRuntime ? handIn.stdout() : null,
                showsRuntime ? handIn.stderr() : null,
                Optional.ofNullable(handIn.partials()).orElse(List.of()).stream()
                        .map(partial -> shown(partial, languages, showsDetail(partial, codePackage, viewer)))
                        .toList());
    }

    private static boolean showsDetail(Partial partial, Optional<CodePackage> codePackage, Viewer viewer) {
        return viewer.isTeacher()
                || codePackage
                        .map(found -> found.showsDetails(partial.typeName()))
                        .orElse(false);
    }

    private ShownPartial shown(Partial partial, List<Language> languages, boolean showsDetail) {
        return new ShownPartial(
                texts.render(partial.name(), languages),
                partial.typeName(),
                partial.score(),
                partial.weight(),
                partial.time(),
                texts.render(partial.brief(), languages),
                showsDetail
                        ? partial.detail().stream()
                                .map(text -> texts.render(text, languages))
                                .toList()
                        : List.of());
    }
}
