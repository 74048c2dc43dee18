//! `ca missing`: which certificates the configuration of a node names and its disk lacks, and making them.

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;

use super::made;
use super::place::{self, CaPlace, KeyKind, Output};
use super::shared::SharedLedger;
use crate::ca::{self, Maker, Order, OrderKey, Profile};
use crate::cli::exit::{Exit, note};
use crate::cli::{Done, target::duration};
use crate::ledger::Embedded;
use crate::message::{CaWord, Label, Lang, TreeWord};
use crate::observation::{ConfigFile, Program};
use crate::observe::config::{self, Disk};
use crate::report::listing;
use crate::x509::San;

#[derive(Debug, Args)]
pub(super) struct MissingArgs {
    #[command(flatten)]
    place: CaPlace,
    /// Configuration of etcd or kube-apiserver, or a folder of it; may be given several times [default: this machine's]
    #[arg(long, value_name = "PATH")]
    config: Vec<String>,
    /// Look under this folder instead of / (a mounted disk, a node's files copied off)
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Make what is missing
    #[arg(long)]
    apply: bool,
    /// A name to add to server and peer certificates; may be given several times
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',')]
    san: Vec<String>,
    /// How long the certificates live
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = duration)]
    ttl: Duration,
    /// The kind of key to make
    #[arg(long, value_enum, default_value_t = KeyKind::P256, value_name = "KIND")]
    key_algorithm: KeyKind,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what is missing, or was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// A pair of files that the configuration names, and that is not there.
#[derive(Debug, Serialize)]
struct Missing {
    profile: Profile,
    name: String,
    sans: Vec<String>,
    cert: PathBuf,
    key: PathBuf,
    named_by: String,
}

/// The settings that name pairs of files: program, certificate, key, role.
const PAIRS: [(Program, &str, &str, Profile); 5] = [
    (Program::Etcd, "cert-file", "key-file", Profile::Server),
    (Program::Etcd, "peer-cert-file", "peer-key-file", Profile::Peer),
    (Program::Etcd, "client-cert-file", "client-key-file", Profile::Client),
    (Program::Etcd, "peer-client-cert-file", "peer-client-key-file", Profile::Client),
    (Program::KubeApiserver, "etcd-certfile", "etcd-keyfile", Profile::Client),
];

/// Lists what is missing, or makes it.
pub(super) fn run(args: &MissingArgs, lang: Lang) -> Done<Exit> {
    let disk = Disk::new(args.root.clone());
    let found = if args.config.is_empty() {
        config::machine(&disk)
    } else {
        config::named(&args.config, &disk)
    };
    let added: Result<Vec<San>, _> = args.san.iter().map(|text| ca::san(text)).collect();
    let missing = missing(&found.configs, &added.map_err(|error| super::misuse(&error))?);
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.apply && !missing.is_empty() {
        apply(args, missing, &mut out, lang)?;
        out.flush()?;
        return Ok(Exit::Fine);
    }
    match args.output {
        Output::Json => missing.iter().try_for_each(|one| listing::object(&mut out, one))?,
        Output::Table => {
            let row = |one: &Missing| {
                let cert = one.cert.display().to_string();
                let role = made::role(one.profile, lang).to_owned();
                vec![role, cert, one.sans.join(", "), one.named_by.clone()]
            };
            let rows: Vec<_> = missing.iter().map(row).collect();
            let headings = [
                TreeWord::Role.in_lang(lang),
                Label::Certificate.in_lang(lang),
                CaWord::Names.in_lang(lang),
                Label::GivenBy.in_lang(lang),
            ];
            listing::columns(&mut out, &headings, &rows)?;
        }
    }
    out.flush()?;
    let looked_at = found.configs.iter().filter(|config| !config.settings.is_empty()).count();
    note(&format!("{} missing; {looked_at} configurations looked at", missing.len()));
    Ok(if missing.is_empty() { Exit::Fine } else { Exit::Problem })
}

