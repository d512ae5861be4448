package lyceum.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.function.BiPredicate;

/** The rules of the house, for the services that are there and for those that come. */
@AnalyzeClasses(packages = "lyceum", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {

    /** From the ground up; a service that has no place of its own stands with those that may ask elicast. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("platform"),
            List.of("sandbox", "media", "account"),
            List.of("elicast"),
            List.of("grading", "social", "stream"),
            List.of("gateway"),
            List.of("launcher"));

    private static final int FLOOR_OF_OTHERS = 3;

    /** Test classes come in directories, and those that other modules share in a jar. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = classes()
            .should(dependOnly(
                    "on their own domain or on a lower floor",
                    (from, to) -> domain(from).equals(domain(to)) || floor(from) > floor(to)));

    @ArchTest
    static final ArchRule A_SERVICE_IS_SEEN_BY_ITS_CONTRACT = classes()
            .that()
            .resideOutsideOfPackage("lyceum.launcher..")
            .should(dependOnly(
                    "on what other domains publish",
                    (from, to) -> domain(from).equals(domain(to))
                            || !to.getPackageName().startsWith("lyceum." + domain(to) + ".internal")));

    @ArchTest
    static final ArchRule HTTP_EXISTS_IN_THE_GATEWAY_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages("lyceum.gateway..", "lyceum.platform.management..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.ext.web..");

    @ArchTest
    static final ArchRule THE_GATEWAY_IS_PUT_TOGETHER_ABOVE_ITS_PACKAGES = noClasses()
            .that()
            .resideInAPackage("lyceum.gateway.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("lyceum.gateway");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_GATEWAY_FORM_NO_CYCLE =
            slices().matching("lyceum.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SQL_EXISTS_IN_STORES_ONLY = noClasses()
            .that(describe("are neither platform, stores nor verticles", ArchitectureTest::hasNothingToDoWithSql))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..");

    /** They open it and hand it to the stores. */
    @ArchTest
    static final ArchRule A_VERTICLE_KNOWS_OF_SQL_ONLY_THE_POOL = noClasses()
            .that(named("Verticle"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..")
                    .and(describe("are not the pool", type -> !type.isEquivalentTo(Pool.class))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PROCESSES_EXIST_IN_SANDBOX_AND_MEDIA_ONLY = noClasses()
            .that()
            .resideOutsideOfPackages("lyceum.sandbox..", "lyceum.media..", "lyceum.platform.embedded..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class)
            .orShould()
            .callMethodWhere(describe("starts a process", ArchitectureTest::isExec));

    /** Where traces are off, nothing of it is loaded. */
    @ArchTest
    static final ArchRule OPENTELEMETRY_IS_KNOWN_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("lyceum.platform.tracing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule SETTINGS_ARE_READ_ONCE = noClasses()
            .that(describe("are neither Main nor look for programs", ArchitectureTest::needsNoEnvironment))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    private static boolean isExec(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Runtime.class)
                && call.getName().equals("exec");
    }

    /** Who starts programs looks for them on the {@code PATH}. */
    private static boolean needsNoEnvironment(JavaClass type) {
        return !type.isEquivalentTo(Main.class) && !List.of("sandbox", "media").contains(domain(type));
    }

    private static boolean hasNothingToDoWithSql(JavaClass type) {
        return !domain(type).equals("platform")
                && !named("Store").test(type)
                && !named("Verticle").test(type);
    }

    /** The class itself, and what is written inside it. */
    private static DescribedPredicate<JavaClass> named(String ending) {
        return describe("are named *" + ending, type -> type.getName().matches(".*" + ending + "(\\$.*)?"));
    }

    private static ArchCondition<JavaClass> dependOnly(String where, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("depend only " + where) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().stream()
                        .filter(arrow -> isOurs(target(arrow)) && !allowed.test(from, target(arrow)))
                        .forEach(arrow -> events.add(SimpleConditionEvent.violated(from, arrow.getDescription())));
            }
        };
    }

    private static JavaClass target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType();
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("lyceum.");
    }

    private static String domain(JavaClass type) {
        return type.getPackageName().split("\\.")[1];
    }

    private static int floor(JavaClass type) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(domain(type))) {
                return floor;
            }
        }
        return FLOOR_OF_OTHERS;
    }
}
