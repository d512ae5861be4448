package lyceum.gateway.judge0;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.judge0.Attributes;
import lyceum.sandbox.judge0.RubyBase64;

/**
 * What a client sends to create a submission: checked by Judge0's rules and in its words (app/models/submission.rb), and
 * made into a run. Reading it may unpack an archive, so it is not for an event loop.
 */
public final class SubmissionForm {

    private static final String LANGUAGE_ID = "language_id";
    private static final String ADDITIONAL_FILES = "additional_files";

    /** Judge0's way to bring own scripts that compile and run. */
    private static final String MULTI_FILE_PROGRAM = "89";

    private final Findings findings = new Findings();
    private final Judge0Languages languages;
    private final Scalars body;
    private final SubmissionTexts texts;
    private final SubmissionNumbers numbers;
    private final SubmissionOptions options;
    private final Optional<Buffer> archive;
    private final List<SourceFile> files;

    /**
     * @param isBase64 whether source, input and expected output are sent in base64; additional files always are
     * @param languages those that are here
     */
    public SubmissionForm(JsonObject body, boolean isBase64, Judge0Languages languages) {
        this.languages = languages;
        this.body = new Scalars(body);
        this.texts = SubmissionTexts.read(this.body, isBase64, findings);
        checkLanguage();
        this.numbers = SubmissionNumbers.read(this.body, findings);
        this.options = new SubmissionOptions(this.body);
        options.check(findings);
        this.archive = archive();
        this.files = archive.map(this::unpack).orElse(List.of());
    }

    /** @return under the name of each wrong attribute its messages; empty where nothing is wrong */
    public JsonObject findings() {
        return findings.json();
    }

    /** @return where the outcome is to be sent, or empty */
    public String callbackUrl() {
        return options.callbackUrl();
    }

    /**
     * @param token unguessable
     * @return the run, where nothing is wrong
     */
    public Run run(String token, String caller, Priority priority) {
        Language language = languages.find(languageId()).orElseThrow();
        Program program = new Program(language.name(), sources(language), options.arguments(), Map.of(), Directory.OWN);
        return new Run(
                token,
                caller,
                priority,
                program,
                texts.stdin().orElseGet(Buffer::buffer),
                options.isStderrRedirected() ? Streams.JOINED : Streams.APART,
                numbers.limits(language),
                Limits.OF_LANGUAGE,
                List.of(),
                attributes(language).note());
    }

    /** @return the source, which the language names, and what lies beside it, but never in its place */
    private List<SourceFile> sources(Language language) {
        SourceFile main = new SourceFile("", texts.source().orElseThrow());
        return Stream.concat(
                        Stream.of(main),
                        files.stream().filter(file -> !file.name().equals(language.mainFile())))
                .toList();
    }

    private Attributes attributes(Language language) {
        JsonObject json = new JsonObject()
                .put(LANGUAGE_ID, languageId())
                .put("language", languages.json(languageId()))
                .put(ADDITIONAL_FILES, archive.map(RubyBase64::encode).orElse(null));
        numbers.tell(json, language);
        options.tell(json);
        return new Attributes(json).expecting(texts.expectedOutput());
    }

    private void checkLanguage() {
        Optional<String> given = body.present(LANGUAGE_ID);
        if (given.isEmpty()) {
            findings.add(LANGUAGE_ID, "can't be blank");
        }
        String id = given.isEmpty() ? "" : Long.toString(languageId());
        if (id.equals(MULTI_FILE_PROGRAM)) {
            findings.add(LANGUAGE_ID, "multi-file programs are not supported, send source_code and additional_files");
        } else {
            languages.complaint(id).ifPresent(message -> findings.add(LANGUAGE_ID, message));
        }
    }

    /** @return the id; 0, which is none, for what is no number */
    private long languageId() {
        BigDecimal given = body.number(LANGUAGE_ID).orElse(BigDecimal.ZERO);
        return given.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    private Optional<Buffer> archive() {
        Optional<String> text = body.present(ADDITIONAL_FILES);
        Optional<Buffer> bytes = text.flatMap(RubyBase64::decode);
        if (text.isPresent() && bytes.isEmpty()) {
            findings.add(ADDITIONAL_FILES, "is not base64");
        }
        return bytes.filter(zip -> zip.length() > 0);
    }

    private List<SourceFile> unpack(Buffer zip) {
        try {
            return Archive.unpack(zip);
        } catch (Archive.Refused e) {
            findings.add(ADDITIONAL_FILES, e.getMessage());
            return List.of();
        }
    }
}
