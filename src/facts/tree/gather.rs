//! Takes the files of a tree one by one and keeps what belongs into an inventory; each distinct certificate is parsed
//! once, by whichever thread meets it first.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use super::{
    Authority, Certified, Digest, File, GO, Inventory, Kind, Listed, Malformed, Place, PrivateKey,
    Requested, Role, kept, node, parallel,
};
use crate::{
    observation::{
        file::{Block, FileState, Form, Item, KeySeen},
        refusal::FileRefusal,
        tree::{Skipped, TreeFile, Why},
    },
    x509::{Certificate, Crl, PublicKey, Request},
};

/// A file of a tree and how many bytes of its path name the folder that was asked for.
#[derive(Debug)]
pub struct Sighted {
    /// The file.
    pub file: TreeFile,
    /// Bytes of its path.
    pub above: usize,
}

impl Inventory {
    /// Looks at files on several threads and keeps what they hold, in their order.
    pub fn gather<T: Sync>(
        &mut self,
        files: &[T],
        threads: usize,
        look: impl Fn(&T) -> Sighted + Sync,
    ) {
        let met = Mutex::new(HashSet::new());
        let mut known = HashMap::new();
        parallel::in_order(
            files,
            threads,
            |_, file| reduce(look(file), &met),
            |reduced| self.keep(reduced, &mut known),
        );
        for (index, key) in self.keys.iter().enumerate() {
            if let Some(public_key) = key.public_key {
                self.by_public_key.entry(public_key).or_default().push(index);
            }
        }
        for (at, authority) in self.authorities.iter().enumerate() {
            let name = authority.certificate.raw_subject.clone();
            self.named.entry(name).or_default().push(at);
        }
    }

    fn keep(&mut self, reduced: Reduced, known: &mut HashMap<Digest, Met>) {
        self.looked_at += 1;
        self.skipped.extend(reduced.skipped);
        let Some(file) = reduced.file else { return };
        let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let name = file.name().to_owned();
        self.files.push(file);
        for (position, found) in reduced.found {
            let place = Place { file: number, ..position };
            match found {
                Found::Certificate(digest, first) => {
                    self.keep_certificate(digest, first, place, &name, known);
                }
                Found::Key(key) => self.keys.push(PrivateKey { place, ..key }),
                Found::Request(request) => self.requests.push(Requested { place, ..request }),
                Found::List(list) => self.lists.push(Listed { place, ..list }),
                Found::Malformed(error) => self.malformed.push(Malformed { place, error }),
            }
        }
    }

    /// The thread that parsed a certificate may be behind the one that met it again: who comes first leaves the place.
    fn keep_certificate(
        &mut self,
        digest: Digest,
        first: Option<Box<Parsed>>,
        place: Place,
        file_name: &str,
        known: &mut HashMap<Digest, Met>,
    ) {
        let met = known.entry(digest);
        match (met, first) {
            (Entry::Occupied(mut met), None) => match met.get_mut() {
                Met::Kept(index) => self.certificates[*index].places.push(place),
                Met::Malformed(error) => {
                    self.malformed.push(Malformed { place, error: error.clone() });
                }
                Met::Awaited(places) => places.push(place),
            },
            (Entry::Vacant(vacant), None) => {
                vacant.insert(Met::Awaited(vec![place]));
            }
            (met, Some(parsed)) => {
                let places = match met {
                    Entry::Occupied(mut met) => match met.get_mut() {
                        Met::Awaited(places) => {
                            places.push(place);
                            std::mem::take(places)
                        }
                        Met::Kept(_) | Met::Malformed(_) => vec![place],
                    },
                    // Most lie in one place: room for one is enough.
                    Entry::Vacant(_) => vec![place],
                };
                let met = self.keep_parsed(digest, *parsed, places, file_name);
                known.insert(digest, met);
            }
        }
    }

