//! `inspect`: what one file or server holds.

use std::{path::Path, time::Duration};

use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::Failure;
use crate::{
    facts::tree::{Inspected, Source, objects, presented},
    message::{FileMessage, Message, Say},
    observe::{
        files::{named_file, tree},
        wire::client,
    },
};

/// Looks at a server, by its URL or as host:port, or at a file, which `passphrase` may open.
///
/// # Errors
/// It can't be read, or is nothing of TLS.
pub async fn inspect(
    name: &str,
    passphrase: Option<&str>,
    timeout: Duration,
) -> Result<Inspected, Failure> {
    let found = if is_server(name) { server(name, timeout).await } else { file(name, passphrase) };
    found.map_err(|why| Failure::failed(why.about(name)))
}

/// A name with a scheme, or one with a port that is no file.
fn is_server(name: &str) -> bool {
    let port = name.rsplit_once(':').map(|(_, port)| port);
    let has_port = port.is_some_and(|port| port.parse::<u16>().is_ok());
    name.contains("://") || has_port && !Path::new(name).exists()
}

async fn server(name: &str, timeout: Duration) -> Result<Inspected, Message> {
    let seen = client::presented(name, timeout).await;
    let tls = seen.map_err(|error| error.fault.message())?;
    Ok(Inspected {
        name: name.to_owned(),
        when: OffsetDateTime::now_utc(),
        objects: presented(&tls.chain),
        source: Source::Server(Box::new(tls)),
    })
}

fn file(name: &str, passphrase: Option<&str>) -> Result<Inspected, Message> {
    let file = tree::look_into(Path::new(name), passphrase);
    if let Some(why) = file.seen.state.refusal() {
        return Err(why.message());
    }
    if let Some(Err(why)) = file.keystore.as_ref().and_then(|keystore| keystore.opened.as_ref()) {
        return Err(why.message());
    }
    let objects = objects(&file);
    if objects.is_empty() && file.keystore.is_none() && file.kubeconfig.is_none() {
        return Err(FileMessage::NothingInIt.into());
    }
    let when = OffsetDateTime::now_utc();
    Ok(Inspected { name: name.to_owned(), when, source: Source::File(file), objects })
}

/// Reads a passphrase: the first line of a file.
///
/// # Errors
/// The file can't be read, or holds no text.
pub fn read_passphrase(path: &Path) -> Result<Zeroizing<String>, Failure> {
    named_file::first_line(path).map_err(|error| {
        Failure::failed(
            error.fault.message().about(format!("--passphrase-file {}", path.display())),
        )
    })
}
