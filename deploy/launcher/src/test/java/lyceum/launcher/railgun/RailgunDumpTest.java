package lyceum.launcher.railgun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import lyceum.account.internal.RailgunAccounts.OldUser;
import lyceum.grading.internal.RailgunHandIns.OldHandIn;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same two users and one hand-in, in each form in which an operator may have them. */
class RailgunDumpTest {

    private static final String UUID = "0123456789abcdef0123456789abcdef";

    private static final String MYSQL = """
            -- MySQL dump 10.13  Distrib 5.5.40
            /*!40101 SET NAMES utf8 */;
            DROP TABLE IF EXISTS `handins`;
            CREATE TABLE `handins` (
              `id` int(11) NOT NULL AUTO_INCREMENT,
              `uuid` varchar(32) DEFAULT NULL,
              `ctime` datetime DEFAULT NULL,
              `hwid` varchar(32) DEFAULT NULL,
              `lang` varchar(32) DEFAULT NULL,
              `state` enum('Pending','Running','Rejected','Accepted') DEFAULT NULL,
              `score` float DEFAULT NULL,
              `scale` float DEFAULT NULL,
              `partials` blob,
              `exitcode` int(11) DEFAULT NULL,
              `stdout` text,
              `stderr` text,
              `user_id` int(11) DEFAULT NULL,
              PRIMARY KEY (`id`),
              UNIQUE KEY `uuid` (`uuid`),
              CONSTRAINT `owner` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8 COMMENT='it''s; (all)';
            LOCK TABLES `handins` WRITE;
            INSERT INTO `handins` VALUES (7,'0123456789abcdef0123456789abcdef','2014-10-12 08:00:00','hw1','python','Accepted',87.5,-1e-1,_binary '\\0]q\\'(',0,'a\\'b\\nc;','é',2),
            (8,'fedcba9876543210fedcba9876543210','2014-10-12 09:00:00','hw1','python','Rejected',0,1,0x5d71,NULL,NULL,NULL,9);
            UNLOCK TABLES;
            INSERT INTO `users` (`id`,`name`,`email`,`password`,`is_admin`,`is_active`) VALUES (1,'root','r@x','pbkdf2:sha1:1000$a$b',1,1),(2,'ada','a@x',NULL,0,0);
            """;

    private static final String SQLITE = """
            PRAGMA foreign_keys=OFF;
            BEGIN TRANSACTION;
            CREATE TABLE users (
                id INTEGER NOT NULL, name VARCHAR(50), email VARCHAR(80), is_admin BOOLEAN, is_active BOOLEAN,
                PRIMARY KEY (id), UNIQUE (name), CHECK (is_admin IN (0, 1))
            );
            INSERT INTO users VALUES(1,'root','r@x',1,1);
            INSERT INTO "users" VALUES(2,'ada','a@x',0,0);
            CREATE TABLE "handins" (id INTEGER NOT NULL, uuid VARCHAR(32), ctime DATETIME, hwid VARCHAR(32), lang VARCHAR(32),
              state VARCHAR(8), score FLOAT, scale FLOAT, partials BLOB, exitcode INTEGER, stdout TEXT, stderr TEXT,
              user_id INTEGER, PRIMARY KEY (id), FOREIGN KEY(user_id) REFERENCES users (id));
            INSERT INTO handins VALUES(7,'0123456789abcdef0123456789abcdef','2014-10-12 08:00:00','hw1','python','Accepted',87.5,-0.1,X'5d71',0,replace('a''b\\nc;','\\n',char(10)),'é',2);
            INSERT INTO handins VALUES(8,'fedcba9876543210fedcba9876543210','2014-10-12 09:00:00','hw1','python','Rejected',0,1.0,NULL,NULL,NULL,NULL,9);
            COMMIT;
            """;

    private static final String POSTGRES = """
            --
            -- PostgreSQL database dump
            --
            SET standard_conforming_strings = on;
            CREATE TABLE public.users (
                id integer NOT NULL,
                name character varying(50)
            );
            COPY public.handins (id, uuid, ctime, hwid, lang, state, score, scale, partials, exitcode, stdout, stderr, user_id) FROM stdin;
            7\t0123456789abcdef0123456789abcdef\t2014-10-12 08:00:00\thw1\tpython\tAccepted\t87.5\t-0.1\t\\\\x5d71\t0\ta'b\\nc;\té\t2
            8\tfedcba9876543210fedcba9876543210\t2014-10-12 09:00:00\thw1\tpython\tRejected\t0\t1\t\\N\t\\N\t\\N\t\\N\t9
            \\.
            INSERT INTO public.users (id, name, email, is_admin, is_active) VALUES (1, 'root', 'r@x', true, true);
            INSERT INTO "public"."users" (id, name, email, is_admin, is_active) VALUES (2, E'ada', 'a\\x', false, false);
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {MYSQL, SQLITE, POSTGRES})
    void isReadWhateverHasWrittenIt(String text) throws IOException {
        check(RailgunDump.open(file(text)));
    }

    @Test
    void isReadFromSqliteItself() throws IOException, SQLException {
        Path file = directory.resolve("railgun.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (String each : SQLITE.replace("\nCOMMIT;\n", "").split(";\n")) {
                if (!each.contains("TRANSACTION")) {
                    statement.execute(each);
                }
            }
        }

        check(RailgunDump.open(file));
    }

    private static void check(RailgunDump dump) throws IOException {
        assertThat(dump.users())
                .extracting(OldUser::name, OldUser::isAdmin, OldUser::isActive)
                .containsExactlyInAnyOrder(tuple("root", true, true), tuple("ada", false, false));
        List<OldHandIn> handIns = new ArrayList<>();
        dump.handIns(handIns::add);
        assertThat(handIns).hasSize(2);
        assertThat(handIns.get(0))
                .extracting(
                        OldHandIn::uuid, OldHandIn::createdAt, OldHandIn::student, OldHandIn::stdout, OldHandIn::stderr)
                .containsExactly(UUID, "2014-10-12 08:00:00", "ada", "a'b\nc;", "é");
        assertThat(Double.parseDouble(handIns.get(0).scale())).isEqualTo(-0.1);
        assertThat(handIns.get(0).exitCode()).isEqualTo("0");
        assertThat(handIns.get(1).student()).isNull();
        assertThat(handIns.get(1).exitCode()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing of the kind",
                "INSERT INTO users VALUES (1);",
                "INSERT INTO users (id, name) VALUES (1, 'without end",
                "INSERT INTO users (id) VALUES (1",
                "INSERT INTO users (id) SELECT 1;",
                "INSERT INTO users (id) VALUES (load_file('/etc/passwd'));",
                "CREATE TABLE users (id int",
                "COPY users (id, name) FROM stdin;\n1\t2\n",
                "COPY users (id) FROM stdin;\n1\n",
                "INSERT INTO users (id) VALUES (X'5');"
            })
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void isRefusedWhereItIsNone(String text) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> RailgunDump.open(file))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("--import=railgun: '%s' is not a database of Railgun: ", file);
    }

    @Test
    void isRefusedWhereItIsNotThere() {
        assertThatThrownBy(() -> RailgunDump.open(directory.resolve("none")))
                .isInstanceOf(WrongSetting.class)
                .hasMessageEndingWith("there is no such file");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("railgun.sql"), text);
    }
}
