package lyceum.launcher;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.launcher.Arguments.Action;
import lyceum.platform.Setting;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the program makes of a command line and an environment before it starts anything.
 *
 * @param services names of those that it would start
 * @param stores of {@code POSTGRES} and {@code REDIS} those that they need
 */
public record Rehearsal(Map<String, String> environment, List<String> services, Set<String> stores) {

    /**
     * @param environment settings by key
     * @param words the command line
     * @return what would be started
     * @throws WrongSetting where the program would refuse them
     */
    public static Rehearsal of(Map<String, String> environment, List<String> words) {
        Arguments arguments = Arguments.parse(words.toArray(String[]::new));
        if (!Set.of(Action.RUN, Action.CHECK).contains(arguments.action())) {
            new DataWork(environment, line -> {});
            return new Rehearsal(environment, List.of(), Set.of(Store.POSTGRES.name(), Store.REDIS.name()));
        }
        Plan plan = Plan.of(Services.ALL, arguments.services(), new Settings(environment));
        return new Rehearsal(
                environment,
                Services.names(plan.services()),
                plan.stores().stream().map(Store::name).collect(Collectors.toSet()));
    }

    /** @return the names of all services */
    public static List<String> everyService() {
        return Services.names(Services.ALL);
    }

    /** @return the default of a setting */
    public static String fallback(String key) {
        return Reference.of(Services.ALL).sections().stream()
                .flatMap(section -> section.settings().stream())
                .filter(setting -> setting.key().equals(key))
                .map(Setting::fallback)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such setting: " + key));
    }

    /** @return what holds for a setting here */
    public String value(String key) {
        return environment.getOrDefault(key, fallback(key));
    }

    /** @return the same of a setting whose value is a size */
    public long bytes(String key) {
        return new Settings(Map.of(key, value(key))).bytes(key, "0", "");
    }

    /** @return the same of a setting whose value is a number of seconds, {@code 20s} */
    public int seconds(String key) {
        return Integer.parseInt(value(key).replaceFirst("s$", ""));
    }
}
