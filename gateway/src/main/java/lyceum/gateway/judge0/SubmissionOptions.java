package lyceum.gateway.judge0;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/** What else a submission may ask for: much of it is refused, as {@link Configuration} says. */
record SubmissionOptions(Scalars body) {

    private static final String COMPILER_OPTIONS = "compiler_options";
    private static final String ARGUMENTS = "command_line_arguments";
    private static final String CALLBACK_URL = "callback_url";
    private static final String NETWORK = "enable_network";
    private static final String REDIRECT = "redirect_stderr_to_stdout";
    private static final List<String> PER_PROCESS =
            List.of("enable_per_process_and_thread_time_limit", "enable_per_process_and_thread_memory_limit");

    private static final int MOST_CHARACTERS = 512;
    private static final Set<String> WEB = Set.of("http", "https");

    void check(Findings findings) {
        PER_PROCESS.stream().filter(body::isTrue).forEach(name -> findings.add(name, "this option cannot be enabled"));
        if (body.present(COMPILER_OPTIONS).isPresent()) {
            findings.add(COMPILER_OPTIONS, "setting compiler options is not allowed");
        }
        if (body.text(ARGUMENTS).filter(text -> text.length() > MOST_CHARACTERS).isPresent()) {
            findings.add(ARGUMENTS, "is too long (maximum is %d characters)".formatted(MOST_CHARACTERS));
        }
        if (body.present(CALLBACK_URL).filter(url -> !isWeb(url)).isPresent()) {
            findings.add(CALLBACK_URL, "is not an absolute http or https URL");
        }
        if (body.isTrue(NETWORK)) {
            findings.add(NETWORK, "enabling network is not allowed");
        }
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() != null && WEB.contains(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @return of the program */
    List<String> arguments() {
        return ShellWords.split(body.text(ARGUMENTS).orElse(""));
    }

    boolean isStderrRedirected() {
        return body.isTrue(REDIRECT);
    }

    /** @return a URL, or empty */
    String callbackUrl() {
        return body.present(CALLBACK_URL).orElse("");
    }

    /** Puts all of them, as they are told. */
    void tell(JsonObject json) {
        PER_PROCESS.forEach(name -> json.put(name, false));
        json.put(COMPILER_OPTIONS, null)
                .put(ARGUMENTS, body.text(ARGUMENTS).orElse(null))
                .put(REDIRECT, isStderrRedirected())
                .put(CALLBACK_URL, body.text(CALLBACK_URL).orElse(null))
                .put(NETWORK, false);
    }
}
