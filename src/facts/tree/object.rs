//! The things in one file, or in a chain that a server presented, each parsed.

use super::GO;
use crate::{
    observation::{
        Der,
        file::{Block, Item, KeySeen},
        tree::TreeFile,
    },
    x509::{Certificate, Crl, Request},
};

/// One thing.
#[derive(Debug)]
pub struct Object {
    /// The line of its BEGIN, or of the kubeconfig's field; 1-based.
    pub line: usize,
    /// The field of the kubeconfig that holds it.
    pub field: Option<String>,
    /// What it is.
    pub thing: Thing,
}

/// What a thing is.
#[derive(Debug)]
pub enum Thing {
    /// A certificate.
    Certificate(Box<Certificate>),
    /// A private key, reduced.
    Key(KeySeen),
    /// A certificate request.
    Request(Request),
    /// A revocation list.
    List(Crl),
    /// What Go can't parse, in its words.
    Malformed(String),
    /// Something else, by its PEM label.
    Other(String),
}

/// What a file holds: its own blocks, those in a kubeconfig, and those of an opened keystore.
pub fn objects(file: &TreeFile) -> Vec<Object> {
    let own = file.seen.content().into_iter().flat_map(|content| &content.blocks);
    let own = own.map(|block| object(block, block.line, None));
    let embedded = file.kubeconfig.iter().flat_map(|kubeconfig| &kubeconfig.embedded);
    let embedded = embedded.flat_map(|field| {
        let object = |block| object(block, field.line, Some(field.field.clone()));
        field.blocks.iter().map(object)
    });
    let opened =
        file.keystore.iter().filter_map(|keystore| keystore.opened.as_ref()?.as_ref().ok());
    let opened = opened.flatten().map(|block| object(block, block.line, None));
    own.chain(embedded).chain(opened).collect()
}

/// The certificates of a chain.
pub fn presented(chain: &[Der]) -> Vec<Object> {
    let thing = |der: &Der| Object { line: 0, field: None, thing: certificate(der) };
    chain.iter().map(thing).collect()
}

fn object(block: &Block, line: usize, field: Option<String>) -> Object {
    let malformed = |error: crate::x509::ParseError| Thing::Malformed(error.to_string());
    let thing = match &block.item {
        Item::Certificate(der) => certificate(der),
        Item::Key(key) => Thing::Key(key.clone()),
        Item::Request(der) => Request::parse(&der.0).map_or_else(malformed, Thing::Request),
        Item::Crl(der) => Crl::parse_old(&der.0).map_or_else(malformed, Thing::List),
        Item::PublicKey | Item::Parameters | Item::Other => Thing::Other(block.label.clone()),
    };
    Object { line, field, thing }
}

fn certificate(der: &Der) -> Thing {
    match Certificate::read(&der.0, GO) {
        Ok(certificate) => Thing::Certificate(Box::new(certificate)),
        Err(error) => Thing::Malformed(error.to_string()),
    }
}
