//! The one strictly verified connection to etcd: nothing is written to a server that Go's rules would refuse.
//!
//! One connection carries one client; who needs another endpoint connects again. `served` only looks: it takes any chain
//! in order to see it, and writes nothing.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use etcd_client::{Channel, Client, ConnectOptions};
use http::Uri;
use hyper_util::rt::TokioIo;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use time::OffsetDateTime;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tonic::transport::Endpoint;

use crate::x509::{Certificate, Go, Question, Usage, etcd::read_ca_file, signature, verify};

/// Whom to trust, and who we are.
pub struct Credentials {
    anchors: Vec<Certificate>,
    identity: Option<Identity>,
    login: Option<(String, String)>,
    skip_verify: bool,
}

/// Why there is no connection; names the endpoint or the file.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("{path}")]
    Read { path: String, source: io::Error },
    #[error("{path}: {why}")]
    Unusable { path: String, why: String },
    #[error("{0} is no endpoint such as https://10.0.0.1:2379")]
    Url(String),
    #[error("{url}")]
    Dial { url: String, source: io::Error },
    #[error("{0}: no answer in time")]
    Timeout(String),
    #[error("{url}: {why}")]
    Etcd { url: String, why: String },
}

impl crate::message::Say for ConnectError {
    fn message(&self) -> crate::message::Message {
        let mut text = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            text.push_str(": ");
            text.push_str(&cause.to_string());
            source = cause.source();
        }
        crate::message::Message::Plain(crate::message::Value::Untyped(text))
    }
}

/// The files and flags that credentials come from.
#[derive(Clone, Default)]
pub struct Given {
    pub cacert: Option<String>,
    pub cert: Option<String>,
    pub key: Option<String>,
    pub login: Option<(String, String)>,
    pub skip_verify: bool,
}

impl Credentials {
    /// Reads the files; without a CA file the system's anchors count.
    pub fn load(given: &Given) -> Result<Self, ConnectError> {
        let anchors = match &given.cacert {
            Some(path) => {
                let blocks = certificates(path, &read(path)?)?;
                read_ca_file(blocks.iter().map(AsRef::as_ref), Go::DEFAULT)
                    .map_err(|(_, error)| unusable(path, error))?
            }
            None => {
                let system = rustls_native_certs::load_native_certs().certs;
                system.iter().filter_map(|der| Certificate::parse(der, Go::DEFAULT).ok()).collect()
            }
        };
        let identity = match (&given.cert, &given.key) {
            (Some(cert), Some(key)) => {
                let (pem, key_pem) = (read(cert)?, zeroize::Zeroizing::new(read(key)?));
                Some(identity(cert, &pem, key, &key_pem)?)
            }
            _ => None,
        };
        let (login, skip_verify) = (given.login.clone(), given.skip_verify);
        Ok(Self { anchors, identity, login, skip_verify })
    }

    /// The same with another client certificate, from memory.
    pub fn presenting(mut self, cert_pem: &str, key_pem: &str) -> Result<Self, ConnectError> {
        let name = "the certificate made for a trial";
        self.identity = Some(identity(name, cert_pem.as_bytes(), name, key_pem.as_bytes())?);
        Ok(self)
    }

    fn config(&self, verifier: &Arc<Verifier>) -> Result<ClientConfig, rustls::Error> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(verifier) as Arc<dyn ServerCertVerifier>);
        let mut config = match &self.identity {
            Some((chain, key)) => config.with_client_auth_cert(chain.clone(), key.clone_key())?,
            None => config.with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(config)
    }
}

impl Drop for Credentials {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        if let Some((_, key)) = &mut self.identity {
            key.zeroize();
        }
        if let Some((_, password)) = &mut self.login {
            password.zeroize();
        }
    }
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn identity(cert: &str, pem: &[u8], key: &str, key_pem: &[u8]) -> Result<Identity, ConnectError> {
    let chain = certificates(cert, pem)?;
    let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(|error| unusable(key, error))?;
    Ok((chain, key))
}

fn read(path: &str) -> Result<Vec<u8>, ConnectError> {
    std::fs::read(path).map_err(|source| ConnectError::Read { path: path.to_owned(), source })
}

fn certificates(path: &str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, ConnectError> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).collect();
    if found.is_empty() {
        Err(unusable(path, "no PEM block of type CERTIFICATE"))
    } else {
        Ok(found)
    }
}

