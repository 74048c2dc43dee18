//! `env`: the files with which this machine's etcd can be reached, tried, and printed as a shell or a program wants them.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{
    Done,
    exit::{Exit, note, show},
    pod::Pod,
    target::{Asked, Search, TargetArgs},
    telling::Telling,
};
use crate::{
    diagnoses,
    diagnoses::engine::judge,
    etcd::option,
    facts::{Endpoint, Facts, Listener},
    message::Say,
    observation::{Observation, Target, target::Given},
    report::{self, Format, Report},
    shell::{self, Shell},
};

#[derive(Debug, Args)]
pub(super) struct EnvArgs {
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    printed: Printed,
}

/// What is printed of it.
#[derive(Debug, Args)]
struct Printed {
    /// The shell to print for [default: that of $SHELL, else bash]
    #[arg(long, value_enum, value_name = "SHELL")]
    shell: Option<Shell>,
    /// Print the whole etcdctl line for a command, such as 'snapshot save /backup/etcd.db'
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// Print the line that runs etcdctl inside etcd's static pod, through kubectl
    #[arg(long, conflicts_with = "crictl")]
    kubectl: bool,
    /// The same through crictl, for a node whose API server is down
    #[arg(long)]
    crictl: bool,
    /// Print the configuration of another client instead
    #[arg(long = "for", value_enum, value_name = "CLIENT", conflicts_with_all = ["shell", "command", "kubectl", "crictl"])]
    client: Option<Client>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Client {
    /// A scrape configuration
    Prometheus,
    /// kube-apiserver's flags
    Apiserver,
}

/// Tries the pairs at hand, least privileged first, and prints the first that works; else says what is wrong.
pub(super) fn run(args: EnvArgs, telling: &Telling) -> Done<Exit> {
    let style = telling.style();
    let asked = args.target.resolve(None, Search::Always)?;
    let rooms = diagnoses::all();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut first: Option<Observation> = None;
    for attempt in attempts(asked) {
        let observation = runtime.block_on(attempt);
        let facts = Facts::derive(&observation);
        if facts.endpoints.iter().all(Endpoint::is_etcd) {
            let Some(text) = told(&args.printed, &facts) else {
                note(
                    "error: --kubectl and --crictl need etcd's static pod manifest; none was found",
                );
                return Ok(Exit::Problem);
            };
            tell_choice(&observation.target);
            let mut out = io::stdout().lock();
            writeln!(out, "{text}")?;
            out.flush()?;
            return Ok(Exit::Fine);
        }
        first.get_or_insert(observation);
    }
    let Some(observation) = first else { return Ok(Exit::Problem) };
    let facts = Facts::derive(&observation);
    let mut why = Vec::new();
    let verdict = judge(&rooms, &facts);
    report::write(&mut why, Format::Simple, &Report::new(&facts, &verdict), &style)?;
    String::from_utf8_lossy(&why).lines().for_each(show);
    note(
        "error: no working set of endpoint, CA, certificate and key was found; `etcd-tls check` says more",
    );
    Ok(Exit::Problem)
}

/// The text asked for; `None` when it needs a pod and there is none.
fn told(printed: &Printed, facts: &Facts<'_>) -> Option<String> {
    let target = &facts.observation.target;
    let command = printed.command.as_deref();
    Some(match printed.client {
        Some(Client::Prometheus) => for_prometheus(facts),
        Some(Client::Apiserver) => for_apiserver(target),
        None if printed.kubectl => Pod::of(facts)?.kubectl(facts, command),
        None if printed.crictl => Pod::of(facts)?.crictl(facts, command),
        None => match command {
            Some(command) => etcdctl(target, command),
            None => variables(target, shell(printed.shell)),
        },
    })
}

/// One look at etcd for each pair at hand, the given or best one first.
fn attempts(asked: Asked) -> impl Iterator<Item = impl Future<Output = Observation>> {
    let Asked { target, login, configs, files, spares } = asked;
    crate::observe::target::make_room(target.endpoints.len());
    let own = (target.cert.clone(), target.key.clone());
    let spares = spares.into_iter().map(|(cert, key)| (Some(cert), Some(key)));
    std::iter::once(own).chain(spares).map(move |(cert, key)| {
        let target = Target { cert, key, ..target.clone() };
        crate::observe::target::observe(
            target,
            configs.clone(),
            files.clone(),
            login.clone(),
            |_| {},
        )
    })
}

/// Says on standard error which files were taken, and why; standard output belongs to the shell.
fn tell_choice(target: &Target) {
    if let Some(Given { value, origin }) = &target.cert {
        note(&format!("hint: tried and works: {value} ({})", origin.message()));
    }
}

fn shell(asked: Option<Shell>) -> Shell {
    let own = || Shell::of_path(&std::env::var("SHELL").ok()?);
    asked.or_else(own).unwrap_or(Shell::Bash)
}

/// The `ETCDCTL_*` variables.
fn variables(target: &Target, shell: Shell) -> String {
    let lines = settings(target)
        .into_iter()
        .map(|(flag, value)| shell.assignment(&option::variable("ETCDCTL_", flag), &value));
    lines.collect::<Vec<_>>().join("\n")
}

/// The whole command line; a snapshot is taken of one member.
fn etcdctl(target: &Target, command: &str) -> String {
    let single = command.trim_start().starts_with("snapshot save");
    let flags = settings(target).into_iter().map(|(flag, value)| {
        let value = if single && flag == "endpoints" { first_of(&value) } else { &value };
        format!("--{flag}={}", shell::quoted(value))
    });
    format!("etcdctl {} {command}", flags.collect::<Vec<_>>().join(" "))
}

fn first_of(urls: &str) -> &str {
    urls.split(',').next().unwrap_or_default()
}

/// Names as etcdctl spells them, with values that hold in every folder.
fn settings(target: &Target) -> Vec<(&'static str, String)> {
    let urls: Vec<&str> = target.endpoints.iter().map(|given| given.value.as_str()).collect();
    let mut settings = vec![("endpoints", urls.join(","))];
    for (flag, given) in [("cacert", &target.cacert), ("cert", &target.cert), ("key", &target.key)]
    {
        settings.extend(given.as_ref().map(|given| (flag, absolute(&given.value))));
    }
    settings
}

fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
}

