//! HTTP/2 over the observed stream: one connection that carries both gRPC (as `etcd-client`'s channel) and plain
//! requests such as `GET /version`.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use http::{Request, Response, Uri, uri::Authority};
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tonic::body::Body;

use super::http1;
use super::watched::Stream;
use super::watched::Watched;
use crate::observation::endpoint::{HttpFailure, HttpSeen};

/// How much a server may send ahead; a snapshot would wait for every delay of ours otherwise. Go's client lets it grow to twice as
/// much (grpc-go `internal/transport/bdp_estimator.go`).
const WINDOW: u32 = 8 << 20;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An answer to a gRPC call that is no gRPC.
#[derive(Debug, Clone)]
pub(crate) struct NotGrpc {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
}

/// One HTTP/2 connection; clones share it.
#[derive(Clone)]
pub(crate) struct Http2 {
    sender: SendRequest<Body>,
    scheme: &'static str,
    authority: Authority,
    not_grpc: Arc<Mutex<Option<NotGrpc>>>,
}

impl Http2 {
    /// Sends the preface and keeps the connection going in the background until its last user is gone.
    pub(crate) async fn start<S: Stream + 'static>(
        stream: Watched<S>,
        tls: bool,
        host: &str,
        port: u16,
    ) -> Result<Self, hyper::Error> {
        let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        builder.initial_stream_window_size(WINDOW).initial_connection_window_size(WINDOW);
        let (sender, connection) = builder.handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        let authority =
            format!("{host}:{port}").parse().unwrap_or_else(|_| Authority::from_static("etcd"));
        let scheme = if tls { "https" } else { "http" };
        Ok(Self { sender, scheme, authority, not_grpc: Arc::default() })
    }

    /// `GET path` on the same connection.
    pub(crate) async fn get(&self, path: &str) -> HttpSeen {
        let request = Request::get(self.absolute(path)).body(Body::empty());
        let mut sender = self.sender.clone();
        let answer = async {
            let response = sender.send_request(request?).await?;
            Ok::<_, BoxError>(response)
        };
        match answer.await {
            Ok(response) => http1::seen(path, response).await,
            Err(error) => http1::unanswered(path, HttpFailure::Other(error.to_string())),
        }
    }

    /// The first answer to a gRPC call that was no gRPC.
    pub(crate) fn not_grpc(&self) -> Option<NotGrpc> {
        self.not_grpc.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn absolute(&self, path: &str) -> Uri {
        let uri = Uri::builder()
            .scheme(self.scheme)
            .authority(self.authority.clone())
            .path_and_query(path);
        uri.build().unwrap_or_default()
    }

    fn note_answer(&self, response: &Response<hyper::body::Incoming>) {
        let content_type = http1::header(response, http::header::CONTENT_TYPE);
        let grpc = content_type.as_deref().is_some_and(|kind| kind.starts_with("application/grpc"));
        if !grpc {
            let mut slot = self.not_grpc.lock().unwrap_or_else(PoisonError::into_inner);
            slot.get_or_insert(NotGrpc { status: response.status().as_u16(), content_type });
        }
    }
}

impl tower_service::Service<Request<Body>> for Http2 {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let path = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        *request.uri_mut() = self.absolute(path);
        let mut this = self.clone();
        Box::pin(async move {
            let response = this.sender.send_request(request).await?;
            this.note_answer(&response);
            Ok(response.map(Body::new))
        })
    }
}
