package lyceum.launcher.railgun;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.railgun.SqlTokens.Kind;
import lyceum.launcher.railgun.SqlTokens.Token;

/** The rows of a dump, as {@code INSERT} or {@code COPY} of PostgreSQL have them; every other statement is passed over. */
final class SqlDump {

    private static final Set<String> NO_COLUMNS =
            Set.of("PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "CHECK", "INDEX", "FULLTEXT");
    /** A row has a value for each column, and no table has so many. */
    private static final int MOST_COLUMNS = 1_000;

    private final SqlTokens tokens;
    private final Rows rows;
    private final Map<String, List<String>> columns = new HashMap<>();

    private SqlDump(SqlTokens tokens, Rows rows) {
        this.tokens = tokens;
        this.rows = rows;
    }

    /** Gets one row after the other. */
    interface Rows {
        /** @param row values by column, in lower case; null for NULL */
        void add(String table, Map<String, String> row) throws IOException;
    }

    /** @throws IOException where it cannot be read, or is no dump */
    static void read(Path file, Rows rows) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            new SqlDump(new SqlTokens(bytes), rows).readAll();
        }
    }

    private void readAll() throws IOException {
        for (Token token = tokens.next(); token.kind() != Kind.END; token = tokens.next()) {
            if (token.isWord("INSERT") || token.isWord("REPLACE")) {
                insert();
            } else if (token.isWord("COPY")) {
                copy();
            } else if (token.isWord("CREATE")) {
                create();
            } else {
                skip(token);
            }
        }
    }

    private void skip(Token from) throws IOException {
        Token token = from;
        while (token.kind() != Kind.END && !token.isSign(';')) {
            token = tokens.next();
        }
    }

    private void insert() throws IOException {
        Token token = tokens.next();
        while (token.isWord("INTO") || token.isWord("IGNORE")) {
            token = tokens.next();
        }
        Named named = named(token);
        token = named.next();
        List<String> names = columns.getOrDefault(named.name(), List.of());
        if (token.isSign('(')) {
            names = names();
            token = tokens.next();
        }
        if (!token.isWord("VALUES")) {
            throw new IOException("not a dump: INSERT INTO %s without VALUES".formatted(named.name()));
        }
        do {
            expect(tokens.next(), '(');
            rows.add(named.name(), row(named.name(), names, values()));
            token = tokens.next();
        } while (token.isSign(','));
        skip(token);
    }

    /** A table, and the token behind its name. */
    private record Named(String name, Token next) {}

    /** Of {@code public.users} and {@code "public"."users"} the last part counts. */
    private Named named(Token first) throws IOException {
        String name = first.text();
        Token next = tokens.next();
        while (next.kind() == Kind.WORD && next.text().equals(".")) {
            name = tokens.next().text();
            next = tokens.next();
        }
        return new Named(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), next);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        Token token;
        do {
            names.add(bounded(names, tokens.next().text()).toLowerCase(Locale.ROOT));
            token = tokens.next();
        } while (token.isSign(','));
        expect(token, ')');
        return names;
    }

    private List<String> values() throws IOException {
        List<String> values = new ArrayList<>();
        Token next;
        do {
            Token token = tokens.next();
            String value = token.isWord("NULL") ? null : token.text();
            next = tokens.next();
            if (token.kind() == Kind.WORD && next.isSign('(')) {
                value = function(token.text());
                next = tokens.next();
            }
            bounded(values, "");
            values.add(value);
        } while (next.isSign(','));
        expect(next, ')');
        return values;
    }

    /** {@code sqlite3} writes a text with line breaks as {@code replace('a\nb','\n',char(10))}. */
    private String function(String name) throws IOException {
        List<String> arguments = values();
        if (name.equalsIgnoreCase("replace") && arguments.size() == 3 && !arguments.contains(null)) {
            return arguments.get(0).replace(arguments.get(1), arguments.get(2));
        }
        if (name.equalsIgnoreCase("char")
                && arguments.size() == 1
                && arguments.get(0).matches("\\d{1,5}")) {
            return Character.toString(Integer.parseInt(arguments.get(0)));
        }
        throw new IOException("not understood in a dump: %s(…)".formatted(name));
    }

    private static Map<String, String> row(String table, List<String> names, List<String> values) throws IOException {
        if (names.size() != values.size()) {
            throw new IOException(
                    "a row of %s has %d values for %d columns".formatted(table, values.size(), names.size()));
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), values.get(i));
        }
        return row;
    }

    /** Columns stand in the order of {@code CREATE TABLE} where an {@code INSERT} names none. */
    private void create() throws IOException {
        Token token = tokens.next();
        if (!token.isWord("TABLE")) {
            skip(token);
            return;
        }
        token = tokens.next();
        while (token.isWord("IF") || token.isWord("NOT") || token.isWord("EXISTS")) {
            token = tokens.next();
        }
        Named named = named(token);
        expect(named.next(), '(');
        List<String> names = new ArrayList<>();
        int depth = 1;
        boolean isFirst = true;
        while (depth > 0) {
            token = tokens.next();
            if (token.kind() == Kind.END) {
                throw new IOException("not a dump: CREATE TABLE %s does not end".formatted(named.name()));
            }
            if (isFirst
                    && !(token.kind() == Kind.WORD
                            && NO_COLUMNS.contains(token.text().toUpperCase(Locale.ROOT)))) {
                names.add(bounded(names, token.text()).toLowerCase(Locale.ROOT));
            }
            isFirst = depth == 1 && token.isSign(',');
            depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
        }
        columns.put(named.name(), names);
        skip(tokens.next());
    }

    /** Lines of {@code pg_dump}, with tabs between the values and a line {@code \.} at the end. */
    private void copy() throws IOException {
        Named named = named(tokens.next());
        if (!named.next().isSign('(')) {
            skip(named.next());
            return;
        }
        List<String> names = names();
        skip(tokens.next());
        tokens.line();
        for (String line = tokens.line(); !"\\.".equals(line); line = tokens.line()) {
            if (line == null) {
                throw new IOException("not a dump: COPY %s does not end".formatted(named.name()));
            }
            List<String> values = new ArrayList<>();
            for (String value : line.split("\t", -1)) {
                values.add(value.equals("\\N") ? null : unescaped(value));
            }
            rows.add(named.name(), row(named.name(), names, values));
        }
    }

    private static String unescaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            if (next != '\\' || i + 1 == value.length()) {
                text.append(next);
                continue;
            }
            i++;
            text.append(
                    switch (value.charAt(i)) {
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        default -> value.charAt(i);
                    });
        }
        return text.toString();
    }

    private static String bounded(List<String> list, String next) throws IOException {
        if (list.size() == MOST_COLUMNS) {
            throw new IOException("not a dump: more than %d columns".formatted(MOST_COLUMNS));
        }
        return next;
    }

    private static void expect(Token token, char sign) throws IOException {
        if (!token.isSign(sign)) {
            throw new IOException("not a dump: '%s' where a '%s' must be".formatted(token.text(), sign));
        }
    }
}
