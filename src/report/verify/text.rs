//! The verdict on one certificate for people: one line, the paths tried as a tree, Go's words, and who disagrees.

use std::io::{self, Write};

use crate::{
    facts::{Judged, KeyMatch, Unparsed},
    message::{FieldWord, Label, Lang, VerifyMessage, VerifyWord},
    report::{lead, listing::harmless, pair},
    x509::{Field, Place, Rejection},
};

/// The verdict in one line.
pub(super) fn line(out: &mut impl Write, judged: &Judged, lang: Lang) -> io::Result<()> {
    let (verdict, about) = match judged.refusal() {
        None => (VerifyWord::Accepted, judged.leaf.subject()),
        Some((reason, at)) => {
            let certificate = name(judged, at, lang).into();
            let about = VerifyMessage::RejectedAt { reason: reason.into(), certificate };
            (VerifyWord::Rejected, about.say(lang))
        }
    };
    writeln!(out, "{}", harmless(&pair(verdict.in_lang(lang), &about, lang)))
}

/// The verdict on a file that can't be parsed, in one line.
pub(super) fn unparsed_line(
    out: &mut impl Write,
    unparsed: &Unparsed,
    lang: Lang,
) -> io::Result<()> {
    let (file, number) = (unparsed.file.as_str().into(), unparsed.number.into());
    let place = VerifyMessage::UnparsedIn { file, number }.say(lang);
    writeln!(out, "{}", harmless(&pair(VerifyWord::Rejected.in_lang(lang), &place, lang)))
}

/// The same, and where the bytes go wrong.
pub(super) fn unparsed(out: &mut impl Write, unparsed: &Unparsed, lang: Lang) -> io::Result<()> {
    let error = &unparsed.error;
    unparsed_line(out, unparsed, lang)?;
    let said = pair(Label::GoSays.in_lang(lang), &error.message, lang);
    let (field, offset) = (field(error.field, lang).into(), error.offset.into());
    let place = VerifyMessage::AtByte { field, offset }.say(lang);
    writeln!(out, "  {}\n  {place}", harmless(&said))
}

fn field(field: Field, lang: Lang) -> &'static str {
    let word = match field {
        Field::Certificate => FieldWord::Certificate,
        Field::Version => FieldWord::Version,
        Field::SerialNumber => FieldWord::SerialNumber,
        Field::SignatureAlgorithm => FieldWord::SignatureAlgorithm,
        Field::Name => FieldWord::Name,
        Field::Validity => FieldWord::Validity,
        Field::PublicKey => FieldWord::PublicKey,
        Field::Extensions => FieldWord::Extensions,
        Field::Signature => FieldWord::Signature,
        Field::RevocationList => FieldWord::RevocationList,
    };
    word.in_lang(lang)
}

/// The verdict and what it rests on.
pub(super) fn table(out: &mut impl Write, judged: &Judged, lang: Lang) -> io::Result<()> {
    line(out, judged, lang)?;
    let mut said =
        |label: &str, value: &str| writeln!(out, "  {}", harmless(&pair(label, value, lang)));
    if let Err(rejection) = &judged.verification.outcome {
        said(Label::GoSays.in_lang(lang), &rejection.message)?;
        if let (Some(expected), Some(presented)) = (&rejection.expected, &rejection.presented) {
            said(Label::Expected.in_lang(lang), &expected.say(lang))?;
            let nothing = VerifyWord::Nothing.in_lang(lang);
            let presented = presented.say(lang);
            let presented = if presented.is_empty() { nothing } else { &presented };
            said(Label::Presented.in_lang(lang), presented)?;
        }
    }
    match judged.key {
        Some(KeyMatch::Differs) => said(VerifyWord::KeyDiffers.in_lang(lang), "")?,
        Some(KeyMatch::Unreadable) => said(VerifyWord::KeyUnreadable.in_lang(lang), "")?,
        Some(KeyMatch::Matches) | None => {}
    }
    if let Some(Err(revoked)) = &judged.revocation {
        said(VerifyWord::EtcdSays.in_lang(lang), revoked)?;
    }
    if let Some(Err(other)) = &judged.identity {
        said("SPIFFE", &other.say(lang))?;
    }
    writeln!(out, "{}", lead(VerifyWord::PathsTried.in_lang(lang), lang).trim_end())?;
    Tree::grow(judged).draw(judged, lang, "  ", "  ", out)?;
    match (&judged.second_opinion, judged.verification.outcome.is_ok()) {
        (Err(why), true) => {
            writeln!(out, "{}", pair(VerifyWord::RustlsRefuses.in_lang(lang), why, lang))
        }
        (Ok(()), false) => writeln!(out, "{}", VerifyWord::RustlsAccepts.in_lang(lang)),
        _ => Ok(()),
    }
}

/// The paths with their common beginnings put together.
struct Tree<'a> {
    place: Place,
    ends: Vec<&'a Result<(), Rejection>>,
    children: Vec<Self>,
}

impl<'a> Tree<'a> {
    fn grow(judged: &'a Judged) -> Self {
        let mut root = Self { place: Place::Leaf, ends: Vec::new(), children: Vec::new() };
        for path in &judged.verification.paths {
            let mut node = &mut root;
            for &place in path.links.iter().skip(1) {
                let index = node
                    .children
                    .iter()
                    .position(|child| child.place == place)
                    .unwrap_or_else(|| {
                        node.children.push(Self { place, ends: Vec::new(), children: Vec::new() });
                        node.children.len() - 1
                    });
                node = &mut node.children[index];
            }
            node.ends.push(&path.end);
        }
        root
    }

    /// One line for this certificate after `indent`, and its issuers, each after `below` and a branch.
    fn draw(
        &self,
        judged: &Judged,
        lang: Lang,
        indent: &str,
        below: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let kind = match self.place {
            Place::Leaf => VerifyWord::Leaf,
            Place::Intermediate(_) => VerifyWord::Intermediate,
            Place::Anchor(_) => VerifyWord::Anchor,
        };
        let mut line = format!("{} {}", kind.in_lang(lang), name(judged, self.place, lang));
        for end in &self.ends {
            let end = match end {
                Ok(()) => VerifyWord::Trusted.in_lang(lang).to_owned(),
                Err(rejection) => pair(rejection.reason.word(), &rejection.message, lang),
            };
            line.extend(["  [", &end, "]"]);
        }
        writeln!(out, "{indent}{}", harmless(&line))?;
        self.children.iter().enumerate().try_for_each(|(index, child)| {
            let last = index + 1 == self.children.len();
            child.draw(
                judged,
                lang,
                &format!("{below}{}", if last { "└─ " } else { "├─ " }),
                &format!("{below}{}", if last { "   " } else { "│  " }),
                out,
            )
        })
    }
}

/// What a certificate is called: its subject, else its serial.
pub(super) fn name(judged: &Judged, place: Place, lang: Lang) -> String {
    let Some(certificate) = judged.certificate(place) else { return String::new() };
    let subject = certificate.subject();
    if subject.is_empty() {
        format!("{} {}", Label::Serial.in_lang(lang), certificate.serial_hex())
    } else {
        subject
    }
}
