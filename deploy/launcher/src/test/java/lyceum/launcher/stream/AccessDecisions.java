package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.nowhere;
import static lyceum.launcher.stream.Must.ok;
import static lyceum.launcher.stream.Must.unauthenticated;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tokens, CORS and what belongs to no route: {@code auth.json}. */
final class AccessDecisions {

    private static final String NOT_VALID = "Could not validate credentials";

    private AccessDecisions() {}

    static void all() {
        decide("auth/auth-garbage-token", "1: a token is verified").answer(0, unauthenticated(NOT_VALID));
        decide("auth/auth-empty-bearer", "21").answer(0, unauthenticated("Not authenticated"));
        decide("auth/auth-readme-token-expired", "16: the public key is no key").answer(0, unauthenticated(NOT_VALID));
        String noContract = "what belongs to no contract answers after RFC 9457, with the recorded detail";
        decide("auth/not-found", noContract).answer(0, nowhere());
        decide("auth/root-not-found", noContract).answer(0, nowhere());
        decide("auth/options-without-origin", "405 is what users of HTTP expect");
        decide("auth/cors-missing-on-500", "fix: a page may read why").answer(0, errorForAPage());
    }

    private static ObjectNode errorForAPage() {
        ObjectNode response =
                ok("{'detail':[{'msg':'{{any}}','type':'{{any}}'}]}").put("status", 500);
        ((ObjectNode) response.required("headers"))
                .put("access-control-allow-origin", "*")
                .put("access-control-allow-credentials", "true");
        return response;
    }
}
