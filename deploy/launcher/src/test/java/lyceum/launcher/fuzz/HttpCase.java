package lyceum.launcher.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lyceum.launcher.fuzz.Contract.Call;
import lyceum.launcher.fuzz.Contract.Media;
import lyceum.launcher.fuzz.Contract.Parameter;

/** One request in bytes that is wrong in some way, and otherwise as its operation has it. */
final class HttpCase {

    private static final List<String> PATHS = List.of(
            "/../x",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..;/",
            "//",
            "/./",
            "/%",
            "/%zz",
            "/%00",
            "/%c0%af",
            "/%ed%a0%80",
            "/%2f%2f",
            "/%252e%252e",
            "/\\..\\x",
            "/;a=b",
            "/#x",
            "/?",
            "/ x",
            "/\u00e4",
            "*",
            "http://127.0.0.1/elicast",
            "");
    private static final List<String> METHODS = List.of(
            "TRACE",
            "CONNECT",
            "PATCH",
            "OPTIONS",
            "HEAD",
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "get",
            "PRI",
            "X-Y",
            "G\u0000T",
            "");
    private static final List<String> HEADERS = List.of(
            "Range: bytes=0-,5-1,-99999999999999999999",
            "Range: bytes=99999999999999999999-",
            "If-Match: \"\", W/\"x\", *",
            "If-Match: 5",
            "If-None-Match: \"a\",,\"",
            "If-Modified-Since: yesterday",
            "If-Range: x",
            "Accept: */*;q=x",
            "Accept-Language: xx-;q=9",
            "Accept-Encoding: gzip;q=-1",
            "Expect: 100-continue",
            "Expect: the unexpected",
            "Upgrade: websocket",
            "Upgrade: h2c\r\nHTTP2-Settings: x\r\nConnection: Upgrade, HTTP2-Settings",
            "Connection: close, keep-alive, upgrade",
            "Cookie: authorization=\"Bearer ; a=b; =; ,",
            "Cookie: authorization=Bearer%20x",
            "Authorization: Bearer",
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
            "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
            "Authorization: Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AAAA",
            "X-Auth-Token: \u00e4",
            "X-Forwarded-For: , ,1.2.3.4:x,[::",
            "X-Request-Id: \u0001",
            "Content-Encoding: gzip",
            "Origin: null",
            "Origin: http://x\ty",
            "Last-Event-ID: scored--1",
            "Content-Type: application/json; charset=\"",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=\"\"",
            "Content-Type: multipart/form-data; boundary=" + "b".repeat(500),
            "Content-Type: application/x-www-form-urlencoded; charset=utf-7",
            "Content-Type: ,",
            "Host: ",
            "Host: a\r\nHost: b",
            "Bad Header: x",
            ": empty",
            "NoColon",
            " folded: x",
            "A: " + "b".repeat(9_000),
            "Cookie: " + "c=d; ".repeat(4_000));

    private final Values values;
    private final Bodies bodies;
    private final Call call;
    private final Optional<String> token;

    /** What is wrong with a request. */
    enum Fault {
        PARAMETER,
        BODY,
        MEDIA_TYPE,
        PATH,
        QUERY,
        METHOD,
        HEADER,
        FRAMING
    }

    private Fault fault;

    /** @param token of who asks; empty for nobody */
    HttpCase(Contract contract, Values values, Optional<String> token) {
        this.values = values;
        this.bodies = new Bodies(values);
        this.call = values.oneOf(contract.calls());
        this.token = token;
    }

    Call call() {
        return call;
    }

    Fault fault() {
        return fault;
    }

    /** @return the request as it goes over the network */
    byte[] bytes() {
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        if (!call.bodies().isEmpty()) {
            // What is read most is tried most.
            faults.addAll(List.of(Fault.BODY, Fault.BODY, Fault.BODY, Fault.FRAMING, Fault.MEDIA_TYPE));
        }
        fault = values.oneOf(faults);
        String method = fault == Fault.METHOD ? values.oneOf(METHODS) : call.method();
        List<String> head = new ArrayList<>();
        head.add(method + ' ' + target() + ' ' + version());
        head.add("Host: 127.0.0.1");
        token.ifPresent(text -> head.add("Authorization: Bearer " + text));
        call.parameters().stream()
                .filter(parameter -> parameter.in().equals("header"))
                .filter(parameter -> values.once(2))
                .forEach(parameter -> head.add(parameter.name() + ": " + line(value(parameter))));
        byte[] body = body(head);
        if (fault == Fault.HEADER) {
            head.add(1 + values.below(head.size()), values.oneOf(HEADERS));
        }
        return framed(head, body);
    }

    private String version() {
        return fault == Fault.FRAMING && values.once(10)
                ? values.oneOf(List.of("HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.1 x", ""))
                : "HTTP/1.1";
    }

