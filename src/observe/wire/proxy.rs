//! Asks a proxy for a connection, as grpc-go does (`internal/transport/proxy.go`, `doHTTPConnectHandshake`), and hangs up.
//!
//! No login is sent, and nothing behind an open connection.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, timeout_at},
};

use super::dial;
use crate::observation::{
    endpoint::{Parts, Purpose, Tcp},
    proxy::{ProxyEnd, ProxySeen},
};

/// No status line is longer.
const LONGEST: usize = 1024;

/// Asks the proxy at one authority for a connection to another one.
pub(crate) async fn ask(proxy: &str, target: &str, timeout: Duration) -> ProxySeen {
    let end = connect(proxy, target, Instant::now() + timeout).await;
    ProxySeen { proxy: proxy.to_owned(), target: target.to_owned(), end }
}

async fn connect(proxy: &str, target: &str, deadline: Instant) -> ProxyEnd {
    let Ok(parts) = Parts::parse(proxy, false) else { return ProxyEnd::Malformed };
    let (addresses, _) = dial::lookup(&parts, deadline).await;
    if addresses.is_empty() {
        return ProxyEnd::NoAddress;
    }
    let (tried, dialled) = dial::connect(&addresses, Purpose::Main, deadline).await;
    let Some(mut dialled) = dialled else {
        let last = tried.into_iter().next_back().map_or(Tcp::TimedOut, |tried| tried.tcp);
        return ProxyEnd::NotConnected(last);
    };
    let request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
    let answer = timeout_at(deadline, async {
        dialled.stream.write_all(request.as_bytes()).await?;
        let mut line = Vec::new();
        while !line.contains(&b'\n') && line.len() < LONGEST {
            match dialled.stream.read_u8().await {
                Ok(byte) => line.push(byte),
                Err(_) => break,
            }
        }
        std::io::Result::Ok(line)
    });
    let Ok(answer) = answer.await else { return ProxyEnd::Silent };
    let line = answer.unwrap_or_default();
    let line = String::from_utf8_lossy(&line);
    let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5)?.parse().ok());
    status.map_or(ProxyEnd::Closed, ProxyEnd::Answered)
}
