package lyceum.stream.internal.convert;

import java.util.OptionalLong;

/** One frame as the app on a HoloLens sends it. Writing it as JSON gives an object of its time and all its members. */
interface HoloFrame extends Member {

    /** @return when it was taken, in ms since 1970; empty where it does not say */
    OptionalLong timeMillis();

    /** @return the member that is converted: the picture of a camera, the samples of a sensor */
    Content content();
}
