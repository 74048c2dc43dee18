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

const PORT: u16 = 53;
/// RFC 1035 §4.2.1; nothing longer was asked for.
const DATAGRAM: usize = 512;

/// Client URLs by the records of a domain: those for TLS first. `name` is `--discovery-srv-name`.
pub(crate) async fn client_urls(
    domain: &str,
    name: Option<&str>,
    timeout: Duration,
) -> Result<Vec<String>, String> {
    let suffix = name.map(|name| format!("-{name}")).unwrap_or_default();
    let config = std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default();
    let servers = servers(&config);
    let mut found = Vec::new();
    let mut failed = Vec::new();
    for (service, scheme) in [("etcd-client-ssl", "https"), ("etcd-client", "http")] {
        let record = format!("_{service}{suffix}._tcp.{domain}");
        match records(&record, &servers, Instant::now() + timeout).await {
            Ok(mut services) => {
                services.sort_by_key(|one| (one.priority, std::cmp::Reverse(one.weight)));
                let url = |one: Service| format!("{scheme}://{}:{}", one.target, one.port);
                found.extend(services.into_iter().map(url));
            }
            Err(why) => failed.push(format!("{record}: {why}")),
        }
    }
    match (found.is_empty(), failed.is_empty()) {
        (true, true) => Err(format!("no SRV record of etcd clients at {domain}")),
        (true, false) => Err(failed.join("; ")),
        (false, _) => Ok(found),
    }
}

/// The records of a name, by the first server that answers.
async fn records(
    name: &str,
    servers: &[SocketAddr],
    deadline: Instant,
) -> Result<Vec<Service>, String> {
    let mut id = [0; 2];
    aws_lc_rs::rand::fill(&mut id).map_err(|error| error.to_string())?;
    let question = dns_message::question(u16::from_be_bytes(id), name)
        .ok_or_else(|| "is no domain name".to_owned())?;
    let mut last = "no answer in time".to_owned();
    for (index, server) in servers.iter().enumerate() {
        // Each of those that are left gets its share of the time.
        let left = deadline.saturating_duration_since(Instant::now());
        let share = left / u32::try_from(servers.len() - index).unwrap_or(1);
        let asked = timeout_at(Instant::now() + share, ask(*server, &question)).await;
        match asked {
            Ok(Ok(Answer::Services(found))) => return Ok(found),
            Ok(Ok(Answer::Refused(code))) => last = format!("{server} answers with code {code}"),
            Ok(Ok(Answer::Truncated)) => last = format!("{server} gives half an answer"),
            Ok(Err(error)) => last = format!("{server}: {error}"),
            Err(_) => last = format!("{server}: no answer in time"),
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
