package lyceum.launcher.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What objects say of other objects by name. */
record References(Manifests manifests) {

    /** The only Secret that is asked for by a pod; nobody but the operator makes it. */
    private static final String SECRET = "lyceum-secrets";

    /** @return each reference that leads nowhere, who has it first */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        pods().forEach((owner, pod) -> ofPod(owner, pod, broken));
        manifests.all(RoleBinding.class).forEach(binding -> {
            check(broken, binding, Role.class, binding.getRoleRef().getName());
            binding.getSubjects().stream()
                    .filter(subject -> manifests.all(ServiceAccount.class).stream()
                            .map(HasMetadata::getMetadata)
                            .noneMatch(account -> account.getName().equals(subject.getName())
                                    && account.getNamespace().equals(subject.getNamespace())))
                    .forEach(subject -> broken.add("RoleBinding: " + subject.getName()));
        });
        manifests
                .all(Ingress.class)
                .forEach(ingress -> ingress.getSpec().getRules().stream()
                        .flatMap(rule -> rule.getHttp().getPaths().stream())
                        .map(path -> path.getBackend().getService())
                        .filter(backend -> manifests.all(Service.class).stream()
                                .filter(service ->
                                        service.getMetadata().getName().equals(backend.getName()))
                                .flatMap(service -> service.getSpec().getPorts().stream())
                                .noneMatch(port ->
                                        port.getName().equals(backend.getPort().getName())))
                        .forEach(backend -> broken.add("Ingress: " + backend.getName())));
        return broken;
    }

    /** @return the keys of the operator's Secret that pods ask for */
    Set<String> secretKeys() {
        Stream<String> variables = pods().values().stream()
                .flatMap(References::variables)
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef().getKey());
        Stream<String> files = pods().values().stream()
                .flatMap(pod -> pod.getVolumes().stream())
                .filter(volume -> volume.getSecret() != null)
                .flatMap(volume -> volume.getSecret().getItems().stream())
                .map(item -> item.getKey());
        return Stream.concat(variables, files).collect(Collectors.toCollection(TreeSet::new));
    }

    private void ofPod(HasMetadata owner, PodSpec pod, List<String> broken) {
        if (pod.getServiceAccountName() != null) {
            check(broken, owner, ServiceAccount.class, pod.getServiceAccountName());
        }
        Set<String> volumes = new HashSet<>();
        pod.getVolumes().forEach(volume -> {
            volumes.add(volume.getName());
            ofVolume(owner, volume, broken);
        });
        if (owner instanceof StatefulSet set) {
            set.getSpec()
                    .getVolumeClaimTemplates()
                    .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        }
        for (Container container : pod.getContainers()) {
            container
                    .getEnvFrom()
                    .forEach(from -> check(
                            broken,
                            owner,
                            ConfigMap.class,
                            from.getConfigMapRef().getName()));
            container.getVolumeMounts().stream()
                    .filter(mount -> !volumes.contains(mount.getName()))
                    .forEach(mount -> broken.add(name(owner) + ": volume " + mount.getName()));
        }
        variables(pod)
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null
                        && !variable.getValueFrom().getSecretKeyRef().getName().equals(SECRET))
                .forEach(variable -> broken.add(name(owner) + ": " + variable.getName()));
    }

    private void ofVolume(HasMetadata owner, Volume volume, List<String> broken) {
        if (volume.getPersistentVolumeClaim() != null) {
            check(
                    broken,
                    owner,
                    PersistentVolumeClaim.class,
                    volume.getPersistentVolumeClaim().getClaimName());
        }
        if (volume.getSecret() != null && !volume.getSecret().getSecretName().equals(SECRET)) {
            broken.add(name(owner) + ": secret of volume " + volume.getName());
        }
    }

    private void check(List<String> broken, HasMetadata owner, Class<? extends HasMetadata> type, String name) {
        if (!manifests.has(type, name, owner)) {
            broken.add("%s: %s %s".formatted(name(owner), type.getSimpleName(), name));
        }
    }

    private Map<HasMetadata, PodSpec> pods() {
        Map<HasMetadata, PodSpec> pods = new LinkedHashMap<>();
        manifests
                .all(Deployment.class)
                .forEach(owner -> pods.put(owner, owner.getSpec().getTemplate().getSpec()));
        manifests
                .all(StatefulSet.class)
                .forEach(owner -> pods.put(owner, owner.getSpec().getTemplate().getSpec()));
        manifests
                .all(CronJob.class)
                .forEach(owner -> pods.put(
                        owner,
                        owner.getSpec().getJobTemplate().getSpec().getTemplate().getSpec()));
        return pods;
    }

    private static Stream<EnvVar> variables(PodSpec pod) {
        return pod.getContainers().stream().flatMap(container -> container.getEnv().stream());
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