fn unusable(path: &str, why: impl std::fmt::Display) -> ConnectError {
    ConnectError::Unusable { path: path.to_owned(), why: why.to_string() }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// Connects to one endpoint and logs in, all within `patience`.
pub async fn connect(
    url: &str,
    credentials: &Credentials,
    patience: Duration,
) -> Result<Client, ConnectError> {
    let deadline = Instant::now() + patience;
    let parts = Parts::read(url)?;
    let etcd = |why: String| ConnectError::Etcd { url: url.to_owned(), why };
    let anchors = if credentials.skip_verify { None } else { Some(credentials.anchors.clone()) };
    let connecting = async {
        let origin: Uri = url_of(&parts).parse().map_err(|_| ConnectError::Url(url.to_owned()))?;
        let tcp = parts.dial(url).await?;
        let stream: Box<dyn Stream> = if parts.tls {
            let verifier =
                Arc::new(Verifier { host: parts.host.clone(), anchors, seen: Mutex::default() });
            let config = credentials.config(&verifier).map_err(|error| etcd(error.to_string()))?;
            Box::new(handshake(&parts, url, config, tcp).await?)
        } else {
            Box::new(tcp)
        };
        let mut once = Some(TokioIo::new(stream));
        let connector = tower::service_fn(move |_: Uri| {
            let stream = once.take().ok_or_else(|| io::Error::other("the connection is gone"));
            std::future::ready(stream)
        });
        // The stream is encrypted already; an http address keeps tonic from wanting to do it again.
        let plain = Endpoint::from_static("http://etcd").origin(origin);
        let channel = plain.connect_with_connector(connector).await;
        let channel = channel.map_err(|error| etcd(causes(&error)))?;
        let login = credentials.login.as_ref();
        let options = login.map(|(user, password)| ConnectOptions::new().with_user(user, password));
        Client::from_channel(Channel::Tonic(channel), options)
            .await
            .map_err(|error| etcd(error.to_string()))
    };
    timeout_at(deadline, Box::pin(connecting))
        .await
        .map_err(|_| ConnectError::Timeout(url.to_owned()))?
}

/// Asks a member's peer port for its version, as another member would: an answer shows that the client certificate was
/// let in (`server/etcdserver/api/etcdhttp/peer.go`).
pub async fn ask_peer(
    url: &str,
    credentials: &Credentials,
    patience: Duration,
) -> Result<(), ConnectError> {
    let parts = Parts::read(url)?;
    let etcd = |why: String| ConnectError::Etcd { url: url.to_owned(), why };
    let anchors = Some(credentials.anchors.clone()).filter(|_| !credentials.skip_verify);
    let verifier = Arc::new(Verifier { host: parts.host.clone(), anchors, seen: Mutex::default() });
    let asking = async {
        let mut config = credentials.config(&verifier).map_err(|error| etcd(error.to_string()))?;
        config.alpn_protocols.clear();
        let mut stream = handshake(&parts, url, config, parts.dial(url).await?).await?;
        let request = format!("GET /version HTTP/1.1\r\nHost: {}\r\n\r\n", parts.host);
        let failed = |source| ConnectError::Dial { url: url.to_owned(), source };
        stream.write_all(request.as_bytes()).await.map_err(failed)?;
        let mut status = [0; 12];
        stream.read_exact(&mut status).await.map_err(failed)?;
        let said = String::from_utf8_lossy(&status).into_owned();
        if said.ends_with(" 200") { Ok(()) } else { Err(etcd(said)) }
    };
    let asked = timeout_at(Instant::now() + patience, Box::pin(asking)).await;
    asked.map_err(|_| ConnectError::Timeout(url.to_owned()))?
}

/// The chain that an endpoint presents, whatever it is worth.
pub async fn served(url: &str, patience: Duration) -> Result<Vec<Vec<u8>>, ConnectError> {
    let parts = Parts::read(url)?;
    let verifier =
        Arc::new(Verifier { host: parts.host.clone(), anchors: None, seen: Mutex::default() });
    let nobody =
        Credentials { anchors: Vec::new(), identity: None, login: None, skip_verify: true };
    let looking = async {
        let config = nobody
            .config(&verifier)
            .map_err(|error| ConnectError::Etcd { url: url.to_owned(), why: error.to_string() })?;
        handshake(&parts, url, config, parts.dial(url).await?).await.map(drop)
    };
    let looked = timeout_at(Instant::now() + patience, Box::pin(looking)).await;
    let looked = looked.map_err(|_| ConnectError::Timeout(url.to_owned()))?;
    let seen = std::mem::take(&mut *verifier.seen.lock().unwrap_or_else(PoisonError::into_inner));
    // A server that refuses us has presented itself before.
    if seen.is_empty() { looked.map(|()| seen) } else { Ok(seen) }
}

/// A byte stream, encrypted or not.
trait Stream: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send {}
impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send> Stream for S {}

struct Parts {
    tls: bool,
    host: String,
    port: u16,
}

impl Parts {
    /// An endpoint without a scheme is dialled with TLS: records are nothing for clear text unless that is asked for.
    fn read(url: &str) -> Result<Self, ConnectError> {
        let bad = || ConnectError::Url(url.to_owned());
        let whole = if url.contains("://") { url.to_owned() } else { format!("https://{url}") };
        let uri: Uri = whole.parse().map_err(|_| bad())?;
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(bad()),
        };
        let host = uri.host().ok_or_else(bad)?.trim_matches(['[', ']']).to_owned();
        Ok(Self { tls, host, port: uri.port_u16().unwrap_or(2379) })
    }

    async fn dial(&self, url: &str) -> Result<TcpStream, ConnectError> {
        let connected = TcpStream::connect((self.host.as_str(), self.port)).await;
        let stream = connected.and_then(|stream| stream.set_nodelay(true).map(|()| stream));
        stream.map_err(|source| ConnectError::Dial { url: url.to_owned(), source })
    }
}