/// A job for Prometheus: etcd's own metrics listener where it has one in clear text, else the client port.
fn for_prometheus(facts: &Facts<'_>) -> String {
    let metrics = facts.settings.urls("listen-metrics-urls");
    let clear: Vec<_> =
        metrics.iter().filter(|url| !url.is_tls()).map(Listener::authority).collect();
    if !clear.is_empty() {
        return format!(
            "- job_name: etcd\n  static_configs:\n  - targets: [{}]",
            clear.iter().map(|target| quoted(target)).collect::<Vec<_>>().join(", ")
        );
    }
    let target = &facts.observation.target;
    let targets: Vec<_> =
        facts.endpoints.iter().map(|endpoint| quoted(&endpoint.authority())).collect();
    let mut lines = vec!["- job_name: etcd".to_owned()];
    if facts.endpoints.iter().any(|endpoint| endpoint.tls().is_some()) {
        lines.extend(["  scheme: https".to_owned(), "  tls_config:".to_owned()]);
        for (name, given) in
            [("ca_file", &target.cacert), ("cert_file", &target.cert), ("key_file", &target.key)]
        {
            lines.extend(
                given
                    .as_ref()
                    .map(|given| format!("    {name}: {}", quoted(&absolute(&given.value)))),
            );
        }
    }
    lines
        .extend(["  static_configs:".to_owned(), format!("  - targets: [{}]", targets.join(", "))]);
    lines.join("\n")
}

/// A YAML scalar in quotes: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn for_apiserver(target: &Target) -> String {
    let names = [
        ("endpoints", "etcd-servers"),
        ("cacert", "etcd-cafile"),
        ("cert", "etcd-certfile"),
        ("key", "etcd-keyfile"),
    ];
    let flag = |(name, value): (&str, String)| {
        let flag = names.iter().find(|(own, _)| *own == name).map_or(name, |(_, flag)| flag);
        format!("--{flag}={value}")
    };
    settings(target).into_iter().map(flag).collect::<Vec<_>>().join("\n")
}
