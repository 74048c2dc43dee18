//! The `etcd-tls` binary: arguments in, exit code out.

fn main() -> std::process::ExitCode {
    etcd_tls::cli::run()
}
