//! Reports to send on: one HTML file that a real browser opens offline and without complaint, and Markdown for an issue.
//!
//! The names in the certificates are hostile: markup, scripts, escape sequences and bytes that are no text.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says aloud what it skips"
)]

mod support;

#[path = "support/browser.rs"]
mod browser;
#[path = "support/mint.rs"]
mod mint;

use std::fs;

use browser::{Browser, DESK, PHONE, STICKING_OUT, kept};
use serde_json::json;
use support::{
    etcd::{Etcd, newest},
    pki::{Authority, Pair, Pki, mtls},
    tool::{Run, etcd_tls},
};

/// What no report may pass on as anything but text.
const HOSTILE: &str =
    "<script>document.title='owned'</script>\u{1b}[2J\u{202e}`|<img src=x onerror=alert(1)>";

/// etcd with mutual TLS, and clients of its own CA and of another with a hostile name.
struct Stage {
    pki: Pki,
    ca: Authority,
    good: Pair,
    stranger: Pair,
    etcd: Etcd,
}

fn stage() -> Stage {
    let release = newest();
    let pki = Pki::new();
    let ca = pki.authority("ca", "etcd-ca");
    let etcd = Etcd::tls(&release, &pki.server(&ca, "server").issue(), Some(&ca));
    let good = pki.client(&ca, "client").issue();
    let other = pki.authority("other/ca", HOSTILE);
    let stranger = pki.client(&other, "other/client").cn(HOSTILE).issue();
    Stage { pki, ca, good, stranger, etcd }
}

impl Stage {
    fn run(&self, command: &str, pair: &Pair, flags: &[&str]) -> Run {
        let files = mtls(&self.ca, pair);
        etcd_tls([command, "--endpoints", &self.etcd.url]).args(files).args(flags).run()
    }
}

/// Asserts that a page needs nothing, complains about nothing, executes nothing of others, and fits.
#[track_caller]
fn reads_well(browser: &Browser, html: &str, name: &str) {
    let path = kept(html, name);
    let opened = browser.open(html, DESK);
    assert!(opened.console.is_empty(), "{}: {:#?}", path.display(), opened.console);
    assert!(!opened.dom.contains("<title>owned"), "{}", path.display());
    for foreign in [" src=", " href=", "url(", "@import"] {
        let own = html.replace("&lt;img src=x", "").replace("<img src=x", "HOSTILE");
        assert!(!own.contains(foreign), "{}: {foreign}", path.display());
    }
    for screen in [PHONE, DESK] {
        let fits = browser.ask(html, screen, STICKING_OUT);
        // One script, which is the page's own, and no picture.
        assert_eq!(fits, json!([1, 0, screen.width, 0, []]), "{}", path.display());
    }
}

#[test]
fn a_failure_reads_well_in_each_language() {
    let Some(browser) = Browser::find() else { return };
    let stage = stage();
    let fix = stage.run("check", &stage.stranger, &["-o", "json"]);
    assert_eq!(fix.root_cause(), "client-cert-untrusted");
    let command = fix.json()["findings"][0]["fix"][0]["commands"][0]["run"].clone();
    for (lang, tag, word) in
        [("en", "en", "error"), ("ja", "ja", "エラー"), ("zh", "zh-Hans", "错误")]
    {
        let run = stage.run("check", &stage.stranger, &["-o", "html", "--lang", lang]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        let html = run.stdout;
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{tag}\">")));
        assert!(html.contains(&format!("<p class=\"word\">{word}</p>")), "{lang}");
        reads_well(&browser, &html, &format!("failure-{lang}"));
    }
    let html = stage.run("check", &stage.stranger, &["-o", "html"]).stdout;
    let script = "
        let copied;
        Object.defineProperty(page.navigator, 'clipboard', { value: { writeText: async text => { copied = text; } } });
        const button = document.querySelector('button.copy');
        button.click();
        await new Promise(done => setTimeout(done, 50));
        return [copied, button.hidden, button.textContent];";
    // The port and the files are the same in each run.
    assert_eq!(browser.ask(&html, DESK, script), json!([command, false, "copied"]));
}

