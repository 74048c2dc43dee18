//! The `etcd-tls` binary: arguments in, exit code out.

fn main() {}
