package lyceum.stream.internal.convert;

import java.util.Map;
import lyceum.platform.Settings;

/** Limits of conversions in tests. */
final class TestLimits {

    /** As they are where nothing is set. */
    static final ConversionLimits USUAL = ConversionLimits.from(new Settings(Map.of()));

    private TestLimits() {}
}
