//! Plain HTTP/1.1 requests: what tells etcd's ports from one another and from strangers when gRPC can't.

use http::{HeaderName, Request, Response, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::TokioIo;
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use super::watched::{Stream, Watched};
use crate::observation::endpoint::HttpSeen;

/// How much of a body is read at all.
const READ: usize = 64 * 1024;
/// How much of it is kept.
const KEPT: usize = 4096;

/// `GET path` over a fresh stream, which is given up afterwards.
pub(super) async fn get<S: Stream + 'static>(
    stream: Watched<S>,
    authority: &str,
    path: &str,
) -> HttpSeen {
    let answer = async {
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let request =
            Request::get(path).header(header::HOST, authority).header(header::CONNECTION, "close");
        let response = sender.send_request(request.body(Empty::<Bytes>::new())?).await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(response)
    };
    match answer.await {
        Ok(response) => seen(path, response).await,
        Err(error) => unanswered(path, error.to_string()),
    }
}

/// What an answer shows.
pub(super) async fn seen(path: &str, response: Response<Incoming>) -> HttpSeen {
    let received = Some(OffsetDateTime::now_utc());
    let status = Some(response.status().as_u16());
    let content_type = header(&response, header::CONTENT_TYPE);
    let date = header(&response, header::DATE)
        .and_then(|date| OffsetDateTime::parse(&date, &Rfc2822).ok());
    let body = match Limited::new(response.into_body(), READ).collect().await {
        Ok(body) => text(&body.to_bytes()),
        Err(_) => None,
    };
    HttpSeen { path: path.to_owned(), status, content_type, date, received, body, error: None }
}

/// A request that got no answer.
pub(super) fn unanswered(path: &str, error: String) -> HttpSeen {
    let (status, content_type, date, received, body) = (None, None, None, None, None);
    HttpSeen {
        path: path.to_owned(),
        status,
        content_type,
        date,
        received,
        body,
        error: Some(error),
    }
}

/// One header as text.
pub(super) fn header(response: &Response<Incoming>, name: HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn text(bytes: &[u8]) -> Option<String> {
    let kept = &bytes[..bytes.len().min(KEPT)];
    let text = String::from_utf8_lossy(kept);
    let is_text = !text.is_empty() && text.chars().all(|c| !c.is_control() || c.is_whitespace());
    is_text.then(|| text.into_owned())
}
