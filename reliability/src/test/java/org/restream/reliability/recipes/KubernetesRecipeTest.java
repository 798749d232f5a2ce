package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** The manifest: its YAML by Python's parser, its numbers, and its commands without a cluster. */
class KubernetesRecipeTest extends OnRecipeHosts {
    /** Prints what the tests ask for, each as NAME=VALUE; a command as a line for a shell. */
    private static final String READ = """
            import shlex, sys, yaml
            service, servers, job = yaml.safe_load_all(open("restream.yaml"))
            pod = servers["spec"]["template"]["spec"]
            listen = pod["containers"][0]
            send = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]
            assert service["spec"]["clusterIP"] == "None"
            assert service["metadata"]["name"] == servers["spec"]["serviceName"]
            labels = servers["spec"]["template"]["metadata"]["labels"]
            assert service["spec"]["selector"] == labels == servers["spec"]["selector"]["matchLabels"]
            ports = {p["name"]: p["containerPort"] for p in listen["ports"]}
            assert ports[listen["readinessProbe"]["tcpSocket"]["port"]] == service["spec"]["ports"][0]["port"]
            assert listen["livenessProbe"]["tcpSocket"] == listen["readinessProbe"]["tcpSocket"]
            names = [v["name"] for v in pod["volumes"]]
            names += [v["metadata"]["name"] for v in servers["spec"]["volumeClaimTemplates"]]
            assert all(m["name"] in names for c in pod["containers"] + pod["initContainers"] for m in c["volumeMounts"])
            print("kinds=" + " ".join(x["kind"] for x in (service, servers, job)))
            print("termination=%d" % pod["terminationGracePeriodSeconds"])
            print("preStop=" + shlex.join(listen["lifecycle"]["preStop"]["exec"]["command"]))
            print("init=" + shlex.join(pod["initContainers"][0]["command"]))
            print("listen=" + shlex.join(listen["command"]))
            print("send=" + shlex.join(send["command"]))
            print("replicas=%d" % servers["spec"]["replicas"])
            """;

    private Map<String, String> manifest;

    @BeforeEach
    void read() throws Exception {
        needs("python3");
        assumeTrue(receiver.start("python3 -c 'import yaml'").succeeds(), "python3 has no module yaml");
        Files.writeString(receiver.path("restream.yaml"), Recipe.of("kubernetes: restream.yaml"));
        manifest = receiver.run("python3 -c '" + READ.replace("'", "'\\''") + "'")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    @Runs("kubernetes: restream.yaml")
    void the_commands_work_as_the_first_process_and_end_by_sigterm() throws Exception {
        assertThat(manifest.get("kinds")).isEqualTo("Service StatefulSet CronJob");
        String data = srv("data").toString();
        receiver.run(manifest.get("init").replace("/data", data));
        Shell listen = receiver.start("exec unshare --pid --fork --kill-child -- "
                        + manifest.get("listen").replace("/data", data))
                .saying("listening");
        sender.install("pg_dump", "[ \"$*\" = orders ]\nseq 100000\n");
        sender.run(manifest.get("send")
                .replace("restream-0.restream", "backup-a")
                .replace("restream-1.restream", "backup"));
        sender.run("pg_dump orders > expected");
        sameContent("expected", "srv/data/files/orders.sql");
        listen.terminate().endsWith(0);
    }

    @Test
    void a_pod_has_the_time_to_end() {
        int grace = seconds(manifest.get("listen"), "--grace ");
        int preStop = seconds(manifest.get("preStop") + "s", "sleep ");
        assertThat(Integer.parseInt(manifest.get("termination"))).isGreaterThan(grace + preStop + 5);
    }

    @Test
    void a_sender_knows_each_pod() {
        List<String> names = IntStream.range(0, Integer.parseInt(manifest.get("replicas")))
                .mapToObj(i -> "-s restream-" + i + ".restream")
                .toList();
        assertThat(manifest.get("send")).contains(String.join(" ", names));
    }

    @Test
    void a_probe_is_not_logged() throws Exception {
        Shell listen = receiver.start("restream listen --host 0.0.0.0 --output " + srv("store"))
                .saying("listening");
        for (int i = 0; i < 20; i++) {
            sender.run("python3 -c 'import socket; socket.create_connection((\"backup\", 9967)).close()'");
        }
        listen.terminate().endsWith(0);
        assertThat(listen.said().lines()).hasSize(1);
    }

    private static int seconds(String command, String before) {
        return Integer.parseInt(command.replaceFirst(".*" + before + "(\\d+)s.*", "$1"));
    }
}
