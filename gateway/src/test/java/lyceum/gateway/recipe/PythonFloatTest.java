package lyceum.gateway.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as Python 3.11 writes them: {@code repr(float(text))}. */
class PythonFloatTest {

    @ParameterizedTest
    @CsvSource({
        "1700000000.25,1700000000.25",
        "1e7,10000000.0",
        "1e15,1000000000000000.0",
        "9999999999999998.0,9999999999999998.0",
        "1e16,1e+16",
        "12345678901234567890.0,1.2345678901234567e+19",
        "1e22,1e+22",
        "2e23,2e+23",
        "1.5e300,1.5e+300",
        "0.001,0.001",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "0.000012,1.2e-05",
        "5e-324,5e-324",
        "2.2250738585072014e-308,2.2250738585072014e-308",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "0.1,0.1",
        "0.30000000000000004,0.30000000000000004",
        "1.5,1.5",
        "-1.5,-1.5",
        "-1e100,-1e+100",
        "100.0,100.0",
        "0.0,0.0",
        "-0.0,-0.0",
        "1e999,inf",
        "-1e999,-inf"
    })
    void writesWhatPythonWrites(String number, String text) {
        assertThat(PythonFloat.text(Double.parseDouble(number))).isEqualTo(text);
    }
}
