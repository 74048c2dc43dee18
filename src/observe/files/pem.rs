//! PEM as Go's `encoding/pem` finds it (`src/encoding/pem/pem.go` of Go 1.24), and every reason why it loses a block.
//!
//! Go skips what it cannot parse without a word, so that a damaged `--cacert` becomes an empty pool. The blocks here
//! are exactly those that Go's `pem.Decode`, called until it returns nil, would return.

use data_encoding::BASE64_MIME_PERMISSIVE;
use memchr::{memchr, memchr_iter, memchr3};
use zeroize::Zeroizing;

use super::pem_defect::{self, BEGIN, DASHES};
use crate::observation::file::PemDefect;

const END: &[u8] = b"-----END ";

/// What a PEM reader gets out of some bytes, and what it loses.
pub(crate) struct Decoded {
    /// The blocks, in order.
    pub(crate) blocks: Vec<RawBlock>,
    /// What kept others from being found, in order.
    pub(crate) defects: Vec<PemDefect>,
}

/// One block; its bytes are wiped when dropped, since they may be a private key.
pub(crate) struct RawBlock {
    /// The label between `BEGIN` and the dashes.
    pub(crate) label: String,
    /// The line of its BEGIN, 1-based.
    pub(crate) line: usize,
    /// RFC 1421 headers, such as `Proc-Type`.
    pub(crate) headers: Vec<(String, String)>,
    /// What the base64 stands for.
    pub(crate) der: Zeroizing<Vec<u8>>,
}

impl RawBlock {
    /// What the base64 stands for.
    pub(crate) fn der(&self) -> &[u8] {
        &self.der
    }
}

/// Finds the blocks that Go finds, and names what stands in the way of others.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    let mut blocks = Vec::new();
    let mut defects = Vec::from_iter(pem_defect::utf16(bytes));
    let mut ends = Ends { bytes, known: None };
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &bytes[at..];
        let step = if rest.starts_with(BEGIN) {
            match read_block(bytes, at, line, &mut ends) {
                Ok((block, next)) => {
                    blocks.push(block);
                    next
                }
                Err(lost) => {
                    defects.push(lost.defect);
                    lost.resume
                }
            }
        } else {
            defects.extend(pem_defect::of_line(line, line_at(bytes, at)));
            after_line(bytes, at)
        };
        line += newlines(&bytes[at..step]);
        at = step;
    }
    Decoded { blocks, defects }
}

/// A BEGIN line that leads to no block, and where Go looks on.
struct Lost {
    defect: PemDefect,
    resume: usize,
}

fn read_block(
    bytes: &[u8],
    begin: usize,
    line: usize,
    ends: &mut Ends<'_>,
) -> Result<(RawBlock, usize), Lost> {
    let below = after_line(bytes, begin);
    let opening = line_at(bytes, begin + BEGIN.len());
    let Some(label) = opening.strip_suffix(DASHES) else {
        return Err(Lost { defect: pem_defect::broken_begin(line, opening), resume: below });
    };
    let (headers, body) = headers(bytes, below);
    let lost = |defect| Lost { defect, resume: body };
    let text = String::from_utf8_lossy(label).into_owned();
    let no_end = || {
        let one_line = label.windows(DASHES.len()).any(|window| window == DASHES);
        if one_line {
            pem_defect::broken_begin(line, opening)
        } else {
            PemDefect::NoEnd { line, label: text.clone() }
        }
    };
    // Go wants a line between headers and END, but none when there are no headers.
    let earliest = if headers.is_empty() { body } else { after_line(bytes, body) };
    let Some(end) = ends.from(earliest) else {
        return Err(lost(no_end()));
    };
    let body_bytes = &bytes[body..end];
    let closing = line_at(bytes, end + END.len());
    if closing.strip_suffix(DASHES) != Some(label) {
        let other = pem_defect::label_of(closing);
        return Err(lost(if other == text || has_begin(body_bytes) {
            no_end()
        } else {
            let line = line + newlines(&bytes[begin..end]);
            PemDefect::LabelMismatch { line, begin: text, end: other }
        }));
    }
    let der = base64(body_bytes).map_err(|bad| {
        lost(if has_begin(body_bytes) {
            no_end()
        } else {
            let line = line + newlines(&bytes[begin..body + bad]);
            PemDefect::BadBase64 { line, label: text.clone() }
        })
    })?;
    Ok((RawBlock { label: text, line, headers, der }, after_line(bytes, end)))
}

/// The END lines of a file; remembers the last one found, so that many BEGIN lines before it cost one search.
struct Ends<'a> {
    bytes: &'a [u8],
    /// Where it stands; the end of the file if there is none.
    known: Option<usize>,
}

impl Ends<'_> {
    fn from(&mut self, start: usize) -> Option<usize> {
        let known = self.known.filter(|&known| known >= start).unwrap_or_else(|| {
            let end = |&at: &usize| self.bytes[at..].starts_with(END);
            line_starts(self.bytes, start).find(end).unwrap_or(self.bytes.len())
        });
        self.known = Some(known);
        self.known.filter(|&known| known < self.bytes.len())
    }
}

