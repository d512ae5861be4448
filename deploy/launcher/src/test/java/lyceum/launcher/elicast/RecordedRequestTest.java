package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import org.junit.jupiter.api.Test;

class RecordedRequestTest {

    private final Tickets tickets = new Tickets();

    @Test
    void encodesAFormAsTheRealClientDoes() {
        Request request = prepare("{'method':'PUT','path':'/elicast','form':{'title':'a b&é+','teacher':''}}");

        assertThat(text(request)).isEqualTo("title=a%20b%26%C3%A9%2B&teacher=");
        assertThat(request.headers()).isEqualTo(Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void repeatsNamesOfFormPairs() {
        assertThat(text(prepare("{'method':'PUT','path':'/x','form_pairs':[['t','1'],['t','2']]}")))
                .isEqualTo("t=1&t=2");
    }

    @Test
    void encodesEachPartOfARepetition() {
        assertThat(
                        text(
                                prepare(
                                        "{'method':'PUT','path':'/x','form':{'t':{'prefix':'[','repeat':'é','count':2,'suffix':']'}}}")))
                .isEqualTo("t=%5B%C3%A9%C3%A9%5D");
        assertThat(text(prepare("{'method':'PUT','path':'/x','form':{'t':{'repeat':'a','count':3}}}")))
                .isEqualTo("t=aaa");
    }

    @Test
    void sendsARawBodyWithoutAContentTypeOfItsOwn() {
        Request request = prepare("{'method':'PUT','path':'/x','raw_body':'a=b c'}");

        assertThat(text(request)).isEqualTo("a=b c");
        assertThat(request.headers()).isEmpty();
        assertThat(prepare("{'method':'PUT','path':'/x','raw_hex':'00ff'}")
                        .body()
                        .pieces())
                .containsExactly(Buffer.buffer(new byte[] {0, (byte) 0xff}));
    }

    @Test
    void encodesTheQueryWithPlusForSpace() {
        assertThat(prepare("{'method':'GET','path':'/elicast','query':{'teacher':'kim s','page':'+1'}}")
                        .target())
                .isEqualTo("/elicast?teacher=kim+s&page=%2B1");
    }

    @Test
    void marksAFileOfAMultipartBody() {
        Request request = prepare(
                "{'method':'POST','path':'/x','multipart':[{'name':'i','value':'0'},{'name':'f','filename':'a.txt','value':'hi'}]}");

        assertThat(text(request))
                .contains("name=\"i\"\r\n\r\n0\r\n")
                .contains("name=\"f\"; filename=\"a.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nhi\r\n")
                .endsWith("--\r\n");
    }

    @Test
    void putsSamplesInThePlaceOfTheirNames() {
        Request request =
                prepare("{'method':'POST','path':'/x','form':{'b':{'json_parts':['file:audio/tone0.webm','x']}}}");

        assertThat(text(request))
                .isEqualTo("b="
                        + RecordedRequest.percentEncoded("[\"" + Recordings.dataUri("audio/tone0.webm") + "\",\"x\"]"));
    }

    @Test
    void keepsTheFirstTicketOfEachPage() {
        tickets.learn("", Json.parse("{\"ticket\":\"first\"}"));
        tickets.learn("", Json.parse("{\"ticket\":\"second\"}"));
        tickets.learn("editor", Json.parse("{\"ticket\":\"of editor\"}"));

        assertThat(tickets.fill("${ticket} ${ticket|upper} ${ticket of page \"editor\"}"))
                .isEqualTo("first FIRST of editor");
        assertThatThrownBy(() -> tickets.fill("${ticket of page \"player\"}")).hasMessageContaining("player");
    }

    private Request prepare(String json) {
        return new RecordedRequest(Json.parse(json.replace('\'', '"')), tickets).prepare();
    }

    private static String text(Request request) {
        Buffer whole = Buffer.buffer();
        request.body().pieces().forEach(whole::appendBuffer);
        return whole.toString();
    }
}
