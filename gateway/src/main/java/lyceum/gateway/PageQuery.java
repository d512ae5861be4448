package lyceum.gateway;

import io.vertx.ext.web.RoutingContext;

/**
 * Which page of a list is asked for: {@code page} from 1 on and {@code perpage}. A number that is none counts as not sent
 * (contracts/grading.md, section 7.1).
 */
record PageQuery(int page, int count) {

    private static final int USUAL_COUNT = 10;

    static PageQuery of(RoutingContext ctx, int mostCount) {
        return new PageQuery(number(ctx, "page", 1), Math.min(mostCount, number(ctx, "perpage", USUAL_COUNT)));
    }

    /** @return a number of the query above 0; the fallback where there is none */
    static int number(RoutingContext ctx, String name, int fallback) {
        return ctx.queryParam(name).stream()
                .findFirst()
                .filter(text -> text.matches("0*[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElse(fallback);
    }
}
