//! Name lookup and TCP connect: every address is noted, the first that answers is used.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use tokio::{
    net::{TcpStream, UnixStream},
    time::{Instant, timeout_at},
};

use super::watched::Stream;
use crate::observation::endpoint::{After, Connection, Lookup, LookupError, Parts, Purpose, Tcp};

/// How long one address may keep the next one waiting (RFC 8305 §5).
const HEAD_START: Duration = Duration::from_millis(250);

/// An established connection.
pub(crate) struct Dialled {
    pub(crate) stream: Box<dyn Stream>,
    pub(crate) address: Address,
}

/// What can be dialled again.
#[derive(Debug, Clone)]
pub(crate) enum Address {
    Tcp(SocketAddr),
    Unix(String),
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => f.write_str(path),
        }
    }
}

/// The addresses of a host: itself if it is an address, else every A and AAAA record.
pub(crate) async fn lookup(parts: &Parts, deadline: Instant) -> (Vec<Address>, Option<Lookup>) {
    if parts.unix {
        return (vec![Address::Unix(parts.host.clone())], None);
    }
    if let Ok(ip) = parts.host.parse::<IpAddr>() {
        return (vec![Address::Tcp(SocketAddr::new(ip, parts.port))], None);
    }
    let start = Instant::now();
    let found =
        timeout_at(deadline, tokio::net::lookup_host((parts.host.as_str(), parts.port))).await;
    let (sockets, error) = match found {
        Ok(Ok(sockets)) => (sockets.collect::<Vec<_>>(), None),
        Ok(Err(error)) => (Vec::new(), Some(LookupError::Other(error.to_string()))),
        Err(_) => (Vec::new(), Some(LookupError::Timeout)),
    };
    let mut addresses: Vec<IpAddr> = Vec::new();
    for socket in &sockets {
        if !addresses.contains(&socket.ip()) {
            addresses.push(socket.ip());
        }
    }
    let error = error.or_else(|| addresses.is_empty().then_some(LookupError::NoAddress));
    let targets = sockets.into_iter().map(Address::Tcp).collect();
    (targets, Some(Lookup { addresses, error, ms: milliseconds(start) }))
}

/// Connects to the first address that answers, giving each a head start over the next; every attempt is noted.
pub(crate) async fn connect(
    addresses: &[Address],
    purpose: Purpose,
    deadline: Instant,
) -> (Vec<Connection>, Option<Dialled>) {
    let mut noted = Vec::new();
    let mut racing = tokio::task::JoinSet::new();
    let mut waiting = addresses.iter();
    let mut next = waiting.next();
    loop {
        if let Some(address) = next.take() {
            racing.spawn(attempt(address.clone(), purpose, deadline));
        }
        let head_start = async {
            if waiting.len() > 0 {
                tokio::time::sleep(HEAD_START).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            ended = racing.join_next() => match ended {
                Some(Ok((connection, Some(stream)))) => {
                    let address = stream.address.clone();
                    noted.push(connection);
                    return (noted, Some(Dialled { stream: stream.stream, address }));
                }
                Some(Ok((connection, None))) => noted.push(connection),
                Some(Err(_)) | None => {}
            },
            () = head_start => {}
        }
        next = waiting.next();
        if next.is_none() && racing.is_empty() {
            return (noted, None);
        }
    }
}

async fn attempt(
    address: Address,
    purpose: Purpose,
    deadline: Instant,
) -> (Connection, Option<Dialled>) {
    let start = Instant::now();
    let connected = timeout_at(deadline, open(&address)).await;
    let (tcp, from, stream) = match connected {
        Ok(Ok((stream, from))) => (Tcp::Connected, from, Some(stream)),
        Ok(Err(error)) => (failure(&error), None, None),
        Err(_) => (Tcp::TimedOut, None, None),
    };
    let connection = Connection {
        purpose,
        to: address.to_string(),
        from,
        tcp,
        tcp_ms: milliseconds(start),
        tls: None,
        first_bytes: String::new(),
        bytes_read: 0,
        listener: None,
        after: After::Nothing,
        http: Vec::new(),
    };
    (connection, stream.map(|stream| Dialled { stream, address }))
}

async fn open(address: &Address) -> io::Result<(Box<dyn Stream>, Option<SocketAddr>)> {
    match address {
        Address::Tcp(address) => {
            let stream = TcpStream::connect(address).await?;
            // One small write after another: waiting for acknowledgements would only add delay.
            stream.set_nodelay(true)?;
            let from = stream.local_addr().ok();
            Ok((Box::new(stream), from))
        }
        Address::Unix(path) => Ok((Box::new(UnixStream::connect(path).await?), None)),
    }
}

fn failure(error: &io::Error) -> Tcp {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Tcp::Refused,
        io::ErrorKind::TimedOut => Tcp::TimedOut,
        io::ErrorKind::ConnectionReset => Tcp::Reset,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => Tcp::Unreachable(error.into()),
        _ => Tcp::Failed(error.into()),
    }
}

/// Milliseconds since an instant.
pub(crate) fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
