//! What a file or a server holds, in words: a field a line, and only fields that say something.

use std::io::{self, Write};
use std::path::Path;

use time::OffsetDateTime;

use crate::{
    facts::show_time,
    facts::tree::{Inspected, Object, Role as Purpose, Source, Thing},
    message::{Label, Lang, Say, TreeWord, Word},
    observation::{file::KeySeen, keystore::Keystore},
    report::{
        Style,
        json::sha256,
        text::page::{Page, Role},
        tree::role_word,
        wording::pair,
    },
    x509::{Certificate, Crl, Request, name_display},
};

/// The widest column of labels.
const LABELS: usize = 26;

/// How many revoked serials are listed.
const SERIALS: usize = 8;

/// Fields in their order; those without a value are left out.
type Fields = Vec<(&'static str, String)>;

/// Writes one file or server.
pub(super) fn write(out: &mut impl Write, inspected: &Inspected, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let lang = style.lang;
    let about = about(inspected, lang);
    if !about.is_empty() {
        page.line(&[(Role::Bold, &inspected.name)])?;
        page.fields(&about, LABELS)?;
        page.blank()?;
    }
    for object in &inspected.objects {
        let several = inspected.objects.len() > 1 && object.line > 0;
        let mut name = inspected.name.clone();
        if several {
            name = format!("{name}:{}", object.line);
        }
        if let Some(field) = &object.field {
            name = format!("{name} ({field})");
        }
        let (what, found) = describe(object, inspected, lang);
        page.line(&[(Role::Bold, &name), (Role::Plain, ": "), (Role::Plain, &what)])?;
        page.fields(&found, LABELS)?;
        page.blank()?;
    }
    Ok(())
}

/// What there is to say of the whole.
fn about(inspected: &Inspected, lang: Lang) -> Fields {
    match &inspected.source {
        Source::File(file) => {
            let mut about = Fields::new();
            if let Some(keystore) = &file.keystore {
                about.push((TreeWord::Keystore.in_lang(lang), self::keystore(keystore, lang)));
            }
            for named in file.kubeconfig.iter().flat_map(|kubeconfig| &kubeconfig.referenced) {
                about.push((
                    TreeWord::Names.in_lang(lang),
                    format!("{} {}", named.field, named.path),
                ));
            }
            about
        }
        Source::Server(tls) => {
            let listed = tls.request.iter().flat_map(|request| &request.acceptable_cas);
            let listed: Vec<_> = listed.map(|name| name_display(&name.0)).collect();
            let asked = if tls.request.is_some() { Word::Yes } else { Word::No };
            vec![
                (Label::TlsVersion.in_lang(lang), tls.version.clone().unwrap_or_default()),
                (TreeWord::Suite.in_lang(lang), tls.cipher_suite.clone().unwrap_or_default()),
                (TreeWord::AsksForCertificate.in_lang(lang), asked.in_lang(lang).to_owned()),
                (Label::AcceptableCas.in_lang(lang), listed.join(", ")),
            ]
        }
    }
}

/// What can be said of a keystore.
pub(in crate::report) fn keystore(keystore: &Keystore, lang: Lang) -> String {
    let encrypted = TreeWord::Encrypted.in_lang(lang);
    let (safes, bags) = (TreeWord::Safes.in_lang(lang), TreeWord::Bags.in_lang(lang));
    let counts = [
        "PKCS#12".to_owned(),
        pair(safes, &keystore.safes.to_string(), lang),
        pair(encrypted, &keystore.encrypted.to_string(), lang),
        pair(bags, &keystore.bags.to_string(), lang),
    ];
    counts.join(", ")
}

fn describe(object: &Object, inspected: &Inspected, lang: Lang) -> (String, Fields) {
    let name = Path::new(&inspected.name).file_name().unwrap_or_default().to_string_lossy();
    let word = |word: TreeWord| word.in_lang(lang).to_owned();
    match &object.thing {
        Thing::Certificate(one) => {
            let role = role_word(Purpose::of(one, &name)).in_lang(lang);
            let what = format!("{} ({role})", TreeWord::Certificate.in_lang(lang));
            (what, certificate(one, inspected.when, lang))
        }
        Thing::Key(one) => (word(TreeWord::PrivateKey), key(one, inspected, lang)),
        Thing::Request(one) => (word(TreeWord::Request), request(one, lang)),
        Thing::List(one) => (word(TreeWord::List), list(one, inspected.when, lang)),
        Thing::Malformed(error) => {
            (word(TreeWord::Malformed), vec![(Label::GoSays.in_lang(lang), error.clone())])
        }
        Thing::Other(label) => (label.clone(), Fields::new()),
    }
}

fn certificate(one: &Certificate, now: OffsetDateTime, lang: Lang) -> Fields {
    let label = |label: Label| label.in_lang(lang);
    let hex = |id: &Option<Vec<u8>>| id.as_deref().map(|id| data_encoding::HEXLOWER.encode(id));
    let mut from = show_time(one.not_before);
    let mut until = show_time(one.not_after);
    if one.not_before > now {
        from = format!("{from} ({})", TreeWord::NotYetValid.in_lang(lang));
    } else if one.not_after < now {
        until = format!("{until} ({})", TreeWord::Expired.in_lang(lang));
    } else {
        let days = (one.not_after - now).whole_days().to_string();
        until = format!("{until} ({})", pair(TreeWord::DaysLeft.in_lang(lang), &days, lang));
    }
    let length = one.basic_constraints.and_then(|constraints| constraints.path_len);
    let constraints = one.name_constraints.as_ref().map(ToString::to_string);
    vec![
        (label(Label::Subject), one.subject()),
        (label(Label::Issuer), one.issuer()),
        (label(Label::NotBefore), from),
        (label(Label::NotAfter), until),
        (label(Label::SubjectAltNames), one.names_display().join(", ")),
        (label(Label::KeyUsage), one.key_usage_display().join(", ")),
        (label(Label::ExtendedKeyUsage), one.extended_key_usage_display().join(", ")),
        (label(Label::PathLength), length.map(|length| length.to_string()).unwrap_or_default()),
        (TreeWord::NameConstraints.in_lang(lang), constraints.unwrap_or_default()),
        (label(Label::PublicKey), one.key_display()),
        (label(Label::SignatureAlgorithm), one.signature_display()),
        (label(Label::Serial), one.serial_hex()),
        (label(Label::SubjectKeyId), hex(&one.subject_key_id).unwrap_or_default()),
        (label(Label::AuthorityKeyId), hex(&one.authority_key_id).unwrap_or_default()),
        (label(Label::Fingerprint), one.sha256()),
    ]
}

fn key(one: &KeySeen, inspected: &Inspected, lang: Lang) -> Fields {
    let mode = match &inspected.source {
        Source::File(file) => file.seen.content().map(|content| format!("{:04o}", content.mode)),
        Source::Server(_) => None,
    };
    let digest = one.spki.as_ref().map(|spki| sha256(&spki.0));
    let unusable = one.unusable.as_ref().map(|defect| defect.message().say(lang));
    vec![
        (Label::Key.in_lang(lang), one.algorithm.clone()),
        (TreeWord::Container.in_lang(lang), one.container.clone()),
        (Label::Mode.in_lang(lang), mode.unwrap_or_default()),
        (TreeWord::PublicKeyDigest.in_lang(lang), digest.unwrap_or_default()),
        (TreeWord::Unusable.in_lang(lang), unusable.unwrap_or_default()),
    ]
}

fn request(one: &Request, lang: Lang) -> Fields {
    let names: Vec<_> = one.sans.iter().map(ToString::to_string).collect();
    let signed = if one.is_signed_by_its_key { Word::Yes } else { Word::No };
    vec![
        (Label::Subject.in_lang(lang), one.subject()),
        (Label::SubjectAltNames.in_lang(lang), names.join(", ")),
        (Label::PublicKey.in_lang(lang), one.public_key.to_string()),
        (Label::SignatureAlgorithm.in_lang(lang), one.signature_algorithm.to_string()),
        (TreeWord::SignedByItsKey.in_lang(lang), signed.in_lang(lang).to_owned()),
        (TreeWord::PublicKeyDigest.in_lang(lang), sha256(&one.spki)),
    ]
}

fn list(one: &Crl, now: OffsetDateTime, lang: Lang) -> Fields {
    let next = one.next_update.map(|next| {
        let passed = next < now;
        let word = TreeWord::Expired.in_lang(lang);
        if passed { format!("{} ({word})", show_time(next)) } else { show_time(next) }
    });
    let shown =
        one.serials.iter().take(SERIALS).map(|serial| data_encoding::HEXLOWER.encode(serial));
    let mut serials: Vec<_> = shown.collect();
    if one.serials.len() > SERIALS {
        serials.push("…".to_owned());
    }
    vec![
        (Label::Issuer.in_lang(lang), one.issuer.clone()),
        (TreeWord::ThisUpdate.in_lang(lang), show_time(one.this_update)),
        (Label::NextUpdate.in_lang(lang), next.unwrap_or_default()),
        (TreeWord::Revoked.in_lang(lang), one.serials.len().to_string()),
        (Label::Serial.in_lang(lang), serials.join(", ")),
    ]
}
