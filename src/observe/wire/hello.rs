//! A `ClientHello` written by hand and the first message that answers it: what TLS libraries of today no longer speak can only
//! be asked for this way, and nothing is ever completed. RFC 8446 §4.1, RFC 5246 §7.4.1, RFC 6101 §5.6.1.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, timeout_at},
};

use super::alert;
use super::watched::Stream;

pub(crate) const SSL_3_0: u16 = 0x0300;
pub(crate) const TLS_1_0: u16 = 0x0301;
pub(crate) const TLS_1_1: u16 = 0x0302;
pub(crate) const TLS_1_2: u16 = 0x0303;
pub(crate) const TLS_1_3: u16 = 0x0304;

/// `TLS_EMPTY_RENEGOTIATION_INFO_SCSV`, which old servers may insist on. RFC 5746 §3.3.
const RENEGOTIATION: u16 = 0x00ff;

/// ECDSA, Ed25519 and RSA with every hash, SHA-1 last: whatever the server's key is, it shall be able to sign.
const SIGNATURES: [u16; 14] = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0303, 0x0301,
    0x0203, 0x0201,
];

/// The most that is read of an answer: a record's head and one fragment.
const LONGEST: usize = 5 + (1 << 14) + 256;

/// What is offered.
#[derive(Clone, Copy)]
pub(crate) struct Hello<'a> {
    pub(crate) version: u16,
    pub(crate) suites: &'a [u16],
    pub(crate) groups: &'a [u16],
    /// The name for SNI.
    pub(crate) server_name: Option<&'a str>,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A `ServerHello`, or the `HelloRetryRequest` that stands in for it.
    Hello(Choice),
    Alert(String),
    NotTls,
    /// Closed, reset, or cut short.
    HungUp,
    TimedOut,
}

/// What the server chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) version: u16,
    pub(crate) suite: u16,
    /// The group it wants a key share of; TLS 1.3 only.
    pub(crate) group: Option<u16>,
}

impl Hello<'_> {
    /// Sends it, reads the answer, and hangs up.
    pub(crate) async fn ask(&self, mut stream: Box<dyn Stream>, deadline: Instant) -> Answer {
        let mut random = [0; 32];
        if aws_lc_rs::rand::fill(&mut random).is_err() {
            return Answer::HungUp;
        }
        let asked = async {
            if stream.write_all(&self.encode(random)).await.is_err() {
                return Answer::HungUp;
            }
            let mut bytes = Vec::new();
            loop {
                if let Some(answer) = read(&bytes) {
                    return answer;
                }
                match stream.read_buf(&mut bytes).await {
                    Ok(0) | Err(_) => return cut_short(&bytes),
                    Ok(_) => {}
                }
            }
        };
        timeout_at(deadline, asked).await.unwrap_or(Answer::TimedOut)
    }

    fn encode(&self, random: [u8; 32]) -> Vec<u8> {
        let modern = self.version >= TLS_1_3;
        let mut body = self.version.min(TLS_1_2).to_be_bytes().to_vec();
        body.extend(random);
        // Middleboxes expect a session id where TLS 1.3 is spoken (RFC 8446 §D.4).
        body.extend(vector8(if modern { &random } else { &[] }));
        let mut suites = self.suites.to_vec();
        if !modern {
            suites.push(RENEGOTIATION);
        }
        body.extend(vector16(&numbers(&suites)));
        // No compression.
        body.extend([1, 0]);
        if self.version > SSL_3_0 {
            body.extend(vector16(&self.extensions()));
        }
        let length = u32::try_from(body.len()).unwrap_or_default().to_be_bytes();
        let message = [&[1], &length[1..], &body].concat();
        let record = self.version.min(TLS_1_0).to_be_bytes();
        [&[22], &record[..], &vector16(&message)].concat()
    }

    fn extensions(&self) -> Vec<u8> {
        let mut extensions = Vec::new();
        let mut add = |id: u16, content: &[u8]| {
            extensions.extend(id.to_be_bytes());
            extensions.extend(vector16(content));
        };
        if let Some(name) = self.server_name {
            add(0, &vector16(&[&[0], vector16(name.as_bytes()).as_slice()].concat()));
        }
        add(10, &vector16(&numbers(self.groups)));
        add(11, &[1, 0]);
        if self.version >= TLS_1_2 {
            add(13, &vector16(&numbers(&SIGNATURES)));
        }
        if self.version >= TLS_1_3 {
            add(43, &[2, 3, 4]);
            // No key share: the server names the group that it wants one of (RFC 8446 §4.2.8).
            add(51, &[0, 0]);
        }
        extensions
    }
}

