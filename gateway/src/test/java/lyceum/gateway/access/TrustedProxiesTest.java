package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is the client, with the proxies 10.0.0.0/8, fd00::/8 and 192.0.2.1 in front. */
class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = trusting("10.0.0.0/8, fd00::/8,192.0.2.1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.9 | -                                  | 203.0.113.9",
                "203.0.113.9 | 198.51.100.7                       | 203.0.113.9",
                "10.1.2.3    | -                                  | 10.1.2.3",
                "10.1.2.3    | 198.51.100.7                       | 198.51.100.7",
                "10.1.2.3    | 1.1.1.1, 198.51.100.7              | 198.51.100.7",
                "10.1.2.3    | 1.1.1.1,198.51.100.7 , 10.9.9.9    | 198.51.100.7",
                "10.1.2.3    | 10.4.4.4, 10.5.5.5                 | 10.4.4.4",
                "10.1.2.3    | 1.1.1.1, unknown                   | 10.1.2.3",
                "10.1.2.3    | 1.1.1.1, _x, 10.5.5.5              | 10.5.5.5",
                "10.1.2.3    | ''                                 | 10.1.2.3",
                "10.1.2.3    | 198.51.100.7:4711                  | 198.51.100.7",
                "10.1.2.3    | 2001:DB8:0:0::1                    | 2001:db8::1",
                "10.1.2.3    | [2001:db8::1]                      | 2001:db8::1",
                "10.1.2.3    | [2001:db8::1]:4711                 | 2001:db8::1",
                "10.1.2.3    | 256.1.1.1                          | 10.1.2.3",
                "10.1.2.3    | localhost                          | 10.1.2.3",
                "192.0.2.1   | 198.51.100.7                       | 198.51.100.7",
                "192.0.2.2   | 198.51.100.7                       | 192.0.2.2",
                "fd12::1     | 198.51.100.7                       | 198.51.100.7",
                "fe80::1%eth0 | 198.51.100.7                      | fe80::1",
                "0:0:0:0:0:0:0:1 | -                              | ::1",
                "::ffff:10.1.2.3 | 198.51.100.7                   | 198.51.100.7"
            })
    void findsTheClient(String socket, String forwarded, String client) {
        List<String> header = forwarded == null ? List.of() : List.of(forwarded);

        assertThat(PROXIES.client(socket, header)).isEqualTo(client);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertThat(PROXIES.client("10.1.2.3", List.of("1.1.1.1, 198.51.100.7", "10.9.9.9")))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void believesNobodyUnlessToldTo() {
        assertThat(trusting("").client("127.0.0.1", List.of("198.51.100.7"))).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,8.8.8.8,true",
        "0.0.0.0/0,::1,false",
        "::/0,8.8.8.8,false",
        "10.0.0.128/25,10.0.0.127,false",
        "10.0.0.128/25,10.0.0.255,true",
        "10.0.0.7/8,10.200.0.1,true",
        "10.0.0.7/32,10.0.0.8,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false"
    })
    void knowsWhatLiesInABlock(String block, String address, boolean inside) {
        AddressRange range = AddressRange.parse(block).orElseThrow();

        assertThat(range.contains(AddressRange.address(address).orElseThrow())).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0", "localhost", "10.0.0.0/8/8", "/8"
            })
    void refusesWhatIsNoAddressOrBlock(String text) {
        assertThatThrownBy(() -> trusting("10.0.0.1," + text))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_TRUSTED_PROXIES: '%s' is not an address or block", text);
    }

    @Test
    void readsTheAddressesOfARequest() {
        Vertx vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(
                        request -> request.response().end(trusting("127.0.0.1").clientOf(request)))
                .listen(0, "127.0.0.1")
                .await();

        String client = WebClient.create(vertx)
                .get(server.actualPort(), "127.0.0.1", "/")
                .putHeader("X-Forwarded-For", List.of("9.9.9.9", "198.51.100.7"))
                .send()
                .await()
                .bodyAsString();

        assertThat(client).isEqualTo("198.51.100.7");
        vertx.close().await();
    }

    private static TrustedProxies trusting(String texts) {
        return TrustedProxies.from(new Settings(Map.of("LYCEUM_TRUSTED_PROXIES", texts)));
    }
}
