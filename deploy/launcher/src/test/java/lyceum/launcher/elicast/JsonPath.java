package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A JSON pointer in which {@code *} stands for each item of a list. */
record JsonPath(String pointer) {

    /** Replaces whatever the path leads to; where it leads nowhere, nothing happens. */
    void replace(JsonNode root, UnaryOperator<JsonNode> change) {
        List<String> names = Arrays.asList(pointer.split("/")).subList(1, pointer.split("/").length);
        replace(root, names, change);
    }

    private static void replace(JsonNode node, List<String> names, UnaryOperator<JsonNode> change) {
        String name = names.get(0);
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (name.equals("*") || name.equals(Integer.toString(i))) {
                    list.set(i, replaced(list.get(i), names, change));
                }
            }
        } else if (node instanceof ObjectNode object && object.has(name)) {
            object.set(name, replaced(object.get(name), names, change));
        }
    }

    private static JsonNode replaced(JsonNode child, List<String> names, UnaryOperator<JsonNode> change) {
        if (names.size() == 1) {
            return change.apply(child);
        }
        replace(child, names.subList(1, names.size()), change);
        return child;
    }
}