fn url_of(parts: &Parts) -> String {
    let host =
        if parts.host.contains(':') { format!("[{}]", parts.host) } else { parts.host.clone() };
    format!("{}://{host}:{}", if parts.tls { "https" } else { "http" }, parts.port)
}

async fn handshake(
    parts: &Parts,
    url: &str,
    config: ClientConfig,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, ConnectError> {
    let name =
        ServerName::try_from(parts.host.clone()).map_err(|_| ConnectError::Url(url.to_owned()))?;
    let connector = TlsConnector::from(Arc::new(config));
    let secured = connector.connect(name, stream).await;
    secured.map_err(|source| ConnectError::Dial { url: url.to_owned(), source })
}

/// An error with all that caused it; tonic's own says "transport error".
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = cause.to_string();
        source = cause.source();
    }
    text
}

/// Judges a server by Go's rules; without anchors it only takes note of the chain.
struct Verifier {
    host: String,
    anchors: Option<Vec<Certificate>>,
    seen: Mutex<Vec<Vec<u8>>>,
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Verifier")
    }
}

impl Verifier {
    fn check_signature(
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let refuse = |why: String| rustls::Error::General(why);
        let leaf = Certificate::parse(certificate, Go::DEFAULT)
            .map_err(|error| refuse(error.to_string()))?;
        signature::verify_tls(signed.scheme, &leaf.spki, message, signed.signature())
            .map(|()| HandshakeSignatureValid::assertion())
            .map_err(refuse)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain = std::iter::once(end_entity).chain(intermediates);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = chain.clone().map(|der| der.to_vec()).collect();
        let Some(anchors) = &self.anchors else { return Ok(ServerCertVerified::assertion()) };
        let refuse = |why: String| rustls::Error::General(why);
        let parsed: Result<Vec<_>, _> =
            chain.map(|der| Certificate::parse(der, Go::DEFAULT)).collect();
        let parsed = parsed.map_err(|error| refuse(error.to_string()))?;
        let (leaf, intermediates) =
            parsed.split_first().ok_or_else(|| refuse("no certificate".to_owned()))?;
        let question = Question {
            leaf,
            intermediates,
            anchors,
            when: OffsetDateTime::now_utc(),
            host: Some(&self.host),
            usages: &[Usage::ServerAuth],
            go: Go::DEFAULT,
        };
        let verdict = verify(&question).outcome;
        verdict.map(|()| ServerCertVerified::assertion()).map_err(|why| refuse(why.message))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Self::check_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Self::check_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider().signature_verification_algorithms.supported_schemes()
    }
}
