package lyceum.gateway.access;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** What counts as one client where only its address is known: an IPv4 address, or the /64 of an IPv6 address. */
public final class ClientNetwork {

    private static final int IPV6_BYTES = 16;
    private static final int SUBNET_BYTES = 8;

    private ClientNetwork() {}

    /** @return what an address counts as; a text that is no address counts as itself */
    public static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, SUBNET_BYTES) : address;
    }
}