#[test]
fn health_reads_well_too() {
    let Some(browser) = Browser::find() else { return };
    let stage = stage();
    for command in ["check", "preflight"] {
        let run = stage.run(command, &stage.good, &["-o", "html"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains("<h1>healthy</h1>"));
        reads_well(&browser, &run.stdout, &format!("healthy-{command}"));
    }
}

#[test]
fn a_tree_reads_well() {
    let pki = hostile_tree();
    let Some(browser) = Browser::find() else { return };
    let scan =
        |lang| etcd_tls(["scan", "-o", "html", "--lang", lang, "."]).folder(pki.folder()).run();
    for lang in ["en", "ja", "zh"] {
        let run = scan(lang);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        reads_well(&browser, &run.stdout, &format!("tree-{lang}"));
    }
    let script =
        "return [...document.querySelectorAll('.certificate strong')].map(one => one.textContent);";
    let names = browser.ask(&scan("en").stdout, DESK, script);
    let shown = HOSTILE.replace('\u{1b}', "\\x1b").replace('\u{202e}', "\\u{202e}");
    let names: Vec<_> = names.as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    // Go writes a name's special characters with a backslash before them.
    assert!(
        names.iter().any(|name| name.replace('\\', "") == format!("CN={shown}").replace('\\', "")),
        "{names:?}"
    );
}

/// A CA, what it signed (one of it expired), a CA with a hostile name, and a certificate whose name is no text.
fn hostile_tree() -> Pki {
    let pki = Pki::new();
    let ca = pki.authority("etcd/ca", "etcd-ca");
    let below = pki.intermediate(&ca, "etcd/intermediate", "etcd-intermediate");
    pki.server(&below, "etcd/server").issue();
    pki.client(&ca, "etcd/client").days(-400, -3).issue();
    pki.client(&pki.authority("other/ca", HOSTILE), "other/client").cn(HOSTILE).issue();
    let key = mint::Key::generate();
    let mut template = mint::Template::new("", "etcd-ca");
    let attribute =
        mint::sequence(&[mint::oid("2.5.4.3"), mint::tlv(0x0c, b"\xff\xfe\x1b[2J<b>\x00")]);
    template.subject = mint::sequence(&[mint::tlv(0x31, &attribute)]);
    pki.write("binary.crt", mint::pem(&template.sign(&key, &key)));
    pki.write("noise.pem", (0..=255_u8).cycle().take(4096).collect::<Vec<_>>());
    pki
}

#[test]
fn markdown_keeps_names_in_code() {
    let stage = stage();
    let tree = hostile_tree();
    for lang in ["en", "ja", "zh"] {
        let check = stage.run("check", &stage.stranger, &["-o", "markdown", "--lang", lang]);
        assert_eq!(check.code, Some(1), "{}", check.stderr);
        assert!(check.stdout.contains("```sh\netcd-tls check "), "{}", check.stdout);
        let scan = etcd_tls(["scan", "-o", "markdown", "--lang", lang, "."]);
        let scan = scan.folder(tree.folder()).run();
        assert!(scan.stdout.contains("```mermaid\nflowchart LR\n"), "{}", scan.stdout);
        for text in [check.stdout, scan.stdout] {
            assert!(text.contains("onerror"), "the name is there: {text}");
            for line in text.lines().filter(|line| line.starts_with('|')) {
                assert!(!outside_of_code(line).contains('<'), "{line}");
            }
        }
    }
}

/// A line of a table without its code spans.
fn outside_of_code(line: &str) -> String {
    let mut rest = line;
    let mut outside = String::new();
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let ticks = rest[start..].chars().take_while(|c| *c == '`').count();
        let fence = "`".repeat(ticks);
        let inner = &rest[start + ticks..];
        let is_end =
            |at: &usize| !inner[..*at].ends_with('`') && !inner[at + ticks..].starts_with('`');
        let end = inner.match_indices(&fence).map(|(at, _)| at).find(is_end).unwrap();
        rest = &inner[end + ticks..];
    }
    outside + rest
}

#[test]
fn nothing_secret_and_nothing_raw_is_passed_on() {
    let stage = stage();
    let tree = hostile_tree();
    let key = fs::read_to_string(&stage.stranger.key).unwrap();
    let secret = key.lines().nth(1).unwrap();
    for format in ["html", "markdown"] {
        let check = stage.run("check", &stage.stranger, &["-o", format, "--user", "root:hunter2"]);
        let preflight = stage.run("preflight", &stage.good, &["-o", format]);
        let scan = etcd_tls(["scan", "-o", format, "."]).folder(tree.folder()).run();
        let own = etcd_tls(["scan", "-o", format, "."]).folder(stage.pki.folder()).run();
        for run in [check, preflight, scan, own] {
            let text = &run.stdout;
            assert!(text.len() > 500, "{format}: {run:?}");
            for word in [secret, "hunter2", "PRIVATE KEY"] {
                assert!(!text.contains(word), "{format}: {word}");
            }
            let raw = text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}');
            assert_eq!(raw, None, "{format}");
        }
    }
}
