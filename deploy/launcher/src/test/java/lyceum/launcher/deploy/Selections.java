package lyceum.launcher.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Who selects pods by their labels and ports, and which pods there are to be selected. */
record Selections(Manifests manifests) {

    /** @return selectors of pods of the namespace lyceum, by who has them */
    Map<String, LabelSelector> ofPods() {
        Map<String, LabelSelector> selectors = new LinkedHashMap<>();
        manifests
                .all(Service.class)
                .forEach(service ->
                        selectors.put(name(service), labels(service.getSpec().getSelector())));
        manifests
                .all(PodDisruptionBudget.class)
                .forEach(budget -> selectors.put(name(budget), budget.getSpec().getSelector()));
        manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getNamespace().equals("lyceum"))
                .forEach(policy -> selectors.put(name(policy), policy.getSpec().getPodSelector()));
        return selectors;
    }

    /** @return whether it selects a pod, and each of the values that it names does */
    boolean isMatched(LabelSelector selector) {
        return pods().anyMatch(pod -> matches(selector, pod.getMetadata()))
                && selector.getMatchExpressions().stream()
                        .allMatch(expression -> expression.getOperator().equals("In")
                                && expression.getValues().stream()
                                        .allMatch(value -> pods().anyMatch(pod -> value.equals(
                                                pod.getMetadata().getLabels().get(expression.getKey())))));
    }

    List<String> deploymentsThatMissTheirPods() {
        return manifests.all(Deployment.class).stream()
                .filter(deployment -> !matches(
                        deployment.getSpec().getSelector(),
                        deployment.getSpec().getTemplate().getMetadata()))
                .map(Selections::name)
                .toList();
    }

    /** @return ports that a Service, a policy or a monitor names, and that no pod, or no Service, has */
    List<String> portsThatNobodyHas() {
        List<String> missing = new ArrayList<>();
        for (Service service : manifests.all(Service.class)) {
            LabelSelector selector = labels(service.getSpec().getSelector());
            service.getSpec().getPorts().stream()
                    .map(port -> port.getTargetPort().getStrVal())
                    .filter(port -> !haveAll(selector, port))
                    .forEach(port -> missing.add(name(service) + ": " + port));
        }
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            policy.getSpec().getIngress().stream()
                    .flatMap(rule -> rule.getPorts().stream())
                    .map(port -> port.getPort().getStrVal())
                    .filter(port -> !haveAll(policy.getSpec().getPodSelector(), port))
                    .forEach(port -> missing.add(name(policy) + ": " + port));
        }
        for (ServiceMonitor monitor : manifests.all(ServiceMonitor.class)) {
            monitor.getSpec().getEndpoints().stream()
                    .filter(endpoint -> manifests.all(Service.class).stream()
                            .filter(service -> matches(monitor.getSpec().getSelector(), service.getMetadata()))
                            .noneMatch(service -> service.getSpec().getPorts().stream()
                                    .anyMatch(port -> port.getName().equals(endpoint.getPort()))))
                    .forEach(endpoint -> missing.add(name(monitor) + ": " + endpoint.getPort()));
        }
        return missing;
    }

    private boolean haveAll(LabelSelector selector, String port) {
        return pods().filter(pod -> matches(selector, pod.getMetadata()))
                .allMatch(pod -> pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getPorts().stream())
                        .anyMatch(opened -> opened.getName().equals(port)));
    }

    private Stream<PodTemplateSpec> pods() {
        return Stream.of(
                        manifests.all(Deployment.class).stream()
                                .map(owner -> owner.getSpec().getTemplate()),
                        manifests.all(StatefulSet.class).stream()
                                .map(owner -> owner.getSpec().getTemplate()),
                        manifests.all(CronJob.class).stream()
                                .map(owner -> owner.getSpec()
                                        .getJobTemplate()
                                        .getSpec()
                                        .getTemplate()))
                .flatMap(templates -> templates);
    }

    private static boolean matches(LabelSelector selector, ObjectMeta metadata) {
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        return labels.entrySet()
                        .containsAll(Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of())
                                .entrySet())
                && selector.getMatchExpressions().stream()
                        .allMatch(expression -> expression.getValues().contains(labels.get(expression.getKey())));
    }

    private static LabelSelector labels(Map<String, String> labels) {
        LabelSelector selector = new LabelSelector();
        selector.setMatchLabels(labels);
        return selector;
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
