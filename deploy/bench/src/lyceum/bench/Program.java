package lyceum.bench;

/** What is run to be measured; each says hello at its end. */
enum Program {
    /** Nothing but its start and its end. */
    HELLO("hello", 100, "print(\"hello\")"),
    /** 200 ms on the machine that the recorded figures are of. */
    COMPUTATION("200 ms computation", 4, "x = 0\nfor i in range(4800000): x += i\nprint(\"hello\")"),
    /** Output as fast as it can be written. */
    OUTPUT("1 MiB output", 24, "for i in range(16): print(\"x\" * 65535)\nprint(\"hello\")");

    private final String title;
    private final int runs;
    private final String source;

    Program(String title, int runs, String source) {
        this.title = title;
        this.runs = runs;
        this.source = source;
    }

    String title() {
        return title;
    }

    /** @return how often it is run in one round, divided among those who ask at once */
    int runs() {
        return runs;
    }

    String source() {
        return source;
    }
}
