package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lyceum.launcher.wire.Json;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final Comparison comparison = new Comparison(new Placeholders());

    @Test
    void comparesByValue() {
        assertThat(differences("{'a':1,'b':[true,null]}", "{'b':[true,null],'a':1.0}"))
                .isEmpty();
        assertThat(differences("0.40000009536743164", "0.4")).isEmpty();
        assertThat(differences("1", "'1'")).hasSize(1);
        assertThat(differences("[]", "{}")).hasSize(1);
        assertThat(differences("[1]", "[1,2]")).hasSize(1);
        assertThat(differences("5", "4")).hasSize(1);
    }

    @Test
    void tellsThePlaceOfEveryDifference() {
        assertThat(differences("{'a':{'b':[1,2]},'c':1}", "{'a':{'b':[1,3]},'d':1}"))
                .containsExactly("/a/b/1: expected 2, got 3", "/c: expected 1, got ", "/d: expected , got 1");
    }

    @Test
    void bindsPlaceholders() {
        assertThat(differences("[['s','{{id:1}}'],['t','{{id:1}}']]", "[['s','1-0'],['t','1-0']]"))
                .isEmpty();
        assertThat(differences("'{{id:1}}'", "'2-0'")).hasSize(1);
    }

    @Test
    void knowsWhatDependsOnRedis() {
        String recorded =
                "{'length':2,'radix-tree-keys':1,'radix-tree-nodes':2,'entries-added':2,'recorded-first-entry-id':'1-0',"
                        + "'max-deleted-entry-id':'0-0'}";

        assertThat(differences(recorded, "{'length':2,'radix-tree-keys':7,'radix-tree-nodes':9}"))
                .isEmpty();
        assertThat(differences(recorded, "{'length':2,'radix-tree-keys':7,'radix-tree-nodes':9,'entries-added':3}"))
                .hasSize(1);
        assertThat(differences(recorded, "{'length':2,'radix-tree-keys':7}")).hasSize(1);
    }

    @Test
    void knowsTheShapesOfErrors() {
        for (String detail : List.of("'no'", "[{'msg':'no','type':'x'}]", "[{'loc':['a'],'msg':'no','type':'x'}]")) {
            assertThat(differences("{'detail':'{{detail}}'}", "{'detail':%s}".formatted(detail)))
                    .as(detail)
                    .isEmpty();
        }
        for (String other : List.of("''", "[]", "null", "{}", "[{'msg':'no'}]", "1")) {
            assertThat(differences("{'detail':'{{detail}}'}", "{'detail':%s}".formatted(other)))
                    .as(other)
                    .hasSize(1);
        }
    }

    @Test
    void leavesWordsToWhoeverAnswers() {
        String finding = "{'loc':['query','count'],'msg':'{{any}}','type':'{{any}}'}";

        assertThat(differences(finding, "{'loc':['query','count'],'msg':'m','type':'t','ctx':{'limit_value':1}}"))
                .isEmpty();
        assertThat(differences(finding, "{'loc':['query','count'],'msg':'m','type':'t','more':1}"))
                .hasSize(1);
        assertThat(differences(finding, "{'loc':['query'],'msg':'m','type':'t'}"))
                .hasSize(1);
    }

    private List<String> differences(String expected, String actual) {
        return comparison.differences(Json.parse(expected.replace('\'', '"')), Json.parse(actual.replace('\'', '"')));
    }
}
