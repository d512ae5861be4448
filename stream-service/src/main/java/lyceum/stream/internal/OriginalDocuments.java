package lyceum.stream.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.ImportReport;
import lyceum.stream.DocumentId;
import lyceum.stream.RecipeContent;
import lyceum.stream.SessionContent;

/**
 * What {@code mongoexport} makes of the original's collections {@code recipes} and {@code sessions}: one object on each line, or
 * all of them in a list. An {@code ObjectId} becomes its 24 hex digits, by which clients ask for it.
 */
final class OriginalDocuments {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentImportStore store;
    private final ImportReport report;

    OriginalDocuments(DocumentImportStore store, ImportReport report) {
        this.store = store;
        this.report = report;
    }

    /** @param file nothing happens where there is none */
    void takeRecipes(Path file) throws IOException {
        take("recipe", file, recipe -> {
            String id = DocumentId.checkNew(id(recipe));
            RecipeContent content = new RecipeContent(
                    text(recipe, "name"),
                    texts(recipe, "ingredients"),
                    texts(recipe, "tools"),
                    texts(recipe, "instructions"),
                    recipe.hasNonNull("steps") ? recipe.get("steps").toString() : null);
            return store.addRecipe(id, content);
        });
    }

    /** @param file nothing happens where there is none */
    void takeSessions(Path file) throws IOException {
        take("session", file, session -> {
            String id = DocumentId.checkNew(id(session));
            SessionContent content =
                    new SessionContent(text(session, "recipe"), number(session.path("step")), text(session, "prefix"));
            String created = text(session, "created_at");
            return store.addSession(id, content, created == null ? "" : created);
        });
    }

    private interface Taking {
        /** @return whether it was not here yet */
        boolean take(JsonNode document);
    }

    private void take(String table, Path file, Taking taking) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        report.imported(table, 0);
        int number = 0;
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                number++;
                try {
                    if (taking.take(document)) {
                        report.imported(table);
                    } else {
                        report.present(table);
                    }
                } catch (Failure e) {
                    report.refused(table, Integer.toString(number), e.getMessage());
                }
            }
        } catch (JsonProcessingException e) {
            report.refused(table, Integer.toString(number + 1), "is no JSON; nothing behind it was read");
        }
    }

    private static String id(JsonNode document) {
        JsonNode id = document.path("_id");
        return id.has("$oid") ? id.get("$oid").asText() : text(document, "_id");
    }

    private static String text(JsonNode document, String member) {
        JsonNode text = document.path(member);
        if (text.isMissingNode() || text.isNull()) {
            return null;
        }
        if (!text.isTextual()) {
            throw Failure.invalid(member + " is no text");
        }
        return text.textValue();
    }

    private static List<String> texts(JsonNode document, String member) {
        JsonNode list = document.path(member);
        if (list.isMissingNode() || list.isNull()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : list) {
            if (!text.isTextual()) {
                throw Failure.invalid(member + " is no list of texts");
            }
            texts.add(text.textValue());
        }
        if (!list.isArray()) {
            throw Failure.invalid(member + " is no list of texts");
        }
        return texts;
    }

    /** Extended JSON may write a number as {@code {"$numberLong": "3"}}. */
    private static long number(JsonNode step) {
        JsonNode number = step.isObject() && step.size() == 1 ? step.elements().next() : step;
        if (number.isMissingNode() || number.isNull()) {
            return 0;
        }
        if (number.isTextual() && number.textValue().matches("-?\\d{1,18}")) {
            return Long.parseLong(number.textValue());
        }
        if (!number.canConvertToLong() || !number.isIntegralNumber()) {
            throw Failure.invalid("step is no number");
        }
        return number.longValue();
    }
}
