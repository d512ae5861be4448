package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;

/**
 * Programs of one shipped language.
 *
 * @param echo writes its two arguments, then its standard input, and ends with 3
 * @param wrong does not compile, or fails at once
 * @param hungry holds ever more memory
 * @param files two files that write {@code 42} together
 */
record Tongue(String name, String echo, String wrong, String hungry, List<SourceFile> files) {

    private static final AtomicInteger IDS = new AtomicInteger();

    static Stream<Tongue> all() {
        return Stream.of(python(), bash(), c(), cpp(), java(), javascript(), go(), rust());
    }

    /** @return what becomes of a program of it that gets {@code one} and {@code two words} as arguments */
    Outcome run(TestSandbox sandbox, String stdin, Limits limits, SourceFile... files) {
        List<String> arguments = List.of("one", "two words");
        return run(sandbox, new Program(name, List.of(files), arguments, Map.of(), Directory.OWN), stdin, limits);
    }

    static Outcome run(TestSandbox sandbox, Program program, String stdin, Limits limits) {
        Run run = new Run(
                "language-" + IDS.incrementAndGet(),
                "",
                Priority.INTERACTIVE,
                program,
                Buffer.buffer(stdin),
                Streams.APART,
                limits,
                Limits.OF_LANGUAGE,
                List.of());
        return sandbox.service().run(run).await();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Tongue python() {
        return new Tongue(
                "python3",
                "import sys\nprint(*sys.argv[1:])\nprint(sys.stdin.read(), end='')\nsys.exit(3)",
                "def f(:",
                "a = []\nwhile True: a.append(bytearray(1 << 20))",
                List.of(file("", "import other.one\nprint(other.one.N)"), file("other/one.py", "N = 42")));
    }

    private static Tongue bash() {
        return new Tongue(
                "bash",
                "echo \"$1 $2\"; cat; exit 3",
                "if",
                "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done",
                List.of(file("", ". lib/other.sh; f"), file("lib/other.sh", "f() { echo 42; }")));
    }

    private static Tongue c() {
        return new Tongue(
                "c",
                """
                #include <stdio.h>
                int main(int n, char **a) {
                    printf("%s %s\\n", a[1], a[2]);
                    for (int c; (c = getchar()) != EOF;) putchar(c);
                    return 3;
                }""",
                "int main() { return 0 }",
                """
                #include <stdlib.h>
                #include <string.h>
                int main() { for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); } }""",
                List.of(
                        file("m.c", "#include <stdio.h>\n#include \"n.h\"\nint main() { printf(\"%d\\n\", n()); }"),
                        file("n.h", "int n();"),
                        file("lib/n.c", "#include \"n.h\"\nint n() { return 42; }")));
    }

    private static Tongue cpp() {
        return new Tongue(
                "c++",
                """
                #include <bits/stdc++.h>
                int main(int n, char **a) {
                    std::cout << a[1] << ' ' << a[2] << std::endl << std::cin.rdbuf();
                    return 3;
                }""",
                "int main() { return 0 }",
                """
                #include <vector>
                int main() { std::vector<std::vector<char>> v; for (;;) v.emplace_back(1 << 20, 'x'); }""",
                List.of(
                        file("m.cc", "#include <iostream>\nint n();\nint main() { std::cout << n() << std::endl; }"),
                        file("lib/n.cpp", "int n() { return 42; }")));
    }

    static Tongue java() {
        return new Tongue(
                "java",
                """
                public class Echo {
                    public static void main(String[] a) throws Exception {
                        System.out.println(a[0] + " " + a[1]);
                        System.in.transferTo(System.out);
                        System.exit(3);
                    }
                }""",
                "class Main { int f() { return 0 } }",
                """
                class Hungry {
                    public static void main(String[] a) {
                        var list = new java.util.ArrayList<byte[]>();
                        while (true) list.add(new byte[1 << 20]);
                    }
                }""",
                List.of(
                        file(
                                "Start.java",
                                "class Start { public static void main(String[] a) { System.out.println(p.N.N); } }"),
                        file("p/N.java", "package p; public class N { public static final int N = 42; }")));
    }

    private static Tongue javascript() {
        return new Tongue(
                "javascript",
                """
                console.log(...process.argv.slice(2));
                process.stdin.pipe(process.stdout);
                process.exitCode = 3;""",
                "function {",
                "const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1));",
                List.of(file("", "console.log(require('./lib/n.js').n)"), file("lib/n.js", "exports.n = 42;")));
    }

    private static Tongue go() {
        return new Tongue(
                "go",
                """
                package main
                import ("fmt"; "io"; "os")
                func main() { fmt.Println(os.Args[1], os.Args[2]); io.Copy(os.Stdout, os.Stdin); os.Exit(3) }""",
                "package main\nfunc main() { x := 1 }",
                """
                package main
                func main() {
                    var all [][]byte
                    for { b := make([]byte, 1 << 20); for i := range b { b[i] = 1 }; all = append(all, b) }
                }""",
                List.of(
                        file("m.go", "package main\nfunc main() { println2(n()) }"),
                        file(
                                "n.go",
                                "package main\nimport \"fmt\"\nfunc n() int { return 42 }\nfunc println2(i int) { fmt.Println(i) }")));
    }

    private static Tongue rust() {
        return new Tongue(
                "rust",
                """
                use std::io::{copy, stdin, stdout};
                fn main() {
                    let a: Vec<String> = std::env::args().collect();
                    println!("{} {}", a[1], a[2]);
                    copy(&mut stdin(), &mut stdout()).unwrap();
                    std::process::exit(3);
                }""",
                "fn main() { let x: i32 = \"\"; }",
                """
                fn main() { let mut v = Vec::new(); loop { v.push(vec![1u8; 1 << 20]); } }""",
                List.of(
                        file("m.rs", "mod n;\nfn main() { println!(\"{}\", n::n()); }"),
                        file("n.rs", "pub fn n() -> i32 { 42 }")));
    }

    private static SourceFile file(String name, String content) {
        return new SourceFile(name, Buffer.buffer(content));
    }
}
