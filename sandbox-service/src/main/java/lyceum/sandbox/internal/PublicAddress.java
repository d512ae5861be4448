package lyceum.sandbox.internal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public internet from those of this machine, of the networks around it, and of no use: the IANA
 * special-purpose address registries (RFC 6890, and the registries themselves for what came later).
 */
final class PublicAddress {

    private static final List<Block> NOT_PUBLIC_4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // between a provider and its customers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds tell machines their secrets
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocols
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Outside of it are loopback, unspecified, mapped, translated, unique-local, link-local and multicast addresses. */
    private static final List<Block> GLOBAL_UNICAST_6 = blocks("2000::/3");

    private static final List<Block> NOT_PUBLIC_6 = blocks(
            "2001::/23", // protocols, Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which may hold a private address
            "3fff::/20"); // documentation

    private PublicAddress() {}

    /** @return whether it can be somebody on the public internet; IPv4 in IPv6 is what Java makes of it, IPv4 */
    static boolean is(InetAddress address) {
        return address instanceof Inet4Address
                ? !isIn(NOT_PUBLIC_4, address)
                : isIn(GLOBAL_UNICAST_6, address) && !isIn(NOT_PUBLIC_6, address);
    }

    private static boolean isIn(List<Block> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address.getAddress()));
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(Block::of).toList();
    }

    /** @param bits how many of the first are the same in the whole block */
    private record Block(byte[] first, int bits) {

        static Block of(String text) {
            String[] parts = text.split("/");
            try {
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((first[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
