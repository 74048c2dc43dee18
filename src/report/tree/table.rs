//! What a person reads of a tree: each certificate below its issuer, then the rest, then what is wrong.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{Told, entry, findings, terms};
use crate::{
    facts::tree::{Certified, Inventory, Kind, Row, State},
    message::{Lang, Say, TreeWord},
    report::{
        Style, escape,
        inspect::keystore_words,
        text::page::{Page, Role},
        wording::pair,
    },
};

/// Deeper than this a tree is not indented any further.
const DEEPEST: usize = 12;

/// How many of the things that were passed over are named.
const SKIPPED: usize = 10;

/// Writes everything.
pub(super) fn write(out: &mut impl Write, told: &Told<'_>, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let inventory = told.inventory;
    let lang = style.lang;
    certificates(&mut page, inventory)?;
    let others = others(inventory, lang);
    if !others.is_empty() {
        page.heading(TreeWord::OtherObjects.in_lang(lang))?;
    }
    for (what, path, told) in others {
        let told = if told.is_empty() { String::new() } else { format!("  {told}") };
        let what = pair(what.in_lang(lang), path, lang);
        page.line(&[(Role::Plain, "  "), (Role::Plain, &what), (Role::Dim, &told)])?;
    }
    findings::write(&mut page, told.findings)?;
    if !inventory.skipped.is_empty() {
        page.heading(TreeWord::Skipped.in_lang(lang))?;
        for one in inventory.skipped.iter().take(SKIPPED) {
            let why = one.why.message().say(lang);
            page.line(&[(Role::Plain, "  "), (Role::Dim, &pair(&one.path, &why, lang))])?;
        }
        if inventory.skipped.len() > SKIPPED {
            let rest = format!(
                "  {} {}",
                inventory.skipped.len() - SKIPPED,
                TreeWord::AndMore.in_lang(lang)
            );
            page.line(&[(Role::Dim, &rest)])?;
        }
    }
    page.blank()?;
    page.line(&[(Role::Plain, &summary(inventory, lang))])
}

/// `path, role, state, days left, subject` for each certificate.
pub(super) fn lines(out: &mut impl Write, told: &Told<'_>, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let inventory = told.inventory;
    for certificate in &inventory.certificates {
        let (state, look) = terms::state(inventory.state(certificate));
        let role = terms::role(certificate.role).in_lang(style.lang);
        let path = inventory.path(inventory.place_of(certificate));
        page.line(&[
            (Role::Plain, &format!("{path}, {role}, ")),
            (look, state.in_lang(style.lang)),
            (
                Role::Plain,
                &format!(", {}, {}", inventory.days_left(certificate), terms::name(certificate)),
            ),
        ])?;
    }
    for finding in told.findings {
        findings::line(&mut page, finding)?;
    }
    Ok(())
}

/// What a row shows, without colours.
struct Cells {
    name: String,
    role: &'static str,
    days: String,
    key: &'static str,
    file: String,
    state: State,
}

fn certificates(page: &mut Page<'_, impl Write>, inventory: &Inventory) -> io::Result<()> {
    let lang = page.style().lang;
    let above = common_folder(inventory);
    if let Some(above) = above {
        page.line(&[(Role::Dim, &pair(TreeWord::Below.in_lang(lang), above, lang))])?;
        page.blank()?;
    }
    let strangers = inventory.strangers();
    let mut open: Vec<bool> = Vec::new();
    let rows: Vec<Cells> = inventory
        .rows()
        .into_iter()
        .map(|row| {
            let certificate = &inventory.certificates[row.index];
            let name = format!("{}{}", branch(row, &mut open), terms::name(certificate));
            let is_stranger = strangers.contains(&row.index);
            cells(inventory, certificate, name, is_stranger, above.map_or(0, str::len), lang)
        })
        .collect();
    let head =
        [TreeWord::Certificate, TreeWord::Role, TreeWord::DaysLeft, TreeWord::Key, TreeWord::File]
            .map(|word| word.in_lang(lang));
    let widest = |head: &str, of: &dyn Fn(&Cells) -> usize| {
        rows.iter().map(of).max().unwrap_or(0).max(head.width())
    };
    let role = widest(head[1], &|row| row.role.width());
    let days = widest(head[2], &|row| row.days.width());
    let key = widest(head[3], &|row| row.key.width());
    let room = page.style().width.saturating_sub(role + days + key + 8 + 24).max(24);
    let name = widest(head[0], &|row| row.name.width()).min(room);
    if rows.is_empty() {
        return Ok(());
    }
    let head = format!(
        "{}  {}  {}  {}  {}",
        padded(head[0], name),
        padded(head[1], role),
        padded(head[2], days),
        padded(head[3], key),
        head[4]
    );
    page.line(&[(Role::Bold, &head)])?;
    for row in &rows {
        // A name without room gets a line of its own.
        let mut lead = padded(&row.name, name);
        if row.name.width() > name {
            page.line(&[(Role::Plain, &row.name)])?;
            lead = " ".repeat(name);
        }
        let space = " ".repeat(days.saturating_sub(row.days.width()) + 2);
        page.line(&[
            (Role::Plain, &lead),
            (Role::Dim, &format!("  {}  ", padded(row.role, role))),
            (
                if row.state == State::Valid { Role::Plain } else { terms::state(row.state).1 },
                &row.days,
            ),
            (Role::Plain, &space),
            (Role::Plain, &format!("{}  ", padded(row.key, key))),
            (Role::Plain, &row.file),
        ])?;
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "made for this line alone")]
fn cells(
    inventory: &Inventory,
    certificate: &Certified,
    name: String,
    is_stranger: bool,
    above: usize,
    lang: Lang,
) -> Cells {
    let state = inventory.state(certificate);
    let days = match state {
        State::Valid | State::ExpiringSoon => inventory.days_left(certificate).to_string(),
        State::NotYetValid | State::Expired => terms::state(state).0.in_lang(lang).to_owned(),
    };
    let has_key = inventory.keys_of(&certificate.public_key).next().is_some();
    let place = inventory.place_of(certificate);
    let path = inventory.path(place);
    let path = path.get(above..).unwrap_or(path).trim_start_matches('/');
    let mut file = path.to_owned();
    if let Some(field) = &place.field {
        file = format!("{file} ({field})");
    }
    if certificate.places.len() > 1 {
        file = format!("{file} (+{})", certificate.places.len() - 1);
    }
    let remarks = terms::remarks(inventory, certificate, is_stranger, lang);
    if !remarks.is_empty() {
        file = format!("{file}  [{}]", remarks.join(", "));
    }
    Cells {
        name: escape::text(&name).into_owned(),
        role: terms::role(certificate.role).in_lang(lang),
        days,
        key: if has_key { TreeWord::Key.in_lang(lang) } else { "-" },
        file,
        state,
    }
}

