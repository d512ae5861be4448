package lyceum.gateway.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * An address or a block of addresses, IPv4 or IPv6.
 *
 * @param network any address of the block
 * @param prefixBits how many leading bits all its addresses share
 */
public record AddressRange(InetAddress network, int prefixBits) {

    /** @return what {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code fd00::/8} mean; empty for anything else */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> network = address(slash < 0 ? text : text.substring(0, slash));
        int width =
                network.map(address -> address.getAddress().length * Byte.SIZE).orElse(0);
        int prefixBits = slash < 0 ? width : prefixBits(text.substring(slash + 1));
        return network.filter(address -> prefixBits >= 0 && prefixBits <= width)
                .map(address -> new AddressRange(address, prefixBits));
    }

    /**
     * @return the address that is written so, without asking any name server; an IPv4 address in IPv6 clothes
     *     ({@code ::ffff:10.0.0.7}) is the IPv4 address
     */
    public static Optional<InetAddress> address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return what a setting lists, separated by commas; fails with its key where one is neither address nor block */
    public static List<AddressRange> list(Settings settings, String key, String fallback, String meaning) {
        return settings.list(key, fallback, meaning).stream()
                .map(text -> parse(text)
                        .orElseThrow(
                                () -> new WrongSetting("%s: '%s' is not an address or block".formatted(key, text))))
                .toList();
    }

    /** @return whether an address is in it */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int prefixBits(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
