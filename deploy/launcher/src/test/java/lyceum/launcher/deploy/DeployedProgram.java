package lyceum.launcher.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lyceum.launcher.Rehearsal;

/**
 * Lyceum as one Deployment starts it.
 *
 * @param container the one of the program
 * @param rehearsal what the program says to its command line and its environment
 */
record DeployedProgram(Deployment deployment, Container container, Rehearsal rehearsal) {

    /** What the keys of the operator's Secret could hold. */
    private static final Map<String, String> SECRETS = Map.of(
            "postgres-url", "postgresql://lyceum:secret@postgres:5432/lyceum",
            "redis-url", "redis://:secret@redis:6379",
            "jwt-secret", "a secret of the tests, 32 bytes or more",
            "cluster-secret", "another secret of the tests, 32 characters or more");

    static List<DeployedProgram> of(Manifests manifests) {
        return manifests.all(Deployment.class).stream()
                .map(deployment -> of(deployment, manifests))
                .toList();
    }

    private static DeployedProgram of(Deployment deployment, Manifests manifests) {
        Container container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
        return new DeployedProgram(deployment, container, rehearse(container, manifests));
    }

    /** @return what the program says to the command line and the environment of a container */
    static Rehearsal rehearse(Container container, Manifests manifests) {
        Map<String, String> environment = new HashMap<>();
        container
                .getEnvFrom()
                .forEach(from -> manifests.all(ConfigMap.class).stream()
                        .filter(map -> map.getMetadata()
                                .getName()
                                .equals(from.getConfigMapRef().getName()))
                        .forEach(map -> environment.putAll(map.getData())));
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(variable)));
        return Rehearsal.of(environment, container.getArgs());
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        if (variable.getValueFrom().getFieldRef() != null) {
            return Map.of("status.podIP", "10.0.0.1")
                    .get(variable.getValueFrom().getFieldRef().getFieldPath());
        }
        return SECRETS.get(variable.getValueFrom().getSecretKeyRef().getKey());
    }

    String name() {
        return deployment.getMetadata().getName();
    }

    PodSpec pod() {
        return deployment.getSpec().getTemplate().getSpec();
    }

    Map<String, String> labels() {
        return deployment.getSpec().getTemplate().getMetadata().getLabels();
    }

    /** @return numbers of its ports, by name */
    Map<String, Integer> ports() {
        return container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    /** @return how large an empty directory may grow */
    long volumeBytes(String volume) {
        return pod().getVolumes().stream()
                .filter(one -> one.getName().equals(volume))
                .map(one -> Quantity.getAmountInBytes(one.getEmptyDir().getSizeLimit()))
                .findFirst()
                .orElseThrow()
                .longValueExact();
    }

    /** @return claims of storage, by the directories where it is mounted */
    Map<String, String> claims() {
        Map<String, String> claims = new HashMap<>();
        pod().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .forEach(volume -> container.getVolumeMounts().stream()
                        .filter(mount -> mount.getName().equals(volume.getName()))
                        .forEach(mount -> claims.put(
                                mount.getMountPath(),
                                volume.getPersistentVolumeClaim().getClaimName())));
        return claims;
    }

    /** @return directories that are mounted to be written to */
    List<String> writablePlaces() {
        return container.getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(mount -> mount.getMountPath())
                .toList();
    }
}