/// The lines that join a certificate to its issuer; `open` says at which depths more is to come.
pub(super) fn branch(row: Row, open: &mut Vec<bool>) -> String {
    if row.depth == 0 {
        return String::new();
    }
    let depth = row.depth.min(DEEPEST);
    open.resize(depth, false);
    open[depth - 1] = !row.is_last;
    let before = open[..depth - 1].iter().map(|more| if *more { "│ " } else { "  " });
    let own = if row.is_last { "└ " } else { "├ " };
    before.chain([own]).collect()
}

/// Requests, revocation lists, keystores, kubeconfigs, and keys without a certificate: what, where, and more of it.
pub(in crate::report) fn others(
    inventory: &Inventory,
    lang: Lang,
) -> Vec<(TreeWord, &str, String)> {
    let mut shown = Vec::new();
    let known: std::collections::HashSet<_> =
        inventory.certificates.iter().map(|one| one.public_key).collect();
    for key in &inventory.keys {
        let alone = key.public_key.is_none_or(|public_key| !known.contains(&public_key));
        if alone {
            let algorithm = if key.seen.encrypted {
                TreeWord::Encrypted.in_lang(lang)
            } else {
                &key.seen.algorithm
            };
            let what = if key.public_key.is_some() {
                TreeWord::NoCertificate.in_lang(lang)
            } else {
                &key.seen.container
            };
            shown.push((TreeWord::Key, inventory.path(&key.place), format!("{algorithm}, {what}")));
        }
    }
    for one in &inventory.requests {
        let fits = if known.contains(&one.public_key) {
            ""
        } else {
            TreeWord::NoCertificate.in_lang(lang)
        };
        let parts = [&one.subject, &*one.key, fits];
        let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        shown.push((TreeWord::Request, inventory.path(&one.place), told.join(", ")));
    }
    for one in &inventory.lists {
        let revoked = pair(TreeWord::Revoked.in_lang(lang), &one.serials.len().to_string(), lang);
        shown.push((
            TreeWord::List,
            inventory.path(&one.place),
            format!("{}, {revoked}", one.issuer),
        ));
    }
    for file in &inventory.files {
        match (file.kind, entry::kind(file)) {
            (Kind::Kubeconfig, _) => {
                let named: Vec<_> = file
                    .referenced
                    .iter()
                    .map(|one| format!("{} {}", one.field, one.path))
                    .collect();
                shown.push((TreeWord::Kubeconfig, &file.path, named.join(", ")));
            }
            (_, kind @ ("pkcs12" | "pkcs7" | "java-keystore")) => {
                let seen = file.keystore.as_ref();
                let told = seen.map(|seen| keystore_words(seen, lang));
                let told = told.unwrap_or_else(|| kind.to_owned());
                shown.push((TreeWord::Keystore, &file.path, told));
            }
            _ => {}
        }
    }
    shown
}

/// How much of what there is.
pub(in crate::report) fn summary(inventory: &Inventory, lang: Lang) -> String {
    let ended =
        |state| inventory.certificates.iter().filter(|one| inventory.state(one) == state).count();
    let counts = [
        (TreeWord::Files, inventory.looked_at),
        (TreeWord::Certificates, inventory.certificates.len()),
        (TreeWord::Expired, ended(State::Expired)),
        (TreeWord::ExpiringSoon, ended(State::ExpiringSoon)),
        (TreeWord::NotYetValid, ended(State::NotYetValid)),
        (TreeWord::Keys, inventory.keys.len()),
        (TreeWord::Requests, inventory.requests.len()),
        (TreeWord::Lists, inventory.lists.len()),
    ];
    let always = [TreeWord::Files, TreeWord::Certificates, TreeWord::Keys];
    let told = counts.into_iter().filter(|(word, count)| *count > 0 || always.contains(word));
    let told: Vec<_> =
        told.map(|(word, count)| pair(word.in_lang(lang), &count.to_string(), lang)).collect();
    told.join(if lang == Lang::En { ", " } else { "、" })
}

/// The folder that was asked for, if it was one.
fn common_folder(inventory: &Inventory) -> Option<&str> {
    let mut folders = inventory.files.iter().map(|file| file.path.get(..file.above));
    let first = folders.next()??;
    (!first.is_empty() && folders.all(|other| other == Some(first))).then_some(first)
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