    fn keep_parsed(
        &mut self,
        sha256: Digest,
        parsed: Parsed,
        places: Vec<Place>,
        file_name: &str,
    ) -> Met {
        let certificate = match parsed {
            Ok(certificate) => certificate,
            Err(error) => {
                let malformed =
                    places.into_iter().map(|place| Malformed { place, error: error.clone() });
                self.malformed.extend(malformed);
                return Met::Malformed(error);
            }
        };
        let index = self.certificates.len();
        let role = Role::of(&certificate, file_name);
        let weak = |bits: &usize| *bits < 2048;
        let weak_rsa = match &certificate.public_key {
            PublicKey::Rsa { bits, .. } => Some(*bits).filter(weak),
            _ => None,
        };
        self.certificates.push(Certified {
            der: certificate.der.as_slice().into(),
            sha256,
            public_key: Digest::of(&certificate.spki),
            subject: certificate.subject().into(),
            issuer: certificate.issuer().into(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            is_ca: certificate.is_ca(),
            weak_rsa: weak_rsa.and_then(|bits| u16::try_from(bits).ok()),
            role,
            node: node::named(&certificate, role),
            places,
            relation: None,
        });
        // Before version 3 a certificate could not say whether it is a CA, and Go lets it be one.
        if certificate.is_ca() || certificate.version != 3 {
            self.authorities.push(Authority { index, certificate });
        }
        Met::Kept(index)
    }
}

type Parsed = Result<Certificate, String>;

/// A certificate that was met before.
enum Met {
    Kept(usize),
    Malformed(String),
    /// Another thread has it; the places so far.
    Awaited(Vec<Place>),
}

/// What a file comes down to.
struct Reduced {
    file: Option<File>,
    found: Vec<(Place, Found)>,
    skipped: Option<Skipped>,
}

/// Something in a file.
enum Found {
    /// Parsed by who met it first.
    Certificate(Digest, Option<Box<Parsed>>),
    Key(PrivateKey),
    Request(Requested),
    List(Listed),
    Malformed(String),
}

fn reduce(sighted: Sighted, met: &Mutex<HashSet<Digest>>) -> Reduced {
    let TreeFile { seen, kubeconfig, keystore } = sighted.file;
    let content = match seen.state {
        FileState::Read(content) => content,
        state => {
            let skipped = Some(Skipped { path: seen.path, why: why(state) });
            return Reduced { file: None, found: Vec::new(), skipped };
        }
    };
    let kind = if kubeconfig.is_some() { Kind::Kubeconfig } else { Kind::Plain(content.form) };
    let kubeconfig = kubeconfig.unwrap_or_default();
    let mut found = Vec::new();
    let own = content.blocks.into_iter().map(|block| (None, block.line, block));
    let embedded = kubeconfig.embedded.into_iter().flat_map(|field| {
        let (name, line) = (field.field, field.line);
        field.blocks.into_iter().map(move |block| (Some(name.as_str().into()), line, block))
    });
    for (field, line, block) in own.chain(embedded) {
        let place = Place { file: 0, line: u32::try_from(line).unwrap_or(u32::MAX), field };
        found.extend(find(block, &place, met).map(|found| (place, found)));
    }
    let file = File {
        is_archived: kept::is_archived(seen.path.get(sighted.above..).unwrap_or(&seen.path)),
        path: seen.path.into(),
        above: sighted.above,
        mode: content.mode,
        uid: content.uid,
        gid: content.gid,
        kind,
        holds: u32::try_from(found.len()).unwrap_or(u32::MAX),
        defects: content.defects,
        referenced: kubeconfig.referenced,
        keystore: keystore.map(Box::new),
    };
    let holds = !found.is_empty()
        || kind == Kind::Kubeconfig
        || matches!(content.form, Form::Pkcs12 | Form::Pkcs7 | Form::JavaKeystore)
        || file.is_meant_for_tls();
    Reduced { file: holds.then_some(file), found, skipped: None }
}

fn find(block: Block, place: &Place, met: &Mutex<HashSet<Digest>>) -> Option<Found> {
    Some(match block.item {
        Item::Certificate(der) => {
            let digest = Digest::of(&der.0);
            let first = met.lock().unwrap_or_else(PoisonError::into_inner).insert(digest);
            let parse =
                || Box::new(Certificate::read(&der.0, GO).map_err(|error| error.to_string()));
            Found::Certificate(digest, first.then(parse))
        }
        Item::Key(seen) => {
            let public_key = seen.spki.as_ref().map(|spki| Digest::of(&spki.0));
            let seen = KeySeen { spki: None, ..seen };
            Found::Key(PrivateKey { place: place.clone(), public_key, seen })
        }
        Item::Request(der) => match Request::parse(&der.0) {
            Ok(request) => Found::Request(Requested {
                place: place.clone(),
                subject: request.subject().into(),
                sans: request.sans.iter().map(ToString::to_string).collect(),
                key: request.public_key.to_string(),
                public_key: Digest::of(&request.spki),
            }),
            Err(error) => Found::Malformed(error.to_string()),
        },
        Item::Crl(der) => match Crl::parse_old(&der.0) {
            Ok(list) => Found::List(Listed {
                place: place.clone(),
                issuer: list.issuer.into(),
                this_update: list.this_update,
                next_update: list.next_update,
                raw_issuer: list.raw_issuer.into(),
                serials: list.serials.into_iter().collect(),
            }),
            Err(error) => Found::Malformed(error.to_string()),
        },
        Item::PublicKey | Item::Parameters | Item::Other => return None,
    })
}

fn why(state: FileState) -> Why {
    match state {
        FileState::NotRegular { kind } => Why::NotRegular(kind),
        FileState::TooLarge { size, .. } => Why::TooLarge(size),
        FileState::Missing { .. } => Why::BrokenLink,
        other => Why::Refused(other.refusal().unwrap_or(FileRefusal::Missing)),
    }
}
