//! Loopback servers that act out what etcd cannot be made to do: silence, drips, garbage, resets, alerts of choice, other services.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener as Listener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, ServerConfig,
    SignatureScheme, SupportedProtocolVersion,
    client::danger::HandshakeSignatureValid,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, PrivateKeyDer, UnixTime, pem::PemObject},
    server::danger::{ClientCertVerified, ClientCertVerifier},
    sign::{CertifiedKey, SingleCertAndKey},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    time::sleep,
};
use tokio_rustls::TlsAcceptor;

use super::pki::Pair;

/// What a server does with every connection.
#[derive(Clone)]
pub(crate) enum Act {
    /// Reads and never answers.
    Silence,
    /// Closes in order once the client has spoken.
    Close,
    /// Resets once the client has spoken.
    Reset,
    /// Speaks first, as an SSH server does.
    Banner(&'static [u8]),
    /// Answers the client's first bytes with these and closes.
    Answer(Vec<u8>),
    /// Announces a large TLS record and sends it byte by byte, ten a second.
    Drip,
    /// Bytes that mean nothing, as fast as they are taken, for ever.
    Garbage,
    /// A TLS handshake, and what comes after it.
    Tls(Arc<ServerConfig>, After),
}

/// What a TLS server does once the handshake is done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum After {
    /// Reads and never answers: no HTTP/2 SETTINGS, ever.
    Silence,
    /// Answers whatever comes with an HTTP/1.1 404.
    NotFound,
    /// Hands everything on to a plaintext server.
    Forward(SocketAddr),
}

/// A server on a loopback port; dropping it ends it.
pub(crate) struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    seen: Arc<Seen>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// What clients did.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    bytes_after_handshake: AtomicUsize,
}

impl Server {
    pub(crate) fn start(act: Act) -> Self {
        let listener = Listener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let seeing = Arc::clone(&seen);
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                tokio::select! {
                    () = serve(listener, act, seeing) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, seen, stop: Some(stop), thread: Some(thread) }
    }

    /// A server that answers a `ClientHello` with this fatal alert. RFC 8446 §6.
    pub(crate) fn alerting(code: u8) -> Self {
        Self::start(Act::Answer(vec![21, 3, 3, 0, 2, 2, code]))
    }

    /// Its URL with TLS.
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many connections it has accepted.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many bytes clients have sent behind a TLS handshake, while it was silent.
    pub(crate) fn bytes_after_handshake(&self) -> usize {
        self.seen.bytes_after_handshake.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.take();
        self.thread.take().map(thread::JoinHandle::join);
    }
}

async fn serve(listener: Listener, act: Act, seen: Arc<Seen>) {
    listener.set_nonblocking(true).unwrap();
    let listener = TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        seen.connections.fetch_add(1, Ordering::SeqCst);
        let (act, seen) = (act.clone(), Arc::clone(&seen));
        // A client that hangs up early is no failure of the server.
        tokio::spawn(async move { play(stream, act, &seen).await.ok() });
    }
}

async fn play(mut stream: TcpStream, act: Act, seen: &Seen) -> std::io::Result<()> {
    match act {
        Act::Silence => read_to_end(&mut stream, &AtomicUsize::default()).await,
        Act::Close => {
            hear(&mut stream).await?;
            stream.shutdown().await
        }
        Act::Reset => {
            // Closing with bytes unread makes the kernel send RST instead of FIN.
            stream.readable().await
        }
        Act::Banner(bytes) => {
            stream.write_all(bytes).await?;
            read_to_end(&mut stream, &AtomicUsize::default()).await
        }
        Act::Answer(bytes) => {
            hear(&mut stream).await?;
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Act::Drip => {
            hear(&mut stream).await?;
            stream.write_all(&[22, 3, 3, 0x40, 0]).await?;
            loop {
                stream.write_all(&[2]).await?;
                sleep(Duration::from_millis(100)).await;
            }
        }
        Act::Garbage => {
            let noise: Vec<u8> = (0..65536_u32).map(|i| (i * 7919 % 251) as u8 | 0x80).collect();
            loop {
                stream.write_all(&noise).await?;
            }
        }
        Act::Tls(config, after) => {
            let mut stream = TlsAcceptor::from(config).accept(stream).await?;
            match after {
                After::Silence => read_to_end(&mut stream, &seen.bytes_after_handshake).await,
                After::NotFound => not_found(&mut stream).await,
                After::Forward(to) => {
                    let mut behind = TcpStream::connect(to).await?;
                    copy_bidirectional(&mut stream, &mut behind).await.map(drop)
                }
            }
        }
    }
}

/// Waits until the client has said something.
async fn hear(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<usize> {
    stream.read(&mut [0; 4096]).await
}

async fn read_to_end(
    stream: &mut (impl AsyncRead + Unpin),
    count: &AtomicUsize,
) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            bytes => count.fetch_add(bytes, Ordering::SeqCst),
        };
    }
}

async fn not_found(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> std::io::Result<()> {
    hear(stream).await?;
    stream.write_all(NOT_FOUND).await?;
    stream.shutdown().await
}

/// What a web server says to a path that it does not know.
pub(crate) const NOT_FOUND: &[u8] = b"HTTP/1.1 404 Not Found\r\nServer: web/1.0\r\n\
    Content-Type: text/plain\r\nContent-Length: 9\r\nConnection: close\r\n\r\nnot found";

/// How a TLS server is set up.
pub(crate) struct Setup<'a> {
    /// Its certificate and key.
    pub pair: &'a Pair,
    /// The protocols it takes, in order; with none it ignores ALPN.
    pub alpn: &'a [&'a str],
    /// The versions it speaks.
    pub versions: &'a [&'static SupportedProtocolVersion],
    /// When it refuses every client certificate, the reason and how long it thinks about it.
    pub refuses: Option<(CertificateError, Duration)>,
}

impl<'a> Setup<'a> {
    /// A server like etcd's client port without client certificates.
    pub(crate) fn new(pair: &'a Pair) -> Self {
        Self { pair, alpn: &["h2"], versions: rustls::ALL_VERSIONS, refuses: None }
    }

    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        let chain = CertificateDer::pem_file_iter(&self.pair.cert).unwrap();
        let chain = chain.map(Result::unwrap).collect();
        let key = PrivateKeyDer::from_pem_file(&self.pair.key).unwrap();
        let key = aws_lc_rs::sign::any_supported_type(&key).unwrap();
        // Unlike rustls' usual way, this does not ask whether the key fits the certificate.
        let identity = SingleCertAndKey::from(CertifiedKey::new(chain, key));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(self.versions)
            .unwrap();
        let builder = match self.refuses.clone() {
            None => builder.with_no_client_auth(),
            Some((reason, delay)) => {
                builder.with_client_cert_verifier(Arc::new(Refusal { reason, delay, provider }))
            }
        };
        let mut config = builder.with_cert_resolver(Arc::new(identity));
        config.alpn_protocols = self.alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config)
    }
}

/// Demands a client certificate and refuses whatever it is given.
#[derive(Debug)]
struct Refusal {
    reason: CertificateError,
    delay: Duration,
    provider: Arc<CryptoProvider>,
}

impl ClientCertVerifier for Refusal {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        thread::sleep(self.delay);
        Err(Error::InvalidCertificate(self.reason.clone()))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_tls12_signature(message, cert, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
