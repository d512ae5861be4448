package lyceum.stream.internal;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import lyceum.platform.Database;
import lyceum.stream.RecipeContent;
import lyceum.stream.SessionContent;

/** Takes documents of the original over, in a transaction of the caller's, who waits. Nobody is told of them. */
final class DocumentImportStore {

    private static final String RECIPE = """
            INSERT INTO recipe (id, name, ingredients, tools, instructions, steps)
            VALUES ($1, $2, $3, $4, $5, $6::text::json)
            ON CONFLICT (id) DO NOTHING""";

    private static final String SESSION = """
            INSERT INTO recipe_session (id, recipe, step, prefix, created_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO NOTHING""";

    private final SqlConnection transaction;

    DocumentImportStore(SqlConnection transaction) {
        this.transaction = transaction;
    }

    /** @return whether there was none of that id */
    boolean addRecipe(String id, RecipeContent recipe) {
        return add(
                RECIPE,
                Tuple.of(
                        id,
                        recipe.name(),
                        list(recipe.ingredients()),
                        list(recipe.tools()),
                        list(recipe.instructions()),
                        recipe.steps()));
    }

    /** @return whether there was none of that id */
    boolean addSession(String id, SessionContent session, String createdAt) {
        return add(SESSION, Tuple.of(id, session.recipe(), session.step(), session.prefix(), createdAt));
    }

    private boolean add(String sql, Tuple row) {
        return transaction.preparedQuery(sql).execute(row).await().rowCount() == 1;
    }

    private static JsonArray list(List<String> texts) {
        return texts == null ? null : new JsonArray(texts);
    }

    /** What is done in one transaction. */
    interface Work {
        void with(DocumentImportStore store) throws Exception;
    }

    /** Does it in one transaction, which is taken back in the end where it is dry. */
    static void inOneGo(Vertx vertx, Database database, boolean isDry, Work work) throws Exception {
        Pool pool = database.open(vertx);
        SqlConnection connection = pool.getConnection().await();
        Transaction transaction = connection.begin().await();
        boolean isWhole = false;
        try {
            work.with(new DocumentImportStore(connection));
            isWhole = true;
        } finally {
            (isWhole && !isDry ? transaction.commit() : transaction.rollback()).await();
            connection.close().eventually(pool::close).await();
        }
    }
}
