package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
import lyceum.stream.internal.convert.Likeness;
import org.junit.jupiter.api.Test;

class RecordedAnswerTest {

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void showsEveryDifferenceAtOnce() {
        assertThat(differences(
                        "{'status':404,'headers':{'allow':'GET'},'body_json':{'detail':'no'}}", "{'detail':'yes'}"))
                .hasSize(3);
    }

    @Test
    void takesOneOfSeveralStatuses() {
        assertThat(differences("{'statuses':[200,404]}", "")).isEmpty();
        assertThat(differences("{'statuses':[400,404]}", "")).hasSize(1);
    }

    @Test
    void comparesBytesAndTexts() {
        assertThat(differences("{'status':200,'body_b64':'eA=='}", "x")).isEmpty();
        assertThat(differences("{'status':200,'body_b64':'eA=='}", "y")).hasSize(1);
        assertThat(differences("{'status':200,'body_text':'{{epoch_s}}'}", "1700000000"))
                .isEmpty();
        assertThat(differences("{'status':200,'body_text':''}", "x")).hasSize(1);
        assertThat(differences("{'status':200,'body_json':{}}", "x")).hasSize(1);
        assertThat(differences("{'status':200,'contains':'1-0'}", "entry 1-0: no"))
                .isEmpty();
        assertThat(differences("{'status':200,'contains':'1-0'}", "entry: no")).hasSize(1);
    }

    @Test
    void passesOverWhatMayBeInAListOrNot() {
        String recorded = "{'status':200,'but_for':['x','{{epoch_s}}'],'body_json':['a']}";

        assertThat(differences(recorded, "['1700000000','a','x']")).isEmpty();
        assertThat(differences(recorded, "['a']")).isEmpty();
        assertThat(differences(recorded, "['a','y']")).hasSize(1);
    }

    @Test
    void comparesPixelsAndNumbers() {
        assertThat(differences("{'status':200,'body_json':[[1,2],[3,4]]}", "[[1,2],[3,4.0]]"))
                .isEmpty();
        assertThat(differences("{'status':200,'body_json':[[1,2],[3,4]]}", "[[1,2],[3,5]]"))
                .hasSize(1);
        assertThat(differences("{'status':200,'body_floats_le':[0.0]}", "\0\0\0\0"))
                .isEmpty();
        assertThat(differences("{'status':200,'body_floats_le':[1.0]}", "\0\0\0\0"))
                .hasSize(1);
        assertThat(differences("{'status':200,'body_image':{'format':'PNG'}}", "no picture"))
                .hasSize(1);
    }

    @Test
    void slicesEntries() {
        headers.set("entry-offset", "[[\"s\",\"1-0\",0],[\"s\",\"2-0\",8]]");
        String recorded = "{'status':200,'entries':[['s','{{id:1}}',{'a':1}],['s','{{id:2}}',2]]}";

        assertThat(differences(recorded, "{'a': 1}2")).isEmpty();
        assertThat(differences(recorded, "{'a':1}2")).isNotEmpty();
        headers.clear();
        assertThat(differences(recorded, "{'a': 1}2")).hasSize(1);
    }

    @Test
    void comparesOffsetsByValueAndInAscii() {
        String recorded = "{'status':200,'headers':{'entry-offset':'[[\\'日\\',0]]'}}";
        headers.set("entry-offset", "[[\"\\u65e5\",0]]");
        assertThat(differences(recorded, "")).isEmpty();
        headers.set("entry-offset", "[[\"日\",0]]");
        assertThat(differences(recorded, "")).hasSize(1);
    }

    @Test
    void comparesListsAndCookiesWithoutTheirOrder() {
        headers.set("Allow", "PUT, GET");
        headers.set("Set-Cookie", "a=\"Bearer a.b.c\"; Path=/; HttpOnly");

        assertThat(differences("{'status':200,'headers':{'allow':'GET'}}", "")).isEmpty();
        assertThat(differences("{'status':200,'headers':{'allow':'POST'}}", "")).hasSize(1);
        assertThat(differences(
                        "{'status':200,'headers':{'set-cookie':'a=\\'Bearer {{jwt}}\\'; HttpOnly; Path=/'}}", ""))
                .isEmpty();
        assertThat(differences("{'status':200,'headers':{'set-cookie':'a=\\'Bearer {{jwt}}\\'; HttpOnly'}}", ""))
                .hasSize(1);
    }

    private List<String> differences(String recorded, String body) {
        Answer answer = new Answer(200, headers, Buffer.buffer(body.replace('\'', '"')));
        return new RecordedAnswer(
                        Json.parse(recorded.replace("\\'", "\\\"").replace('\'', '"')),
                        new Comparison(new Placeholders()),
                        new RecordedPictures(Likeness.EXACT))
                .differences(answer);
    }
}
