package lyceum.gateway.recording;

import io.vertx.core.json.JsonObject;
import java.util.List;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.PieceBuffer;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import lyceum.stream.RecordingFileService;

/** A form with one file, {@code file}; the name that its part gives it means nothing. */
final class FileForm implements FormSink {

    static final String FILE = "file";

    private static final List<Object> PLACE = List.of("body", FILE);

    private final FileWriter writer;
    private Finding finding;
    private boolean isBegun;

    /** @param writer gets the file */
    FileForm(FileWriter writer) {
        this.writer = writer;
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        if (name.equals(FILE)) {
            finding =
                    new Finding(PLACE, "Expected UploadFile, received: <class 'str'>", "value_error", new JsonObject());
        }
        return FieldSink.IGNORED;
    }

    /** The original (Starlette) takes any part with a file name for a file. */
    @Override
    public boolean isFile(String sentName) {
        return true;
    }

    @Override
    public FieldSink file(String name, String fileName) {
        if (!name.equals(FILE)) {
            return FieldSink.IGNORED;
        }
        if (isBegun) {
            finding = Finding.wrongAt(PLACE, "there is more than one file");
            return FieldSink.IGNORED;
        }
        isBegun = true;
        writer.begin();
        return new Content();
    }

    /** Refuses with 422 if anything was wrong, or no file came. */
    void end() {
        if (finding == null && !isBegun) {
            finding = Finding.missing("body", FILE);
        }
        if (finding != null) {
            throw Refusal.unprocessable(List.of(finding));
        }
    }

    private final class Content implements FieldSink {

        private final PieceBuffer pieces = new PieceBuffer(RecordingFileService.PIECE_BYTES, writer::append);

        @Override
        public void write(byte[] bytes, int from, int to) {
            if (writer.isBroken()) {
                throw new Refusal(503);
            }
            pieces.write(bytes, from, to);
        }

        @Override
        public void end() {
            pieces.flush();
        }
    }
}
