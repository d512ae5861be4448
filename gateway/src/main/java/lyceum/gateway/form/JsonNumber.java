package lyceum.gateway.form;

/** A JSON number as it arrives (RFC 8259, section 6). */
final class JsonNumber {

    private enum State {
        MINUS,
        ZERO,
        WHOLE,
        POINT,
        FRACTION,
        E,
        E_SIGN,
        EXPONENT
    }

    private State state;

    /** @return whether a number can begin like this */
    boolean begin(byte b) {
        if (b == '-') {
            state = State.MINUS;
        } else if (isDigit(b)) {
            state = b == '0' ? State.ZERO : State.WHOLE;
        } else {
            return false;
        }
        return true;
    }

    /** @return whether the number goes on like this */
    boolean accept(byte b) {
        State next = next(b);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    /** @return whether what has come is a number */
    boolean isWhole() {
        return switch (state) {
            case ZERO, WHOLE, FRACTION, EXPONENT -> true;
            default -> false;
        };
    }

    private State next(byte b) {
        boolean digit = isDigit(b);
        boolean e = b == 'e' || b == 'E';
        return switch (state) {
            case MINUS -> !digit ? null : b == '0' ? State.ZERO : State.WHOLE;
            case ZERO -> b == '.' ? State.POINT : e ? State.E : null;
            case WHOLE -> digit ? State.WHOLE : b == '.' ? State.POINT : e ? State.E : null;
            case POINT -> digit ? State.FRACTION : null;
            case FRACTION -> digit ? State.FRACTION : e ? State.E : null;
            case E -> digit ? State.EXPONENT : b == '+' || b == '-' ? State.E_SIGN : null;
            case E_SIGN, EXPONENT -> digit ? State.EXPONENT : null;
        };
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
