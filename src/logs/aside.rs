//! What is not about etcd's connections, although its words are the same: lines of kubelet, kubectl, container runtimes and kube-apiserver
//! about something else, and what a server says of a client that left.

/// The ports that etcd and its metrics usually have.
const OF_ETCD: [&str; 6] = [":2379", ":2380", ":2381", ":2382", ":4001", "port=2379"];

/// A container runtime, an image registry, ssh, or a component's own files: never etcd, whatever pod the line names.
const OTHERS: &[&str] = &[
    // Container runtimes.
    "containerd.sock",
    "crio.sock",
    "docker.sock",
    "dockerd.sock",
    "dockershim.sock",
    "OCI runtime",
    "runc create failed",
    "runc did not terminate",
    "getting the final child's pid from pipe",
    "crio container factory",
    "containerd container factory",
    "cni config",
    "/etc/cni/",
    // Images.
    "ErrImagePull",
    "ImagePullBackOff",
    "pull image",
    "pulling image",
    "PullImage",
    "failed to resolve reference",
    "failed to pull and unpack",
    "error pinging docker registry",
    "docker.io/",
    "docker.io:",
    "'https://github.com/",
    // ssh.
    "ssh: ",
    "sshd[",
    "port 22: ",
    "port 22\n",
    ":22: ",
    "kex_exchange_identification",
    "ssh_exchange_identification",
    // Add-ons of kube-apiserver.
    "failed calling webhook",
    "failed to call webhook",
    "failing or missing response from",
    "metrics.k8s.io",
    // Ports of kubelet, controller manager and scheduler.
    ":10248",
    ":10250",
    ":10255",
    ":10256",
    ":10257",
    ":10259",
];

/// A server about a client that left, or about a member that is still catching up, which passes by itself.
const LEFT: &[&str] = &[
    "failed to write status",
    "loopyWriter",
    "HandleStreams failed to read frame",
    "failed to receive the preface from client: EOF",
    "failed to receive watch request from gRPC stream",
    "failed to send watch",
    "failed to receive lease keepalive request from gRPC stream",
    "failed to send lease keepalive response to gRPC stream",
    "can only promote a learner member which is in sync with leader",
    "romoting a learner",
    "romoting the learner",
    // A member that stops and finds nobody to lead in time.
    "leadership transfer failed",
    "failed to transfer leadership",
];

/// Whether a line says nothing of etcd's connections.
pub(super) fn is_aside(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let of_etcd = has(&OF_ETCD);
    if has(LEFT) {
        return true;
    }
    // A control plane component that failed is told by the line that names kube-apiserver.
    if has(OTHERS) && !of_etcd && !text.contains("kube-apiserver check failed") {
        return !text.contains(":10250/containerLogs");
    }
    let etcd = of_etcd || text.contains("etcd");
    let is_probe = has(&["probe failed", "Probe failed", "probe errored", "Probe errored"]);
    // kubectl without a kubeconfig.
    let homeless = text.contains("localhost:8080") || text.contains("127.0.0.1:8080");
    (is_probe || homeless || text.contains("/var/lib/kubelet/")) && !etcd
}

/// Whether kube-apiserver was called, and by somebody who did not call etcd in the same line.
pub(super) fn is_about_apiserver(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let called =
        has(&[":6443", "/api/v1", "/apis/", "/api?timeout", "Unable to connect to the server: "]);
    called && !has(&OF_ETCD)
}

#[cfg(test)]
mod tests {
    use super::is_aside;

    #[test]
    fn etcds_own_probes_are_no_others() {
        for (line, aside) in [
            ("Readiness probe failed: dial tcp 10.0.0.7:5432: connect: connection refused", true),
            ("Liveness probe failed: dial tcp 127.0.0.1:2381: connect: connection refused", false),
            ("open /var/lib/kubelet/config.yaml: no such file or directory", true),
        ] {
            assert_eq!(is_aside(line), aside, "{line}");
        }
    }
}
