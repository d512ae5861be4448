package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private final House house = new House();

    @Test
    void hasAllServicesInTheirOrderAndAllStoresWhenNoneIsChosen() {
        Plan plan = plan(Set.of(), Map.of());

        assertThat(plan.services()).extracting(ServiceEntry::name).containsExactly("cellar", "hall", "door");
        assertThat(plan.stores()).containsExactly(Store.POSTGRES, Store.REDIS);
        assertThat(plan.cluster()).isEmpty();
    }

    @Test
    void joinsAClusterAndHasOnlyTheStoresThatAreNeededWhenSomeAreChosen() {
        assertThat(plan(Set.of("hall"), Map.of()).stores()).isEmpty();
        assertThat(plan(Set.of("hall"), Map.of()).cluster()).isPresent();
        assertThat(plan(Set.of("door", "cellar"), Map.of()).stores()).containsExactly(Store.POSTGRES);
    }

    @Test
    void letsOthersJoinWhenAllAreChosenByName() {
        Plan plan = plan(Set.of("door", "hall", "cellar"), Map.of());

        assertThat(plan.cluster()).isPresent();
        assertThat(plan.stores()).containsExactly(Store.POSTGRES, Store.REDIS);
    }

    @Test
    void asksForASecretInProductionWhereItJoinsACluster() {
        Map<String, String> production = Map.of("LYCEUM_PROFILE", "prod");

        assertThat(plan(Set.of(), production).cluster()).isEmpty();
        assertThatThrownBy(() -> plan(Set.of("hall"), production))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_CLUSTER_SECRET: required");
    }

    /** Each process would have a store of its own, and none of them would know of the others. */
    @Test
    void asksForItsStoresInProductionWhereOthersAreElsewhere() {
        Map<String, String> production = new HashMap<>(
                Map.of("LYCEUM_PROFILE", "prod", "LYCEUM_CLUSTER_SECRET", "eight purple elephants read slowly"));

        assertThat(plan(Set.of("hall"), production).stores()).isEmpty();
        assertThatThrownBy(() -> plan(Set.of("cellar"), production))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_POSTGRES_URL: required");
        assertThat(plan(Set.of(), production).stores()).containsExactly(Store.POSTGRES, Store.REDIS);
        production.put("LYCEUM_POSTGRES_URL", "postgresql://user@host/name");
        assertThat(plan(Set.of("cellar"), production).stores()).containsExactly(Store.POSTGRES);
    }

    @Test
    void refusesOneSecretForTwoThingsInProduction() {
        String secret = "eight purple elephants read slowly";
        Map<String, String> both = Map.of("LYCEUM_CLUSTER_SECRET", secret, "LYCEUM_JWT_SECRET", secret);
        Map<String, String> inProduction = new HashMap<>(both);
        inProduction.put("LYCEUM_PROFILE", "prod");

        assertThatThrownBy(() -> Plan.of(Services.ALL, Set.of("gateway"), new Settings(inProduction)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "LYCEUM_CLUSTER_SECRET: is the same as LYCEUM_JWT_SECRET; where LYCEUM_PROFILE is prod, each"
                                + " has its own");
        assertThat(Plan.of(Services.ALL, Set.of("gateway"), new Settings(both)).cluster())
                .isPresent();
    }

    @Test
    void refusesAServiceThatDoesNotExist() {
        assertThatThrownBy(() -> plan(Set.of("hall", "attic"), Map.of()))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("--services: there is no attic; there are: cellar, hall, door");
    }

    @ParameterizedTest
    @CsvSource({
        "LYCEUM_MANAGEMENT_PORT, x",
        "LYCEUM_CLUSTER_PORT, 70000",
        "LYCEUM_PROFILE, production",
        "LYCEUM_LOG_LEVEL, INFO",
        "LYCEUM_STOP_LIMIT, 0s",
        "LYCEUM_POSTGRES_URL, jdbc:postgresql://user:secret@host/name",
        "LYCEUM_REDIS_URL, localhost:6379",
        "LYCEUM_REDIS_URL, redis://:secret@host:99999/0",
        "LYCEUM_POSTGRES_URL, postgresql://user:secret@host:65536/name",
        "LYCEUM_REDIS_URL, rediss://:secret@host?sslrootcert=/nowhere/ca.pem",
        "LYCEUM_POSTGRES_URL, postgresql://user:secret%et@host/name",
        "LYCEUM_POSTGRES_URL, postgresql://user:secret@host/name?sslmode=verify_full",
        "LYCEUM_REDIS_URL, redis://:secret%zz@host:1",
        "LYCEUM_REDIS_URL, redis://:secret@host:1/abc",
        "LYCEUM_REDIS_URL, redis://",
        "LYCEUM_CELLAR_ROOMS, 10"
    })
    void refusesAWrongValueByTheNameOfItsKey(String key, String value) {
        assertThatThrownBy(() -> plan(Set.of(), Map.of(key, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void refusesASettingThatDoesNotExist() {
        assertThatThrownBy(() -> plan(Set.of(), Map.of("LYCEUM_TYPO", "1", "PATH", "/bin")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_TYPO: no such setting; --config-reference lists all");
    }

    @Test
    void knowsTheSettingsOfServicesThatRunElsewhereWithoutJudgingThem() {
        assertThat(plan(Set.of("hall"), Map.of(House.ROOMS, "none of our business"))
                        .services())
                .hasSize(1);
    }

    private Plan plan(Set<String> chosen, Map<String, String> environment) {
        return Plan.of(house.services, chosen, new Settings(environment));
    }
}
