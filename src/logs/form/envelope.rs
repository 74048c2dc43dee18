//! What carries a program's lines: journalctl, syslog, containerd (CRI), Docker's JSON files, `kubectl logs` and Compose.
//!
//! CRI: `kubernetes/design-proposals-archive/node/kubelet-cri-logging.md`; journal fields: systemd.journal-fields(7).

use std::borrow::Cow;

use serde::Deserialize;

use super::stamp;

/// Envelopes are seldom nested deeper than this: a journal line of a container, say.
const DEPTH: usize = 3;

/// A JSON envelope of Docker (`log`) or of `journalctl -o json` (`MESSAGE`).
#[derive(Deserialize)]
struct Carried {
    #[serde(alias = "MESSAGE")]
    log: String,
    time: Option<String>,
}

/// Takes the envelopes off: the time of the outermost that has one, and what is inside.
pub(in crate::logs) fn peel(raw: &str) -> (Option<String>, Cow<'_, str>) {
    let raw = raw.trim_end_matches(['\r', '\n']).trim_start_matches('\u{feff}');
    let json = raw.starts_with("{\"log\":") || raw.starts_with('{') && raw.contains("\"MESSAGE\"");
    if json && let Ok(carried) = serde_json::from_str::<Carried>(raw) {
        let (time, said) = plain(&carried.log);
        return (time.or(carried.time), Cow::Owned(said.trim_end().to_owned()));
    }
    let (time, said) = plain(raw);
    (time, Cow::Borrowed(said))
}

fn plain(mut text: &str) -> (Option<String>, &str) {
    let mut time = None;
    for _ in 0..DEPTH {
        let Some((seen, rest)) = cri(text).or_else(|| syslog(text)).or_else(|| named(text)) else {
            break;
        };
        time = time.or(seen);
        text = rest;
    }
    (time, text)
}

/// `2026-11-22T02:39:55.123456789Z stderr F text`, and `kubectl logs --timestamps`, which has the time alone.
fn cri(text: &str) -> Option<(Option<String>, &str)> {
    let (time, rest) = text.split_once(' ')?;
    if time.as_bytes().get(10) != Some(&b'T') || stamp::length(time.as_bytes())? != time.len() {
        return None;
    }
    let carried = ["stdout F ", "stderr F ", "stdout P ", "stderr P "];
    let inner = carried.iter().find_map(|stream| rest.strip_prefix(stream));
    Some((Some(time.to_owned()), inner.unwrap_or(rest)))
}

/// `Nov 22 02:39:55 host etcd[123]: text`, and the same behind a full time (`journalctl -o short-iso`).
fn syslog(text: &str) -> Option<(Option<String>, &str)> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (head, rest) = text.split_once(": ")?;
    if head.len() > 200 {
        return None;
    }
    if MONTHS.iter().any(|month| head.starts_with(month)) && head.as_bytes().get(3) == Some(&b' ') {
        let time = head
            .get(..15)
            .filter(|time| time.as_bytes()[9] == b':' && time.as_bytes()[12] == b':')?;
        return Some((Some(time.to_owned()), rest));
    }
    // Behind a time that was cut off already: `host etcd[123]: text`.
    let (_, ident) = head.split_once(' ')?;
    let pid = ident.strip_suffix(']')?.rsplit_once('[')?.1;
    let digits = !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !ident.contains(' ')).then_some((None, rest))
}

/// `[pod/etcd-cp1/etcd] text` of `kubectl logs --prefix`, and `etcd-1  | text` of Compose.
fn named(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = text.strip_prefix("[pod/") {
        return rest.split_once("] ").map(|(_, rest)| (None, rest));
    }
    let (name, rest) = text.split_once("| ")?;
    let name = name.strip_suffix(' ')?.trim_end();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let is_name = name.len() > 1 && name.len() <= 64 && name.chars().all(plain);
    is_name.then_some((None, rest))
}

#[cfg(test)]
mod tests {
    use super::peel;

    #[test]
    fn every_carrier_is_taken_off() {
        let said = r#"{"level":"warn","msg":"x: y"}"#;
        for (head, time) in [
            ("", None),
            ("Nov 22 02:39:55 cp1 etcd[871]: ", Some("Nov 22 02:39:55")),
            ("2026-11-22T02:39:55+0000 cp1 etcd[871]: ", Some("2026-11-22T02:39:55+0000")),
            ("2026-11-22T02:39:55.123456789Z stderr F ", Some("2026-11-22T02:39:55.123456789Z")),
            ("2026-11-22T02:39:55.123456789Z ", Some("2026-11-22T02:39:55.123456789Z")),
            ("[pod/etcd-cp1/etcd] ", None),
            ("etcd-1  | ", None),
            ("etcd-1  | 2026-11-22T02:39:55Z ", Some("2026-11-22T02:39:55Z")),
        ] {
            let line = format!("{head}{said}");
            let (seen, inner) = peel(&line);
            assert_eq!((seen.as_deref(), &*inner), (time, said), "{head}");
        }
    }

    #[test]
    fn json_carriers_are_decoded() {
        let docker = r#"{"log":"2026-11-22 02:39:55.1 I | embed: \"x\"\n","stream":"stderr","time":"2026-11-22T02:39:56Z"}"#;
        let (time, inner) = peel(docker);
        assert_eq!(
            (time.as_deref(), &*inner),
            (Some("2026-11-22T02:39:56Z"), "2026-11-22 02:39:55.1 I | embed: \"x\"")
        );
        let journal = r#"{"_PID":"1","MESSAGE":"etcd speaks"}"#;
        assert_eq!(&*peel(journal).1, "etcd speaks");
    }
}
