//! DNS messages as far as SRV records need them: a question, and the answers to it. RFC 1035 §4.1, RFC 2782.
//!
//! What comes in is foreign: every length is checked, and a name ends after as many labels as one can have.

/// The header's length.
const HEADER: usize = 12;
const SRV: u16 = 33;
const INTERNET: u16 = 1;
/// RFC 1035 §2.3.4: 255 octets, and each label takes two at least.
const MOST_LABELS: usize = 127;

/// An SRV record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) priority: u16,
    pub(crate) weight: u16,
    pub(crate) port: u16,
    /// The host, without the dot at its end.
    pub(crate) target: String,
}

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The records of the name; none where it has none.
    Services(Vec<Service>),
    /// It does not fit into a datagram.
    Truncated,
    /// The server gave an error, by its code (RFC 1035 §4.1.1).
    Refused(u8),
}

/// A question for the SRV records of a name; `None` where it is no name.
pub(crate) fn question(id: u16, name: &str) -> Option<Vec<u8>> {
    let mut message = Vec::with_capacity(HEADER + name.len() + 6);
    message.extend(id.to_be_bytes());
    // Recursion desired; one question.
    message.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..64).contains(length))?;
        message.push(length);
        message.extend(label.bytes());
    }
    message.push(0);
    message.extend(SRV.to_be_bytes());
    message.extend(INTERNET.to_be_bytes());
    (message.len() <= HEADER + 255 + 4).then_some(message)
}

/// Reads the answer to a question; `None` where it is no answer to it, or no DNS message.
pub(crate) fn answer(question: &[u8], message: &[u8]) -> Option<Answer> {
    let [flags, code] = *message.get(2..4)? else { return None };
    let is_answer = message.get(..2) == question.get(..2) && flags & 0x80 != 0;
    let asked = message.get(HEADER..question.len())?;
    if !is_answer || !asked.eq_ignore_ascii_case(question.get(HEADER..)?) {
        return None;
    }
    if flags & 0x02 != 0 {
        return Some(Answer::Truncated);
    }
    match code & 0x0F {
        0 => {}
        // The name does not exist, so it has no records.
        3 => return Some(Answer::Services(Vec::new())),
        code => return Some(Answer::Refused(code)),
    }
    let mut at = question.len();
    let mut found = Vec::new();
    for _ in 0..number(message, 6)? {
        let (_, after) = name(message, at)?;
        let (kind, length) = (number(message, after)?, usize::from(number(message, after + 8)?));
        let data = after + 10;
        if kind == SRV {
            let (target, _) = name(message, data + 6)?;
            found.push(Service {
                priority: number(message, data)?,
                weight: number(message, data + 2)?,
                port: number(message, data + 4)?,
                target,
            });
        }
        at = data + length;
    }
    Some(Answer::Services(found))
}

fn number(message: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(message.get(at..at + 2)?.try_into().ok()?))
}

/// A name, and where the message goes on after it. A pointer leads back in the message: RFC 1035 §4.1.4.
fn name(message: &[u8], start: usize) -> Option<(String, usize)> {
    let mut labels: Vec<String> = Vec::new();
    let (mut at, mut end) = (start, None);
    // Pointers count as labels do, so that a circle of them ends too.
    for _ in 0..=2 * MOST_LABELS {
        let length = *message.get(at)?;
        match length >> 6 {
            0 if length == 0 => return Some((labels.join("."), end.unwrap_or(at + 1))),
            0 => {
                let label = message.get(at + 1..at + 1 + usize::from(length))?;
                labels.push(std::str::from_utf8(label).ok()?.to_owned());
                at += 1 + usize::from(length);
            }
            3 => {
                end = end.or(Some(at + 2));
                at = usize::from(number(message, at)? & 0x3FFF);
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "_etcd-client-ssl._tcp.example.com";

    /// An answer with one CNAME and two SRV records, the second with a pointer in its target.
    fn message() -> Vec<u8> {
        let mut message = question(7, NAME).unwrap();
        let domain = u8::try_from(HEADER + "_etcd-client-ssl._tcp.".len()).unwrap();
        message[2..8].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 3]);
        message.extend([0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xC0, 12]);
        message.extend([0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 9, 0, 11, 0, 1, 0, 2, 0x09, 0x4B]);
        message.extend([2, b'm', b'0', 0xC0, domain]);
        message.extend([0xC0, 12, 0, 33, 0, 1, 0, 0, 0, 9, 0, 10, 0, 0, 0, 0, 0x09, 0x4B]);
        message.extend([2, b'm', b'1', 0]);
        message
    }

    #[test]
    fn the_records_of_the_name_are_read() {
        let asked = question(7, NAME).unwrap();
        let Some(Answer::Services(found)) = answer(&asked, &message()) else { panic!() };
        let hosts: Vec<_> = found.iter().map(|one| (one.target.as_str(), one.port)).collect();
        assert_eq!(hosts, [("m0.example.com", 2379), ("m1", 2379)]);
        assert_eq!((found[0].priority, found[0].weight), (1, 2));
    }

    #[test]
    fn only_an_answer_to_the_question_counts() {
        let asked = question(7, NAME).unwrap();
        assert_eq!(answer(&asked, &asked), None, "a question is no answer");
        assert_eq!(answer(&question(8, NAME).unwrap(), &message()), None);
        assert_eq!(answer(&question(7, "_x._tcp.example.com").unwrap(), &message()), None);
        let with = |at: usize, byte: u8| {
            let mut message = message();
            message[at] = byte;
            answer(&asked, &message)
        };
        assert_eq!(with(2, 0x83), Some(Answer::Truncated));
        assert_eq!(with(3, 0x82), Some(Answer::Refused(2)));
        assert_eq!(with(3, 0x83), Some(Answer::Services(Vec::new())));
        assert_eq!(question(1, "a..b"), None);
        assert_eq!(question(1, &"a.".repeat(200)), None);
    }

    #[test]
    fn a_message_cut_anywhere_or_turned_in_a_circle_is_no_answer() {
        let asked = question(7, NAME).unwrap();
        let whole = message();
        for length in asked.len() + 1..whole.len() {
            assert_eq!(answer(&asked, &whole[..length]), None, "{length} bytes");
        }
        let mut circle = whole.clone();
        let here = u8::try_from(asked.len()).unwrap();
        circle[asked.len() + 1] = here;
        assert_eq!(answer(&asked, &circle), None);
    }
}
