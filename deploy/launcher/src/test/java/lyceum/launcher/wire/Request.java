package lyceum.launcher.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One HTTP request, with these headers and no others but {@code Host} and {@code Content-Length}.
 *
 * @param target path and query as they go over the wire
 */
public record Request(String method, String target, Map<String, String> headers, Body body) {

    public static Request of(String method, String target) {
        return new Request(method, target, Map.of(), Body.EMPTY);
    }

    /** @param fields a body of type {@code application/x-www-form-urlencoded}, already encoded */
    public static Request form(String method, String target, String fields) {
        return of(method, target)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(Body.of(fields));
    }

    public Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, target, more, body);
    }

    public Request with(Body other) {
        return new Request(method, target, headers, other);
    }

    public Request translated(UnaryOperator<String> change) {
        return new Request(method, change.apply(target), headers, body);
    }

    public Request below(String prefix) {
        return new Request(method, prefix + target, headers, body);
    }
}
