package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.SubmitLog;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Failure;

/** The log of study: tickets and entries (elicast contract, sections 2.9 and 2.10). */
public final class LogRoutes implements Routes {

    private static final Operation TICKET = Operation.post("/log/ticket");
    private static final Operation SUBMIT = Operation.post("/log/submit");

    private final ElicastService elicast;
    private final Access access;
    private final TrustedProxies proxies;
    private final int dataLimitBytes;
    private final HeldBytes held;

    /**
     * @param dataLimitBytes longest {@code data} of an entry
     * @param held forms that are read and not answered yet
     */
    public LogRoutes(
            ElicastService elicast, Access access, TrustedProxies proxies, int dataLimitBytes, HeldBytes held) {
        this.elicast = elicast;
        this.access = access;
        this.proxies = proxies;
        this.dataLimitBytes = dataLimitBytes;
        this.held = held;
    }

    @Override
    public void addTo(Router router) {
        TICKET.on(router).handler(access.guard(TICKET)).handler(this::openTicket);
        SUBMIT.on(router).handler(access.guard(SUBMIT)).handler(this::submit);
    }

    private void openTicket(RoutingContext ctx) {
        SmallForm form = new SmallForm(Map.of("name", ShortText.cutBeyond(ElicastService.TICKET_NAME.most())), held);
        ElicastForms.answer(
                ctx,
                form,
                ElicastForms.read(ctx.request(), form)
                        .map(read -> ticketOrder(ctx.request(), form))
                        .compose(elicast::openTicket)
                        .map(ticket -> new JsonObject().put("ticket", ticket.ticket())));
    }

    private OpenTicket ticketOrder(HttpServerRequest request, SmallForm form) {
        return new OpenTicket(
                proxies.clientOf(request),
                header(request, "User-Agent"),
                header(request, "Referer"),
                form.text("name"));
    }

    private void submit(RoutingContext ctx) {
        SmallForm form = new SmallForm(
                Map.of(
                        "ticket", ShortText.cutBeyond(ElicastService.TICKET.most()),
                        "data", ShortText.refusedBeyond(dataLimitBytes)),
                held);
        ElicastForms.answer(
                ctx,
                form,
                ElicastForms.read(ctx.request(), form)
                        .compose(read -> submit(form.text("ticket"), form.text("data")))
                        .map(done -> new JsonObject()));
    }

    private Future<Done> submit(String ticket, String data) {
        return elicast.submitLog(new SubmitLog(ElicastService.TICKET.check(ticket), json(data)));
    }

    private static String json(String text) {
        if (!StrictJson.isValue(text)) {
            throw Failure.invalid("data -- Invliad json format");
        }
        return text;
    }

    private static String header(HttpServerRequest request, String name) {
        return HeaderText.of(Objects.requireNonNullElse(request.getHeader(name), ""));
    }
}