fn apply(
    args: &MissingArgs,
    missing: Vec<Missing>,
    out: &mut impl io::Write,
    lang: Lang,
) -> Done<()> {
    let now = OffsetDateTime::now_utc();
    let authority = args.place.load(now)?;
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let order = |one: Missing| -> Done<Order> {
        let sans: Result<Vec<San>, _> = one.sans.iter().map(|text| ca::san(text)).collect();
        Ok(Order {
            profile: one.profile,
            subject: ca::subject(&one.name, &[])?,
            sans: sans?,
            ttl: args.ttl,
            key: OrderKey::New(args.key_algorithm.into()),
            holder: super::holder(one.profile, &one.name, None, None)?,
            cert: one.cert,
            key_file: one.key,
            replaces: None,
        })
    };
    let orders: Vec<Order> = missing.into_iter().map(order).collect::<Done<_>>()?;
    let maker = Maker { authority: &authority, cluster_id: &args.shared.cluster_id, now };
    let mut done = Vec::new();
    let outcome = maker.make(orders, &mut held, |made| done.push(made));
    drop(held);
    made::note_shortened(&done, &authority.certificate);
    let delivered = args.shared.deliver(&mut ledger)?;
    made::tell(out, &done, args.output, &delivered, lang)?;
    outcome.map_err(place::refuse)
}

/// The pairs of which neither file is there; where one of them is, nothing may be made over it, and it is said.
fn missing(configs: &[ConfigFile], added: &[San]) -> Vec<Missing> {
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for config in configs {
        for (_, cert, key, profile) in
            PAIRS.iter().filter(|(program, ..)| *program == config.program)
        {
            let (Some(cert), Some(key)) = (config.get(cert), config.get(key)) else { continue };
            let (cert, key) = (&place(config, cert.path()), &place(config, key.path()));
            match (cert.exists(), key.exists()) {
                (false, false) if known.insert(cert.to_owned()) => {
                    found.push(Missing {
                        profile: *profile,
                        name: name_of(config, *profile, cert),
                        sans: names_of(config, *profile, added),
                        cert: cert.to_owned(),
                        key: key.to_owned(),
                        named_by: config.path.clone(),
                    });
                }
                (true, true) | (false, false) => {}
                (here, _) => {
                    let (here, gone) = if here { (cert, key) } else { (key, cert) };
                    note(&format!("note: {} is there, {} is not", here.display(), gone.display()));
                }
            }
        }
    }
    found
}

/// A process means a relative path from its own working folder.
fn place(config: &ConfigFile, path: &str) -> PathBuf {
    let folder = std::fs::read_link(Path::new(&config.path).join("cwd")).ok();
    folder.filter(|_| config.path.starts_with("/proc/")).unwrap_or_default().join(path)
}

/// A member's own name; what the file is called for a client.
fn name_of(config: &ConfigFile, profile: Profile, cert: &Path) -> String {
    let own = config.get("name").map(|name| name.value.clone()).filter(|_| profile.is_dialled());
    let stem = || cert.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    own.filter(|name| !name.is_empty()).unwrap_or_else(stem)
}

/// Every host by which others dial it, and this machine by its own names.
fn names_of(config: &ConfigFile, profile: Profile, added: &[San]) -> Vec<String> {
    let settings: &[&str] = match profile {
        Profile::Client => return Vec::new(),
        Profile::Server => &["advertise-client-urls", "listen-client-urls"],
        Profile::Peer => &["initial-advertise-peer-urls", "listen-peer-urls"],
    };
    let urls =
        settings.iter().filter_map(|name| config.get(name)).flat_map(|one| one.value.split(','));
    let hosts = urls.filter_map(|url| url.trim().parse::<http::Uri>().ok());
    let hosts = hosts.filter_map(|url| ca::san(url.host()?).ok());
    let anywhere = |san: &San| matches!(san, San::Ip(address) if address.is_unspecified());
    let name = config.get("name").and_then(|name| ca::san(&name.value).ok());
    let local = ca::Layout::Kubeadm.local_names();
    let mut names: Vec<String> = Vec::new();
    for san in name
        .into_iter()
        .chain(hosts.filter(|san| !anywhere(san)))
        .chain(local)
        .chain(added.to_vec())
    {
        if !names.contains(&san.to_string()) {
            names.push(san.to_string());
        }
    }
    names
}
