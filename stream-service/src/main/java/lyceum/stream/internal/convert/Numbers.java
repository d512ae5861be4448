package lyceum.stream.internal.convert;

/**
 * Numbers of any content, in their order.
 *
 * @param count how many
 * @param source gives the one at an index
 */
record Numbers(int count, Source source) {

    interface Source {
        float at(int index);
    }
}
