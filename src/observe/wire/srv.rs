//! The endpoints that a domain's SRV records name, as etcdctl finds them (etcd `client/pkg/srv/srv.go`, `GetClient`).
//!
//! The servers of `/etc/resolv.conf` are asked over UDP, and over TCP where an answer is too long.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::{Instant, timeout_at},
};

use super::dns_message;
use super::dns_message::Answer;
use super::dns_message::Service;
use crate::observe::files::named_file;
use crate::{
    message::{Message, NetworkMessage, Say},
    observation::refusal::SystemError,
};

const PORT: u16 = 53;
/// RFC 1035 §4.2.1; nothing longer was asked for.
const DATAGRAM: usize = 512;

/// Why the records of a domain name no endpoint.
#[derive(Debug)]
pub(crate) enum SrvError {
    /// The domain has none.
    NoRecord(String),
    /// They could not be asked for: each name, and why.
    Failed(Vec<(String, DnsError)>),
}

/// Why a name could not be looked up.
#[derive(Debug)]
pub(crate) enum DnsError {
    /// It is not a domain name.
    NoName,
    /// The system gives no random number for the question.
    NoRandom,
    /// No server was asked, for want of time.
    Timeout,
    /// A server did not answer in time.
    Silent(SocketAddr),
    /// A server refused, by its code (RFC 1035 §4.1.1).
    Code(SocketAddr, u8),
    /// A server's answer is cut off, over TCP too.
    Truncated(SocketAddr),
    /// A server can't be reached.
    System(SocketAddr, SystemError),
}

impl Say for SrvError {
    fn message(&self) -> Message {
        match self {
            Self::NoRecord(domain) => NetworkMessage::NoSrvRecord { domain: domain.into() }.into(),
            Self::Failed(names) => Message::All(
                names.iter().map(|(name, error)| error.message().about(name)).collect(),
            ),
        }
    }
}

impl Say for DnsError {
    fn message(&self) -> Message {
        let message = match self {
            Self::NoName => NetworkMessage::NoDomainName,
            Self::NoRandom => NetworkMessage::NoRandom,
            Self::Timeout => NetworkMessage::NoAnswerInTime,
            Self::Silent(server) => {
                return Message::from(NetworkMessage::NoAnswerInTime).about(*server);
            }
            Self::Code(server, code) => {
                NetworkMessage::DnsCode { server: (*server).into(), code: (*code).into() }
            }
            Self::Truncated(server) => NetworkMessage::DnsHalf { server: (*server).into() },
            Self::System(server, error) => return error.message().about(*server),
        };
        message.into()
    }
}

/// Client URLs by the records of a domain: those for TLS first. `name` is `--discovery-srv-name`.
pub(crate) async fn client_urls(
    domain: &str,
    name: Option<&str>,
    timeout: Duration,
) -> Result<Vec<String>, SrvError> {
    let suffix = name.map(|name| format!("-{name}")).unwrap_or_default();
    let config = named_file::system_text("/etc/resolv.conf");
    let servers = servers(&config);
    let mut found = Vec::new();
    let mut failed = Vec::new();
    for (service, scheme) in [("etcd-client-ssl", "https"), ("etcd-client", "http")] {
        let record = format!("_{service}{suffix}._tcp.{domain}");
        match records(&record, &servers, Instant::now() + timeout).await {
            Ok(mut services) => {
                services.sort_by_key(|record| (record.priority, std::cmp::Reverse(record.weight)));
                let url = |record: Service| format!("{scheme}://{}:{}", record.target, record.port);
                found.extend(services.into_iter().map(url));
            }
            Err(error) => failed.push((record, error)),
        }
    }
    match (found.is_empty(), failed.is_empty()) {
        (true, true) => Err(SrvError::NoRecord(domain.to_owned())),
        (true, false) => Err(SrvError::Failed(failed)),
        (false, _) => Ok(found),
    }
}

/// The records of a name, by the first server that answers.
async fn records(
    name: &str,
    servers: &[SocketAddr],
    deadline: Instant,
) -> Result<Vec<Service>, DnsError> {
    let mut id = [0; 2];
    aws_lc_rs::rand::fill(&mut id).map_err(|_| DnsError::NoRandom)?;
    let question = dns_message::question(u16::from_be_bytes(id), name).ok_or(DnsError::NoName)?;
    let mut last = DnsError::Timeout;
    for (index, server) in servers.iter().enumerate() {
        // Each of those that are left gets its share of the time.
        let left = deadline.saturating_duration_since(Instant::now());
        let share = left / u32::try_from(servers.len() - index).unwrap_or(1);
        let asked = timeout_at(Instant::now() + share, ask(*server, &question)).await;
        match asked {
            Ok(Ok(Answer::Services(found))) => return Ok(found),
            Ok(Ok(Answer::Refused(code))) => last = DnsError::Code(*server, code),
            Ok(Ok(Answer::Truncated)) => last = DnsError::Truncated(*server),
            Ok(Err(error)) => last = DnsError::System(*server, (&error).into()),
            Err(_) => last = DnsError::Silent(*server),
        }
    }
    Err(last)
}

async fn ask(server: SocketAddr, question: &[u8]) -> io::Result<Answer> {
    let unspecified: IpAddr = if server.is_ipv6() { [0; 16].into() } else { [0; 4].into() };
    let socket = UdpSocket::bind((unspecified, 0)).await?;
    socket.connect(server).await?;
    socket.send(question).await?;
    let mut datagram = [0; DATAGRAM];
    loop {
        let length = socket.recv(&mut datagram).await?;
        match dns_message::answer(question, &datagram[..length]) {
            Some(Answer::Truncated) => return ask_by_stream(server, question).await,
            Some(answer) => return Ok(answer),
            // Anybody can send a datagram; the server's own may still come.
            None => {}
        }
    }
}

/// RFC 1035 §4.2.2: a length of two bytes in front of each message.
async fn ask_by_stream(server: SocketAddr, question: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(question.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), question].concat()).await?;
    let mut message = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut message).await?;
    let answer = dns_message::answer(question, &message);
    answer.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))
}

/// The servers of `/etc/resolv.conf`, this machine's own where it names none: resolv.conf(5).
fn servers(config: &str) -> Vec<SocketAddr> {
    let address = |line: &str| {
        let mut words = line.split_whitespace();
        let is_server = words.next() == Some("nameserver");
        words.next().filter(|_| is_server)?.parse::<IpAddr>().ok()
    };
    let mut found: Vec<IpAddr> = config.lines().filter_map(address).take(3).collect();
    if found.is_empty() {
        found.push([127, 0, 0, 1].into());
    }
    found.into_iter().map(|address| SocketAddr::new(address, PORT)).collect()
}

#[cfg(test)]
mod tests {
    use super::servers;

    #[test]
    fn the_servers_are_those_of_resolv_conf() {
        let config =
            "# nameserver 10.0.0.9\nsearch internal\nnameserver 10.0.0.1\nnameserver ::1\n";
        let found: Vec<_> = servers(config).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["10.0.0.1:53", "[::1]:53"]);
        assert_eq!(servers("").len(), 1);
    }
}