fn numbers(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|number| number.to_be_bytes()).collect()
}

fn vector8(content: &[u8]) -> Vec<u8> {
    [&[u8::try_from(content.len()).unwrap_or_default()], content].concat()
}

fn vector16(content: &[u8]) -> Vec<u8> {
    [&u16::try_from(content.len()).unwrap_or_default().to_be_bytes()[..], content].concat()
}

/// The answer in what has come so far; `None` while more is needed.
fn read(bytes: &[u8]) -> Option<Answer> {
    let (kind, rest) = bytes.split_first()?;
    let Some((version, rest)) = rest.split_first_chunk::<2>() else {
        return (!matches!(kind, 21 | 22)).then_some(Answer::NotTls);
    };
    if !matches!(kind, 21 | 22) || version[0] != 3 || bytes.len() > LONGEST {
        return Some(Answer::NotTls);
    }
    let (length, content) = rest.split_first_chunk::<2>()?;
    let content = content.get(..usize::from(u16::from_be_bytes(*length)).max(2))?;
    if *kind == 21 {
        return Some(Answer::Alert(alert::name(content[1].into())));
    }
    Some(server_hello(content).map_or(Answer::NotTls, Answer::Hello))
}

fn cut_short(bytes: &[u8]) -> Answer {
    if bytes.is_empty() || matches!(bytes[0], 21 | 22) { Answer::HungUp } else { Answer::NotTls }
}

/// Reads a `ServerHello` that fits into one record, as all do.
fn server_hello(record: &[u8]) -> Option<Choice> {
    let (head, rest) = record.split_first_chunk::<4>()?;
    if head[0] != 2 {
        return None;
    }
    let length = usize::try_from(u32::from_be_bytes([0, head[1], head[2], head[3]])).ok()?;
    let (version, rest) = rest.get(..length)?.split_first_chunk::<2>()?;
    let (_random, rest) = rest.split_first_chunk::<32>()?;
    let (session, rest) = rest.split_first()?;
    let (suite, rest) = rest.get(usize::from(*session)..)?.split_first_chunk::<2>()?;
    let mut choice = Choice {
        version: u16::from_be_bytes(*version),
        suite: u16::from_be_bytes(*suite),
        group: None,
    };
    // Compression, then extensions if there are any.
    let mut extensions = rest.get(3..).unwrap_or_default();
    while let Some((head, rest)) = extensions.split_first_chunk::<4>() {
        let content = rest.get(..usize::from(u16::from_be_bytes([head[2], head[3]])))?;
        let number = content.first_chunk::<2>().map(|bytes| u16::from_be_bytes(*bytes));
        match (u16::from_be_bytes([head[0], head[1]]), number) {
            (43, Some(version)) => choice.version = version,
            (51, group) => choice.group = group,
            _ => {}
        }
        extensions = &rest[content.len()..];
    }
    Some(choice)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HELLO: Hello<'_> =
        Hello { version: TLS_1_2, suites: &[0xc02f], groups: &[23], server_name: Some("a.b") };

    #[test]
    fn a_hello_has_the_lengths_it_says() {
        for version in [SSL_3_0, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3] {
            let bytes = Hello { version, ..HELLO }.encode([7; 32]);
            assert_eq!(usize::from(u16::from_be_bytes([bytes[3], bytes[4]])), bytes.len() - 5);
            assert_eq!(usize::from(u16::from_be_bytes([bytes[7], bytes[8]])), bytes.len() - 9);
        }
    }

    #[test]
    fn answers_are_told_apart() {
        assert_eq!(read(&[21, 3, 3, 0, 2, 2, 70]), Some(Answer::Alert("protocol_version".into())));
        assert_eq!(read(b"HTTP/1.0 400"), Some(Answer::NotTls));
        assert_eq!(read(&[22, 3, 3, 0]), None);
        let mut hello = vec![2, 0, 0, 46, 3, 3];
        hello.extend([7; 32]);
        hello.extend([0, 0x13, 1, 0, 0, 6, 0, 51, 0, 2, 0, 29]);
        let answer = read(&[&[22, 3, 3, 0, 50], hello.as_slice()].concat());
        let choice = Choice { version: TLS_1_2, suite: 0x1301, group: Some(29) };
        assert_eq!(answer, Some(Answer::Hello(choice)));
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_read(mut bytes: Vec<u8>, as_record: bool) {
            if as_record {
                bytes.splice(..0, [22, 3, 3, 0, 60, 2, 0, 0, 56]);
            }
            read(&bytes);
            cut_short(&bytes);
        }
    }
}