/// The `Key: value` lines below BEGIN, and where the first line without a colon starts.
fn headers(bytes: &[u8], mut at: usize) -> (Vec<(String, String)>, usize) {
    let mut headers = Vec::new();
    while at < bytes.len() {
        let line = line_at(bytes, at);
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { break };
        let text = |part: &[u8]| String::from_utf8_lossy(part.trim_ascii()).into_owned();
        headers.push((text(&line[..colon]), text(&line[colon + 1..])));
        at = after_line(bytes, at);
    }
    (headers, at)
}

/// Decodes as Go's `base64.StdEncoding` without blanks does; an error is the offset of what is wrong.
fn base64(body: &[u8]) -> Result<Zeroizing<Vec<u8>>, usize> {
    let symbols = symbols(body);
    let padding = symbols.iter().rev().take_while(|&&byte| byte == b'=').count();
    let is_padded_inside = memchr(b'=', &symbols[..symbols.len() - padding]).is_some();
    let decode = || {
        let room = BASE64_MIME_PERMISSIVE.decode_len(symbols.len()).ok()?;
        let mut der = Zeroizing::new(vec![0; room]);
        let length = BASE64_MIME_PERMISSIVE.decode_mut(&symbols, &mut der).ok()?;
        der.truncate(length);
        Some(der)
    };
    let decoded = if is_padded_inside { None } else { decode() };
    decoded.ok_or_else(|| first_wrong(body))
}

/// The base64 without blanks and line ends.
fn symbols(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut symbols = Zeroizing::new(Vec::with_capacity(body.len()));
    for start in line_starts(body, 0) {
        let line = &body[start..after_line(body, start)];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if memchr3(b' ', b'\t', b'\r', line).is_none() {
            symbols.extend_from_slice(line);
        } else {
            symbols.extend(line.iter().filter(|byte| !b" \t\r".contains(byte)));
        }
    }
    symbols
}

/// Where base64 that does not decode goes wrong.
fn first_wrong(body: &[u8]) -> usize {
    let mut padded = false;
    let wrong = body.iter().position(|byte| match byte {
        b'=' => {
            padded = true;
            false
        }
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => padded,
        b' ' | b'\t' | b'\r' | b'\n' => false,
        _ => true,
    });
    wrong.unwrap_or(body.len())
}

/// A line without its end and without blanks before it.
pub(crate) fn line_at(bytes: &[u8], start: usize) -> &[u8] {
    let rest = &bytes[start..];
    let line = match memchr(b'\n', rest) {
        Some(end) => rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]),
        None => rest,
    };
    let length = line.iter().rposition(|byte| !b" \t".contains(byte)).map_or(0, |last| last + 1);
    &line[..length]
}

fn after_line(bytes: &[u8], start: usize) -> usize {
    memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1)
}

fn line_starts(bytes: &[u8], start: usize) -> impl Iterator<Item = usize> {
    let next = move |&at: &usize| Some(after_line(bytes, at));
    std::iter::successors(Some(start), next).take_while(|&at| at < bytes.len())
}

fn has_begin(body: &[u8]) -> bool {
    line_starts(body, 0).any(|at| body[at..].starts_with(BEGIN))
}

