//! E-mail addresses in certificates: the Mailbox of RFC 2821 §4.1.2, with the leniencies of Go's `parseRFC2821Mailbox`.

use super::domain::reverse_labels;
use super::go::Go;

/// The part before the last `@` unescaped, and the part after it as written.
pub(super) struct Mailbox<'a> {
    pub local: Vec<u8>,
    pub domain: &'a [u8],
}

pub(super) fn parse(text: &[u8], go: Go) -> Option<Mailbox<'_>> {
    let (local, rest) = match text.strip_prefix(b"\"") {
        Some(quoted) => quoted_local_part(quoted)?,
        None => plain_local_part(text)?,
    };
    let domain = rest.strip_prefix(b"@")?;
    reverse_labels(domain, go)?;
    if domain.contains(&b'@') && go.refuses_second_at_sign() {
        return None;
    }
    Some(Mailbox { local, domain })
}

fn quoted_local_part(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut local = Vec::new();
    loop {
        let (&byte, after) = rest.split_first()?;
        rest = after;
        match byte {
            b'"' => return Some((local, rest)),
            b'\\' => {
                let (&escaped, after) = rest.split_first()?;
                if !matches!(escaped, 1..=9 | 11 | 12 | 14..=127) {
                    return None;
                }
                local.push(escaped);
                rest = after;
            }
            // RFC 3696 has spaces here, so Go takes them.
            1..=8 | 11 | 12 | 14..=33 | 35..=91 | 93..=127 => local.push(byte),
            _ => return None,
        }
    }
}

fn plain_local_part(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut local = Vec::new();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'\\' {
            let (&escaped, after) = after.split_first()?;
            local.push(escaped);
            rest = after;
        } else if byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte) {
            local.push(byte);
            rest = after;
        } else {
            break;
        }
    }
    let dots = local.starts_with(b".")
        || local.ends_with(b".")
        || local.windows(2).any(|pair| pair == b"..");
    (!local.is_empty() && !dots).then_some((local, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_parts() {
        let local = |text: &[u8]| parse(text, Go::DEFAULT).map(|mailbox| mailbox.local);
        assert_eq!(local(b"a.b@x").as_deref(), Some(&b"a.b"[..]));
        assert_eq!(local(b"\"a b\\\"\"@x").as_deref(), Some(&b"a b\""[..]));
        assert_eq!(local(b"a\\@b@x").as_deref(), Some(&b"a@b"[..]));
        for bad in [
            &b""[..],
            b"@x",
            b"a",
            b".a@x",
            b"a.@x",
            b"a..b@x",
            b"a b@x",
            b"\"a@x",
            b"a@x.",
            b"a@b c",
            b"a\\",
        ] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }
}
