//! Plain HTTP/1.1 requests: what tells etcd's ports from one another and from strangers when gRPC can't.

use http::{HeaderName, Request, Response, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use tokio::time::{Instant, timeout_at};

use super::watched::Stream;
use super::watched::Watched;
use crate::observation::endpoint::{HttpFailure, HttpSeen};

type Sender = hyper::client::conn::http1::SendRequest<Empty<Bytes>>;

/// How much of a body is read at all.
const READ: usize = 64 * 1024;
/// How much of it is kept.
const KEPT: usize = 4096;

/// `GET path` over a fresh stream, which is given up afterwards.
pub(crate) async fn get<S: Stream + 'static>(
    stream: Watched<S>,
    authority: &str,
    path: &str,
) -> HttpSeen {
    match start(stream).await {
        Ok(mut sender) => ask(&mut sender, authority, path, "close").await,
        Err(error) => unanswered(path, HttpFailure::Other(error.to_string())),
    }
}

/// `GET` of one path after another over one stream, until one gets no answer.
pub(crate) async fn get_all<S: Stream + 'static>(
    stream: Watched<S>,
    authority: &str,
    paths: &[&str],
    deadline: Instant,
) -> Vec<HttpSeen> {
    let mut answers = Vec::with_capacity(paths.len());
    let mut sender = match start(stream).await {
        Ok(sender) => sender,
        Err(error) => return vec![unanswered(paths[0], HttpFailure::Other(error.to_string()))],
    };
    for path in paths {
        let answer = timeout_at(deadline, ask(&mut sender, authority, path, "keep-alive")).await;
        let answer = answer.unwrap_or_else(|_| unanswered(path, HttpFailure::Timeout));
        let answered = answer.status.is_some();
        answers.push(answer);
        if !answered {
            break;
        }
    }
    answers
}

async fn start<S: Stream + 'static>(stream: Watched<S>) -> hyper::Result<Sender> {
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn ask(sender: &mut Sender, authority: &str, path: &str, connection: &str) -> HttpSeen {
    let answer = async {
        let request = Request::get(path)
            .header(header::HOST, authority)
            .header(header::CONNECTION, connection)
            .body(Empty::<Bytes>::new())?;
        sender.ready().await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(sender.send_request(request).await?)
    };
    match answer.await {
        Ok(response) => seen(path, response).await,
        Err(error) => unanswered(path, HttpFailure::Other(error.to_string())),
    }
}

/// What an answer shows.
pub(crate) async fn seen(path: &str, response: Response<Incoming>) -> HttpSeen {
    let received = Some(OffsetDateTime::now_utc());
    let status = Some(response.status().as_u16());
    let content_type = header(&response, header::CONTENT_TYPE);
    let cluster_id = header(&response, HeaderName::from_static("x-etcd-cluster-id"));
    let date = header(&response, header::DATE)
        .and_then(|date| OffsetDateTime::parse(&date, &Rfc2822).ok());
    let body = match Limited::new(response.into_body(), READ).collect().await {
        Ok(body) => text(&body.to_bytes()),
        Err(_) => None,
    };
    HttpSeen {
        path: path.to_owned(),
        status,
        content_type,
        date,
        cluster_id,
        received,
        body,
        error: None,
    }
}

/// A request that got no answer.
pub(crate) fn unanswered(path: &str, error: HttpFailure) -> HttpSeen {
    HttpSeen { path: path.to_owned(), error: Some(error), ..HttpSeen::default() }
}

/// One header as text.
pub(crate) fn header(response: &Response<Incoming>, name: HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn text(bytes: &[u8]) -> Option<String> {
    let kept = &bytes[..bytes.len().min(KEPT)];
    let text = String::from_utf8_lossy(kept);
    let is_text = !text.is_empty() && text.chars().all(|c| !c.is_control() || c.is_whitespace());
    is_text.then(|| text.into_owned())
}
