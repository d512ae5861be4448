package lyceum.gateway.live;

import java.lang.reflect.Proxy;

/** Stands for the parts of a servlet that the engine does not ask for. */
final class Unasked {

    private Unasked() {}

    /** @return one of whose methods each throws */
    static <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
