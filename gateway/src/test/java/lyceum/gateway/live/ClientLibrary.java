package lyceum.gateway.live;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The client of socket.io for Java, in one of its generations: its classes are called the same in both, so one of them lives
 * in a loader of its own, and what is called is looked up.
 */
final class ClientLibrary {

    private static final Path OLD = Path.of("target", "old-client");

    private final ClassLoader loader;

    private ClientLibrary(ClassLoader loader) {
        this.loader = loader;
    }

    static ClientLibrary modern() {
        return new ClientLibrary(ClientLibrary.class.getClassLoader());
    }

    static ClientLibrary old() {
        return new ClientLibrary(
                new URLClassLoader(
                        new URL[] {jar("socket.io-client-1.0.2.jar"), jar("engine.io-client-1.0.2.jar")},
                        ClientLibrary.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean isResolved) throws ClassNotFoundException {
                        Class<?> loaded = findLoadedClass(name);
                        if (loaded != null) {
                            return loaded;
                        }
                        return name.startsWith("io.socket.") ? findClass(name) : super.loadClass(name, isResolved);
                    }
                });
    }

    private static URL jar(String name) {
        try {
            return OLD.resolve(name).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A socket of the client, and everything that it has heard: the name of the event and its arguments. */
    final class Client implements AutoCloseable {

        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final Object socket;

        /** @param events that are listened for */
        Client(URI uri, String[] transports, String... events) throws ReflectiveOperationException {
            Class<?> options = loader.loadClass("io.socket.client.IO$Options");
            Object wanted = options.getConstructor().newInstance();
            options.getField("path").set(wanted, LiveFixture.PATH);
            options.getField("transports").set(wanted, transports);
            options.getField("forceNew").set(wanted, true);
            options.getField("reconnectionDelay").set(wanted, 50L);
            socket = loader.loadClass("io.socket.client.IO")
                    .getMethod("socket", URI.class, options)
                    .invoke(null, uri, wanted);
            for (String event : events) {
                Class<?> type = loader.loadClass("io.socket.emitter.Emitter$Listener");
                call("on", event, listener(type, event));
            }
            call("connect");
        }

        private Object listener(Class<?> type, String event) {
            return Proxy.newProxyInstance(
                    loader, new Class<?>[] {type}, (self, method, args) -> switch (method.getName()) {
                        case "call" -> heard.add(event + Arrays.toString((Object[]) args[0]));
                        case "equals" -> self == args[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> event;
                    });
        }

        private Object call(String name, Object... args) throws ReflectiveOperationException {
            for (Method method : socket.getClass().getMethods()) {
                boolean isRight = method.getName().equals(name) && method.getParameterCount() == args.length;
                if (isRight && (args.length == 0 || method.getParameterTypes()[0] == String.class)) {
                    return method.invoke(socket, args);
                }
            }
            throw new NoSuchMethodException(name);
        }

        void emit(String event, Object... args) throws ReflectiveOperationException {
            call("emit", event, args);
        }

        /** Wants it to be acknowledged; that is heard as {@code ack[…]}. */
        void ask(String event, Object... args) throws ReflectiveOperationException {
            Object[] all = Arrays.copyOf(args, args.length + 1);
            all[args.length] = listener(loader.loadClass("io.socket.client.Ack"), "ack");
            call("emit", event, all);
        }

        String hear() throws InterruptedException {
            return heard.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws ReflectiveOperationException {
            call("disconnect");
        }
    }
}
