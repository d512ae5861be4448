package lyceum.social;

/** How much has been clicked and triggered in a class: ever, today, and in this hour. */
public record Stats(
        long clicksTotal, long clicksToday, long clicksHour, long eventsTotal, long eventsToday, long eventsHour) {}
