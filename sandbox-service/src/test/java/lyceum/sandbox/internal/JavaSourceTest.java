package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaSourceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            class Main { static void main(String[] a) {} }                     | Main.java | Main
            public class Hello { static void main(String[] a) {} }             | Hello.java | Hello
            class Hello { static void main(String[] a) {} }                    | Main.java | Hello
            class A { void f() {} } class B { static void main(String[] a) {} } | Main.java | B
            class A { static void main(String[] a) {} } class Main { static void main(String[] a) {} } | Main.java | Main
            class Main {} class B { static void main(String[] a) {} }          | Main.java | B
            class Main extends B {} class B {}                                 | Main.java | Main
            class A {} class B {}                                              | Main.java | A
            package a.b; public class C { static void main(String[] a) {} }    | C.java | a.b.C
            public final class C<T> { class Main { void main() {} } }          | C.java | C
            public abstract strictfp class C { }                               | C.java | C
            public record R(int x) { static void main(String[] a) {} }         | R.java | R
            public enum E { A; static void main(String[] a) {} }               | E.java | E
            public interface I { static void main(String[] a) {} }             | I.java | I
            class A {} public class B { static void main(String[] a) {} }      | B.java | B
            public class A { static void main(String[] a) {} } class B {}      | A.java | A
            @Deprecated(since = "{") class A { static void main(String[] a) {} } | Main.java | A
            import static a.main; void main() { } record R(int x) { }          | Main.java | Main
            // public class X                                                  | Main.java | Main
            /* public class X { */ class A { char c = '"'; void main() {} }    | Main.java | A
            class A { String s = "} public class X { \\"main"; } class B { void main() {} } | Main.java | B
            public class                                                       | Main.java | Main
            }}}} public class X {                                              | Main.java | Main
            """)
    void findsTheNameOfTheFileAndTheClassThatCanBeRun(String source, String file, String mainClass) {
        JavaSource java = java(source);

        assertThat(java.fileName("Main.java")).isEqualTo(file);
        assertThat(java.mainClass(file)).isEqualTo(mainClass);
    }

    @Test
    void leavesTextBlocksAlone() {
        JavaSource java = java("""
                class A { String s = \"""
                  public class X { " \\\""" "
                  \"""; }
                class B { void main() {} }""");

        assertThat(java.mainClass("Main.java")).isEqualTo("B");
    }

    @Test
    void keepsTheDirectoryAndGivesAnExtension() {
        assertThat(java("public class Foo {}").fileName("src/a/main.code")).isEqualTo("src/a/Foo.java");
        assertThat(java("class Foo {}").fileName("src/a/main.code")).isEqualTo("src/a/main.java");
        assertThat(java("class Foo {}").fileName("prog")).isEqualTo("prog.java");
    }

    @ParameterizedTest
    @CsvSource({"/*", "'\"', ''", "'\"\"\"', ''", "a", "{", "'\\', ''"})
    void endsWithAnEndlessText(String piece) {
        assertThat(java(piece.repeat(300_000)).mainClass("Main.java")).isEqualTo("Main");
    }

    private static JavaSource java(String source) {
        return new JavaSource(Buffer.buffer(source));
    }
}