    private String target() {
        StringBuilder target = new StringBuilder(values.once(5) ? "/api" : "").append(call.path());
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : call.parameters()) {
            if (parameter.in().equals("path")) {
                String place = '{' + parameter.name() + '}';
                int at = target.indexOf(place);
                if (at >= 0) {
                    target.replace(at, at + place.length(), escape(String.valueOf(value(parameter))));
                }
            } else if (parameter.in().equals("query") && !values.once(3)) {
                query.append(query.length() == 0 ? '?' : '&')
                        .append(escape(parameter.name()))
                        .append('=')
                        .append(escape(String.valueOf(value(parameter))));
            }
        }
        if (fault == Fault.PATH) {
            String trick = values.oneOf(PATHS);
            target = values.once(3) ? new StringBuilder(trick) : target.append(trick);
            if (values.once(20)) {
                target.append("/x".repeat(values.below(6_000)));
            }
        }
        if (fault == Fault.QUERY) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(values.oneOf(List.of(
                            "%",
                            "a=%zz",
                            "%00=%00",
                            "=",
                            "&&",
                            "token=",
                            "token=x",
                            "a=%c0",
                            ";",
                            "count=-1&count=1e9",
                            "id=1&id=2",
                            "?",
                            "x=" + "y".repeat(9_000),
                            "a[b]=c",
                            "%ed%a0%80")));
        }
        return target.append(query).toString();
    }

    private Object value(Parameter parameter) {
        Object plausible = values.plausible(parameter.schema());
        return fault == Fault.PARAMETER && values.once(2) ? values.hostileText() : plausible;
    }

    private byte[] body(List<String> head) {
        if (call.bodies().isEmpty()) {
            if (fault != Fault.BODY) {
                return new byte[0];
            }
            head.add("Content-Type: application/json");
            return values.bytes(values.below(300));
        }
        Media media = values.oneOf(call.bodies());
        Object value = values.plausible(media.schema());
        Object sent = fault == Fault.BODY ? values.spoilt(value) : value;
        if (fault == Fault.MEDIA_TYPE) {
            String other = values.oneOf(List.of(
                    "application/json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data",
                    "text/plain",
                    "application/octet-stream",
                    "application/xml"));
            head.add("Content-Type: " + Bodies.header(values.once(2) ? other : media.type()));
            return bodies.of(other, sent);
        }
        head.add("Content-Type: " + Bodies.header(media.type()));
        return fault == Fault.BODY || values.once(2)
                ? bodies.of(media.type(), sent)
                : media.type().contains("json")
                        ? Json.encode(sent).getBytes(StandardCharsets.UTF_8)
                        : bodies.of(media.type(), sent);
    }

    private byte[] framed(List<String> head, byte[] body) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] sent = body;
        if (fault == Fault.FRAMING) {
            switch (values.below(12)) {
                case 0 -> head.add("Content-Length: " + (body.length + 1 + values.below(1_000)));
                case 1 -> head.add("Content-Length: " + Math.max(0, body.length - 1 - values.below(20)));
                case 2 -> head.add("Content-Length: -1");
                case 3 -> head.add("Content-Length: 99999999999999999999");
                case 4 -> head.add("Content-Length: x");
                case 5 -> {
                    head.add("Content-Length: " + body.length);
                    head.add("Content-Length: " + (body.length + 5));
                }
                case 6 -> {
                    head.add("Content-Length: " + body.length);
                    head.add("Transfer-Encoding: chunked");
                    sent = chunked(body, "\r\n");
                }
                case 7 -> {
                    head.add("Transfer-Encoding: chunked");
                    sent = (values.oneOf(List.of(
                                            "zz", "-5", "ffffffffffffffff", "7fffffff", "", "5;" + "x".repeat(9_000)))
                                    + "\r\nhello\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
                }
                case 8 -> {
                    head.add("Transfer-Encoding: gzip, chunked");
                    sent = chunked(body, "\r\n");
                }
                case 9 -> {
                    head.add("Transfer-Encoding: chunked");
                    sent = chunked(body, "\n");
                }
                case 10 -> {
                    head.add("Transfer-Encoding: chunked");
                    sent = values.bytes(200);
                }
                default -> head.add("Transfer-Encoding: identity");
            }
        } else if (body.length > 0 || !call.bodies().isEmpty()) {
            head.add("Content-Length: " + body.length);
        }
        byte[] lines = (String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        whole.write(lines, 0, lines.length);
        whole.write(sent, 0, sent.length);
        return whole.toByteArray();
    }

    private static byte[] chunked(byte[] body, String lineEnd) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        byte[] size = (Integer.toHexString(body.length).toUpperCase(Locale.ROOT) + lineEnd)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] end = (lineEnd + "0" + lineEnd + lineEnd).getBytes(StandardCharsets.US_ASCII);
        chunks.write(size, 0, size.length);
        chunks.write(body, 0, body.length);
        chunks.write(end, 0, end.length);
        return chunks.toByteArray();
    }

    private static String line(Object value) {
        String text = value instanceof JsonObject object ? object.encode() : String.valueOf(value);
        return text.replaceAll("[\r\n]", " ");
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
