package lyceum.launcher.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code kubectl kustomize} makes of a directory, as far as our files use it: resources, strategic merges that
 * name their target by kind and name, images. Whatever else a file asks for is refused.
 */
final class Kustomization {

    private static final Set<String> UNDERSTOOD = Set.of("apiVersion", "kind", "resources", "patches", "images");

    private Kustomization() {}

    static List<Map<String, Object>> render(Path directory) {
        Map<String, Object> file = Yaml.document(directory.resolve("kustomization.yaml"));
        if (!UNDERSTOOD.containsAll(file.keySet())) {
            throw new IllegalArgumentException(directory + ": not understood: " + file.keySet());
        }
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String resource : Yaml.texts(file.get("resources"))) {
            Path path = directory.resolve(resource).normalize();
            objects.addAll(Files.isDirectory(path) ? render(path) : Yaml.documents(path));
        }
        for (Object patch : Yaml.list(file.get("patches"))) {
            Path path = directory.resolve((String) Yaml.map(patch).get("path"));
            Yaml.documents(path).forEach(document -> apply(document, objects));
        }
        for (Object image : Yaml.list(file.get("images"))) {
            objects.replaceAll(object -> Yaml.map(withImage(object, Yaml.map(image))));
        }
        return objects;
    }

    /** @return kind, namespace and name, by which an object is known */
    static String identity(Map<String, Object> object) {
        Map<String, Object> metadata = Yaml.map(object.get("metadata"));
        return "%s %s/%s".formatted(object.get("kind"), metadata.getOrDefault("namespace", ""), metadata.get("name"));
    }

    private static void apply(Map<String, Object> patch, List<Map<String, Object>> objects) {
        List<Map<String, Object>> targets = objects.stream()
                .filter(object -> identity(object).equals(identity(patch)))
                .toList();
        if (targets.size() != 1) {
            throw new IllegalArgumentException(identity(patch) + " is there " + targets.size() + " times");
        }
        objects.replaceAll(object -> object == targets.get(0) ? Yaml.map(merge(object, patch)) : object);
    }

    private static Object merge(Object old, Object patch) {
        if (old instanceof Map && patch instanceof Map) {
            Map<String, Object> merged = new LinkedHashMap<>(Yaml.map(old));
            Yaml.map(patch).forEach((key, value) -> merged.merge(key, value, Kustomization::merge));
            return merged;
        }
        return old instanceof List && isNamed(patch) ? mergeByName(Yaml.list(old), Yaml.list(patch)) : patch;
    }

    private static boolean isNamed(Object value) {
        return value instanceof List<?> list
                && list.stream().allMatch(item -> item instanceof Map<?, ?> map && map.containsKey("name"));
    }

    private static List<Object> mergeByName(List<Object> old, List<Object> patch) {
        Map<Object, Object> merged = new LinkedHashMap<>();
        old.forEach(item -> merged.put(Yaml.map(item).get("name"), item));
        patch.forEach(item -> merged.merge(Yaml.map(item).get("name"), item, Kustomization::merge));
        return List.copyOf(merged.values());
    }

    private static Object withImage(Object value, Map<String, Object> image) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> withImage(item, image)).toList();
        }
        if (!(value instanceof Map)) {
            return value;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        Yaml.map(value).forEach((key, item) -> changed.put(key, withImage(item, image)));
        changed.computeIfPresent("image", (key, name) -> name.equals(image.get("name")) ? name(image) : name);
        return changed;
    }

    private static String name(Map<String, Object> image) {
        return image.getOrDefault("newName", image.get("name")) + ":" + image.get("newTag");
    }
}
