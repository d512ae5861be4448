package lyceum.gateway.grading;

import java.util.Map;
import java.util.stream.Stream;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;
import lyceum.platform.Failure;

/**
 * What somebody hands in: the name of a package, and one of a file, a URL and a text of CSV. The file may be called as it
 * likes in the form.
 */
final class HandInForm implements FormSink {

    private static final int NAME_BYTES = 256;
    private static final int URL_BYTES = 8 * 1024;

    private final ShortText codePackage = ShortText.refusedBeyond(NAME_BYTES);
    private final ShortText url = ShortText.refusedBeyond(URL_BYTES);
    private final ShortText csv;
    private final ShortText file;
    private final WantedFields texts;

    private String fileName;

    /** @param contentBytes longest content */
    HandInForm(int contentBytes) {
        csv = ShortText.refusedBeyond(contentBytes);
        file = ShortText.refusedBeyond(contentBytes);
        texts = new WantedFields(Map.of("package", codePackage, "url", url, "csv", csv), Map.of());
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        return texts.field(name, isFile);
    }

    /** A field for a file that was left empty is a file, too: whatever it is called, it is no text. */
    @Override
    public boolean isFile(String sentName) {
        return true;
    }

    @Override
    public FieldSink file(String name, String sentName) {
        if (fileName != null || sentName.isEmpty()) {
            return FieldSink.IGNORED;
        }
        fileName = sentName.substring(Math.max(sentName.lastIndexOf('/'), sentName.lastIndexOf('\\')) + 1);
        return file;
    }

    String codePackage() {
        if (codePackage.text().isEmpty()) {
            throw Failure.invalid("package is missing");
        }
        return codePackage.text();
    }

    /** @return of the archive; null where it is none */
    String fileName() {
        return fileName;
    }

    /** @return the archive, or the text in UTF-8 */
    byte[] content() {
        long kinds = Stream.of(fileName != null, texts.hasCome("url"), texts.hasCome("csv"))
                .filter(is -> is)
                .count();
        if (kinds != 1) {
            throw Failure.invalid("exactly one of a file, url and csv must be handed in");
        }
        if (fileName != null) {
            return file.utf8();
        }
        return texts.hasCome("url") ? url.utf8() : csv.utf8();
    }
}
