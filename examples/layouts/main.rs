//! Writes the file trees of every known way to install etcd, for trying `etcd-tls --root` by hand.
//!
//! `cargo run --example layouts -- DIR [ADDRESS CLIENT_PORT]`: one folder a layout, each standing for `/` of a machine, and beside
//! it `NAME.txt` with the arguments that start a real etcd from its settings, and the files of a client that works.

#[path = "../../tests/support/layouts/mod.rs"]
mod layouts;

use std::{fs, io, path::Path, process::ExitCode};

use layouts::{LAYOUTS, Place, build};

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(folder) = arguments.first() else {
        use io::Write as _;
        writeln!(io::stderr(), "usage: layouts DIR [ADDRESS CLIENT_PORT]")?;
        return Ok(ExitCode::from(2));
    };
    let address = arguments.get(1).map_or("127.0.0.1", String::as_str);
    let client = arguments.get(2).and_then(|port| port.parse().ok()).unwrap_or(2379);
    for (name, _) in LAYOUTS {
        let (peer, metrics, http) = (client + 1, client + 2, client + 3);
        let place = Place { address: address.to_owned(), client, peer, metrics, http };
        let root = Path::new(folder).join(name);
        let Some(tree) = build(name, &root, place) else { continue };
        let [cacert, cert, key] = tree.client.clone().unwrap_or_default();
        let text = format!(
            "etcd {}\n\n--cacert {cacert} --cert {cert} --key {key}\n",
            tree.arguments().join(" ")
        );
        fs::write(root.with_extension("txt"), text)?;
    }
    Ok(ExitCode::SUCCESS)
}