fn newlines(bytes: &[u8]) -> usize {
    memchr_iter(b'\n', bytes).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn labels(text: &[u8]) -> Vec<String> {
        decode(text).blocks.into_iter().map(|block| block.label).collect()
    }

    fn only_defect(text: &[u8]) -> PemDefect {
        let mut found = decode(text);
        assert!(found.blocks.is_empty());
        assert_eq!(found.defects.len(), 1, "{:?}", found.defects);
        found.defects.remove(0)
    }

    const ONE: &str = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";

    #[test]
    fn text_crlf_and_white_space_around_a_block_do_not_matter() {
        let text = format!("Certificate:\r\n  Data:\r\n{} \t\r\n\r\n", ONE.replace('\n', "\r\n"));
        let found = decode(text.replace("AQID", " A\tQ\r\nI D ").as_bytes());
        assert!(found.defects.is_empty());
        assert_eq!((found.blocks[0].line, found.blocks[0].der.as_slice()), (3, &[1, 2, 3][..]));
    }

    #[test]
    fn headers_are_kept_and_need_a_line_before_end() {
        let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAQID\n\
                    -----END RSA PRIVATE KEY-----\n";
        let found = decode(text.as_bytes());
        assert_eq!(found.blocks[0].headers[0], ("Proc-Type".into(), "4,ENCRYPTED".into()));
        assert_eq!(found.blocks[0].der.as_slice(), [1, 2, 3]);
        let bare = "-----BEGIN A-----\nKey: value\n-----END A-----\n";
        assert_eq!(only_defect(bare.as_bytes()), PemDefect::NoEnd { line: 1, label: "A".into() });
        assert_eq!(labels(b"-----BEGIN A-----\n-----END A-----"), ["A"]);
    }

    #[test]
    fn a_byte_order_mark_hides_the_first_block_only() {
        let mark = PemDefect::ByteOrderMark { encoding: "UTF-8".into() };
        let marked = format!("\u{feff}{ONE}");
        assert_eq!(only_defect(marked.as_bytes()), mark);
        assert_eq!(labels(format!("{marked}{ONE}").as_bytes()).len(), 1);
        assert!(decode(format!("\u{feff}# a comment\n{ONE}").as_bytes()).defects.is_empty());
        let utf16: Vec<u8> =
            format!("\u{feff}{ONE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mark = PemDefect::ByteOrderMark { encoding: "UTF-16LE".into() };
        assert_eq!(only_defect(&utf16), mark);
    }

    #[test]
    fn a_truncated_block_does_not_take_the_next_one_along() {
        let cut = "-----BEGIN CERTIFICATE-----\nAQID\nAQ";
        let no_end = PemDefect::NoEnd { line: 1, label: "CERTIFICATE".into() };
        assert_eq!(only_defect(cut.as_bytes()), no_end);
        let found = decode(format!("{cut}\n{ONE}").as_bytes());
        assert_eq!(found.blocks[0].line, 4);
        assert_eq!(found.defects, [no_end]);
    }

    #[test]
    fn files_glued_without_a_line_end_lose_both_blocks() {
        let glued = format!("{}{ONE}", ONE.trim_end());
        let found = decode(glued.as_bytes());
        assert!(found.blocks.is_empty());
        let before = "-----END CERTIFICATE-----".to_owned();
        assert_eq!(found.defects[1], PemDefect::IndentedBegin { line: 3, before });
    }

    #[test]
    fn every_other_defect_is_named_with_its_line() {
        let with = |from, to| only_defect(ONE.replace(from, to).as_bytes());
        let label = || "CERTIFICATE".to_owned();
        assert_eq!(with("AQID", "AQID\nA*ID"), PemDefect::BadBase64 { line: 3, label: label() });
        assert_eq!(with("AQID", "AQI"), PemDefect::BadBase64 { line: 3, label: label() });
        assert_eq!(with("AQID", "AQ==AQID"), PemDefect::BadBase64 { line: 2, label: label() });
        let end = "TRUSTED CERTIFICATE".to_owned();
        let mismatch = PemDefect::LabelMismatch { line: 3, begin: label(), end };
        assert_eq!(with("END ", "END TRUSTED "), mismatch);
        assert_eq!(with("\n", r"\n"), PemDefect::LiteralNewlines { line: 1 });
        let before = "  ".to_owned();
        assert_eq!(
            with("-----BEGIN", "  -----BEGIN"),
            PemDefect::IndentedBegin { line: 1, before }
        );
        let text = "----BEGIN CERTIFICATE-----".to_owned();
        assert_eq!(with("-----BEGIN", "----BEGIN"), PemDefect::BrokenBegin { line: 1, text });
        let text = "-----BEGIN CERTIFICATE----".to_owned();
        assert_eq!(
            with("BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE----"),
            PemDefect::BrokenBegin { line: 1, text }
        );
    }

    #[test]
    fn a_quoted_line_holds_no_key() {
        let secret = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
        for text in [
            format!("-----BEGIN PRIVATE KEY----- {secret} -----END PRIVATE KEY-----"),
            format!("{secret} -----BEGIN PRIVATE KEY-----"),
            format!("-----BEGIN A-----\n-----END {secret}-----"),
        ] {
            let defect = format!("{:?}", only_defect(text.as_bytes()));
            assert!(!defect.contains("MIIEvQIB"), "{defect}");
        }
    }

    #[test]
    fn many_blocks_without_end_cost_one_pass() {
        let mut text = "-----BEGIN A-----\nAAAA\n".repeat(100_000);
        text.push_str("-----END B-----\n");
        let start = std::time::Instant::now();
        assert_eq!(decode(text.as_bytes()).defects.len(), 100_000);
        assert!(start.elapsed().as_secs() < 20);
    }

    proptest! {
        #[test]
        fn base64_is_what_only_its_symbols_are(body in "[AQg=+*\\n\\r\\t \u{c}]{0,24}") {
            let blank = |c: &char| " \t\r\n".contains(*c);
            let symbols: String = body.chars().filter(|c| !blank(c)).collect();
            let wrong = first_wrong(body.as_bytes());
            let decoded = BASE64_MIME_PERMISSIVE.decode(symbols.as_bytes()).ok();
            let expected = decoded.filter(|_| wrong == body.len());
            prop_assert_eq!(base64(body.as_bytes()).ok().map(|der| der.to_vec()), expected);
        }

        #[test]
        fn any_bytes_can_be_decoded(bytes: Vec<u8>) {
            decode(&bytes);
        }

        #[test]
        fn any_lines_can_be_decoded(
            lines in prop::collection::vec(
                "(-----BEGIN A-----|-----END A-----|-----END B----- ?|A: b|AQID|[ =*]|\u{feff}|-----BEGIN |)",
                0..12,
            ),
            end in "(\n|\r\n|)",
        ) {
            decode(lines.join(&end).as_bytes());
        }
    }
}
