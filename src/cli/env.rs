//! `env`: the files with which this machine's etcd can be reached, printed as a shell or a program wants them.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{Done, exit::Exit, output_options::OutputOptions, stderr::Stderr, target::TargetArgs};
use crate::{
    message::{CliMessage, Lang, Message, Say},
    observation::{self, target::Given},
    report::{self, Client, Format, Report},
    shell::Shell,
    workflow::{self, Failure, Search, Tried},
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
    client: Option<Program>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Program {
    /// A scrape configuration
    Prometheus,
    /// kube-apiserver's flags
    Apiserver,
}

/// What is printed of one cluster: its name if there are several, and the text with the certificate that it uses.
type Found = (Option<String>, Tried<io::Result<Option<(String, Option<Given>)>>>);

/// Prints the first files that work, for each cluster; else says what is wrong.
pub(super) fn run(args: EnvArgs, options: &OutputOptions) -> Done<Exit> {
    let (stderr, style) = (options.stderr(), options.style());
    let request = args.target.request(Search::Always, stderr)?;
    let client = args.printed.client();
    let found: Vec<Found> = super::block_on(async {
        let mut found = Vec::new();
        for target in workflow::resolve(request, &mut stderr.remarks()).await? {
            let name = target.target.situation.cluster.clone();
            let target = match client {
                Client::Apiserver => target.as_client(observation::Program::KubeApiserver),
                _ => target,
            };
            let tried = workflow::try_files(
                target,
                |facts| report::sees_files(&client, facts),
                |facts, verdict, works| {
                    if works {
                        let text = report::client_text(&client, facts);
                        return Ok(text.map(|text| (text, facts.observation.target.cert.clone())));
                    }
                    let mut why = Vec::new();
                    report::write(
                        &mut why,
                        Format::Simple,
                        &[Report::new(facts, verdict)],
                        &style,
                    )?;
                    io::Result::Ok(Some((String::from_utf8_lossy(&why).into_owned(), None)))
                },
            );
            found.push((name, tried.await));
        }
        Ok::<_, Failure>(found)
    })??;
    let is_one_of_several = found.len() > 1;
    let mut exit = Exit::Fine;
    // A shell that takes all of it ends up with the last set: that of the first cluster, which is the one for most.
    for (name, tried) in found.into_iter().rev() {
        let name = name.filter(|_| is_one_of_several);
        if !print(name.as_deref(), tried, stderr, style.lang)? {
            exit = Exit::Problem;
        }
    }
    Ok(exit)
}

/// What a client is given, and the certificate in it; `None` where it can't see the files.
type ClientText = io::Result<Option<(String, Option<Given>)>>;

/// Prints what works for one cluster, or says why nothing does; whether it works.
fn print(name: Option<&str>, tried: Tried<ClientText>, stderr: Stderr, lang: Lang) -> Done<bool> {
    let named = name.map(|name| CliMessage::OfCluster { name: name.into() });
    let failure = match tried {
        Tried::Works(found) => match found? {
            Some((text, cert)) => {
                if let Some(cert) = cert {
                    let (path, origin) = (cert.value.into(), cert.origin.message().into());
                    stderr.hint(CliMessage::Works { path, origin });
                }
                let mut out = io::stdout().lock();
                if let Some(named) = named {
                    writeln!(out, "# {}", named.say(lang))?;
                }
                writeln!(out, "{text}")?;
                out.flush()?;
                return Ok(true);
            }
            None => CliMessage::NoManifest,
        },
        Tried::Fails(why) => {
            let why = why?.map(|(text, _)| text).unwrap_or_default();
            why.lines().for_each(Stderr::show);
            CliMessage::NoWorkingFiles
        }
    };
    let failure = Message::from(failure);
    let failure = match named {
        Some(named) => failure.about(Message::from(named)),
        None => failure,
    };
    stderr.error(&Failure::refused(failure));
    Ok(false)
}

impl Printed {
    fn client(self) -> Client {
        let own = || Shell::of_path(&std::env::var("SHELL").ok()?);
        match (self.client, self.command) {
            (Some(Program::Prometheus), _) => Client::Prometheus,
            (Some(Program::Apiserver), _) => Client::Apiserver,
            (None, command) if self.kubectl => Client::Kubectl(command),
            (None, command) if self.crictl => Client::Crictl(command),
            (None, Some(command)) => Client::Etcdctl(command),
            (None, None) => Client::Variables(self.shell.or_else(own).unwrap_or(Shell::Bash)),
        }
    }
}
