package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Recipe;
import lyceum.stream.RecipeContent;
import lyceum.stream.RecipeService;
import lyceum.stream.RecipeService.RecipePage;

/** Recipes in PostgreSQL; the schema is db/stream. What changes one notes what is to be told of it. */
final class RecipeStore {

    private static final int PAGE_ITEMS = 100;

    private static final String COLUMNS = "id, name, ingredients, tools, instructions, steps::text AS steps";

    private static final String PAGE = "SELECT position, " + COLUMNS + """
            , EXISTS (SELECT FROM recipe next WHERE next.position > page.position) AS more
              FROM (SELECT *, sum(bytes) OVER (ORDER BY position) - bytes AS bytes_before
                      FROM recipe
                     WHERE position > $1
                     ORDER BY position
                     LIMIT $2) page
             WHERE bytes_before < $3
             ORDER BY position""";

    private static final String FIND = "SELECT " + COLUMNS + " FROM recipe WHERE id = $1";

    private static final String SEARCH = "SELECT " + COLUMNS + """

              FROM recipe
             WHERE ($1::text IS NULL OR name = $1)
               AND ($2::jsonb IS NULL OR ingredients = $2)
               AND ($3::jsonb IS NULL OR tools = $3)
               AND ($4::jsonb IS NULL OR instructions = $4)
             ORDER BY position
             LIMIT 1""";

    /** One after the other, so that they are counted right, and no position is seen after a higher one. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('lyceum.stream.recipe'))";

    private static final String INSERT = """
            INSERT INTO recipe (id, name, ingredients, tools, instructions, steps)
            VALUES ($1, $2, $3, $4, $5, $6::text::json)
            ON CONFLICT (id) DO NOTHING
            RETURNING bytes""";

    private static final String COUNT = "SELECT count(*) FROM recipe";

    private static final String UPDATE = """
            UPDATE recipe
               SET name = coalesce($2, name),
                   ingredients = coalesce($3, ingredients),
                   tools = coalesce($4, tools),
                   instructions = coalesce($5, instructions),
                   steps = coalesce($6::text::json, steps)
             WHERE id = $1
            RETURNING bytes""";

    private static final String DELETE = "DELETE FROM recipe WHERE id = $1";

    private final Pool pool;
    private final DocumentLimits limits;

    RecipeStore(Pool pool, DocumentLimits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    /** @return done when the database answers */
    Future<Void> ping() {
        return pool.query("SELECT 1").execute().mapEmpty();
    }

    /** @param after position of the last one of the page before */
    Future<RecipePage> page(long after) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after, PAGE_ITEMS, (long) RecipeService.PAGE_BYTES))
                .map(rows -> page(rows, after));
    }

    private static RecipePage page(RowSet<Row> rows, long after) {
        List<Recipe> items = new ArrayList<>();
        long last = after;
        boolean more = false;
        for (Row row : rows) {
            items.add(recipe(row));
            last = row.getLong("position");
            more = row.getBoolean("more");
        }
        return new RecipePage(items, last, more);
    }

    /** @return the recipe, or NOT_FOUND */
    Future<Recipe> find(String id) {
        return pool.preparedQuery(FIND).execute(Tuple.of(id)).map(RecipeStore::first);
    }

    /** @return the oldest one, or NOT_FOUND */
    Future<Recipe> search(RecipeContent content) {
        Tuple wanted = Tuple.of(
                content.name(), json(content.ingredients()), json(content.tools()), json(content.instructions()));
        return pool.preparedQuery(SEARCH).execute(wanted).map(RecipeStore::first);
    }

    /** @return done; or CONFLICT where there is one of that id, or too many, INVALID where it is too long */
    Future<Void> insert(Recipe recipe) {
        DocumentEvent event = DocumentEvent.created(RecipeService.RECIPE_EVENTS, recipe.id(), recipe.json());
        return pool.withTransaction(transaction -> transaction
                .query(LOCK)
                .execute()
                .compose(locked -> transaction.preparedQuery(INSERT).execute(row(recipe.id(), recipe.content())))
                .map(rows -> check(rows, recipe.id()))
                .compose(inserted -> transaction.query(COUNT).execute())
                .compose(rows -> {
                    limits.checkCount(rows.iterator().next().getLong(0));
                    return OutboxStore.note(transaction, event);
                }));
    }

    private Void check(RowSet<Row> inserted, String id) {
        if (inserted.size() == 0) {
            throw new Failure(Kind.CONFLICT, "there is a recipe '%s' already".formatted(id));
        }
        limits.checkBytes(inserted.iterator().next().getInteger("bytes"));
        return null;
    }

    /** @return whether there is such a recipe; or INVALID where it becomes too long */
    Future<Boolean> update(String id, RecipeContent content) {
        DocumentEvent event = DocumentEvent.changed(RecipeService.RECIPE_EVENTS, id, content.given());
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(UPDATE)
                .execute(row(id, content))
                .compose(rows -> {
                    rows.forEach(row -> limits.checkBytes(row.getInteger("bytes")));
                    return noteIf(rows.rowCount() == 1, transaction, event);
                }));
    }

    /** @return whether there was such a recipe */
    Future<Boolean> delete(String id) {
        DocumentEvent event = DocumentEvent.deleted(RecipeService.RECIPE_EVENTS, id);
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(DELETE)
                .execute(Tuple.of(id))
                .compose(rows -> noteIf(rows.rowCount() == 1, transaction, event)));
    }

    private static Future<Boolean> noteIf(boolean isDone, SqlConnection transaction, DocumentEvent event) {
        return isDone ? OutboxStore.note(transaction, event).map(true) : Future.succeededFuture(false);
    }

    private static Tuple row(String id, RecipeContent content) {
        return Tuple.of(
                id,
                content.name(),
                json(content.ingredients()),
                json(content.tools()),
                json(content.instructions()),
                content.steps());
    }

    private static Recipe first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Failure.notFound("there is no such recipe");
        }
        return recipe(rows.iterator().next());
    }

    private static Recipe recipe(Row row) {
        return new Recipe(
                row.getString("id"),
                new RecipeContent(
                        row.getString("name"),
                        texts(row.getJsonArray("ingredients")),
                        texts(row.getJsonArray("tools")),
                        texts(row.getJsonArray("instructions")),
                        row.getString("steps")));
    }

    private static JsonArray json(List<String> texts) {
        return texts == null ? null : new JsonArray(texts);
    }

    private static List<String> texts(JsonArray json) {
        return json == null ? null : json.stream().map(String.class::cast).toList();
    }
}
