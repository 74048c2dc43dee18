//! What a file of this machine holds, in a line or two: whose certificate, until when, and which file belongs to it.

use crate::{
    facts::show_time,
    facts::tree::Role,
    message::{Label, Lang, Say, TopicWord, TreeWord},
    observation::{FileSeen, file::FileState},
    report::{tree::role_word, wording::pair},
    x509::{Certificate, Go},
};

/// What a file holds; `beside` are the files among which its other half may be.
pub fn contents(file: &FileSeen, beside: &[FileSeen], lang: Lang) -> Vec<String> {
    let FileState::Read(content) = &file.state else {
        let why = file.state.refusal().map(|why| why.message().say(lang)).unwrap_or_default();
        return vec![pair(TopicWord::Unreadable.in_lang(lang), &why, lang)];
    };
    let parse = |der: &crate::observation::Der| Certificate::parse(&der.0, Go::DEFAULT).ok();
    let mut told = Vec::new();
    if let Some(leaf) = file.certificates().find_map(parse) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let role = role_word(Role::of(&leaf, name)).in_lang(lang);
        let until = pair(TopicWord::Until.in_lang(lang), &show_time(leaf.not_after), lang);
        let issuer = pair(Label::Issuer.in_lang(lang), &leaf.issuer(), lang);
        told.push(format!("{}; {issuer}; {until}", pair(role, &leaf.subject(), lang)));
        let key = beside.iter().find(|other| {
            other.key().and_then(|key| key.spki.as_ref()).is_some_and(|spki| spki.0 == leaf.spki)
        });
        told.extend(key.map(|key| pair(TopicWord::Fits.in_lang(lang), &key.path, lang)));
    } else if let Some(key) = file.key() {
        let mode = format!("{:04o}", content.mode);
        let mode = pair(Label::Mode.in_lang(lang), &mode, lang);
        let what = pair(TreeWord::PrivateKey.in_lang(lang), &key.algorithm, lang);
        told.push(format!("{what}; {mode}"));
        let belongs = beside.iter().find(|other| {
            let leaf = other.certificates().find_map(parse);
            let spki = key.spki.as_ref();
            leaf.is_some_and(|leaf| spki.is_some_and(|spki| spki.0 == leaf.spki))
        });
        told.extend(belongs.map(|other| pair(TopicWord::Fits.in_lang(lang), &other.path, lang)));
    }
    told
}
