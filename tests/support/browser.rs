//! A real browser without a window: opens a file, gives back the document as it stands then and what its console said.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use tempfile::TempDir;

/// Chromium, with a profile of its own and no way to any network.
pub(crate) struct Browser {
    program: PathBuf,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    pub width: u32,
    pub dark: bool,
}

pub(crate) const PHONE: Screen = Screen { width: 390, dark: false };
pub(crate) const DESK: Screen = Screen { width: 1200, dark: true };

/// A page that was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The document after its scripts ran.
    pub dom: String,
    /// Every line of the console: errors, and what the page's policy refused.
    pub console: Vec<String>,
}

impl Browser {
    /// The one on PATH. With `CI` set there has to be one; elsewhere a missing one is said aloud.
    pub(crate) fn find() -> Option<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let program = std::env::split_paths(&path)
            .flat_map(|folder| {
                ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
            })
            .find(|program| program.is_file());
        if program.is_none() {
            assert!(
                std::env::var_os("CI").is_none(),
                "CI needs a browser: apt-get install chromium"
            );
            eprintln!("SKIPPED: no browser is here (apt-get install chromium)");
        }
        Some(Self { program: program? })
    }

    /// Opens a document and waits until it has settled.
    pub(crate) fn open(&self, html: &str, screen: Screen) -> Opened {
        let folder = TempDir::new().unwrap();
        let page = folder.path().join("page.html");
        fs::write(&page, html).unwrap();
        // One that hangs is ended after a minute, and fails the test.
        let mut child = Command::new("timeout")
            .arg("60")
            .arg(&self.program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
            ])
            .args(["--disable-sync", "--disable-extensions", "--disable-breakpad"])
            // Not even loopback: a report needs nothing but itself.
            .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"])
            .args(["--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom"])
            .arg(format!("--window-size={},844", screen.width))
            .arg(format!("--blink-settings=preferredColorScheme={}", u8::from(!screen.dark)))
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("file://{}", page.display()))
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let said = thread::spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let mut dom = String::new();
        child.stdout.take().unwrap().read_to_string(&mut dom).unwrap();
        assert!(child.wait().unwrap().success(), "the browser failed");
        let said = said.join().unwrap();
        let console = said.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned);
        Opened { dom, console: console.collect() }
    }

    /// Lets a script look at a page, which stands unchanged in a frame as wide as the screen: `page` is its window, `document` its
    /// document. What the script returns comes back as JSON.
    pub(crate) fn ask(&self, html: &str, screen: Screen, script: &str) -> serde_json::Value {
        let framed = html.replace('&', "&amp;").replace('"', "&quot;");
        let question = format!(
            "<!DOCTYPE html><body><iframe width=\"{}\" height=\"844\" style=\"border: 0\" srcdoc=\"{framed}\"></iframe><script>
            const frame = document.querySelector('iframe');
            const look = async (page, document) => {{ {script} }};
            frame.onload = async () => {{
              const answer = await look(frame.contentWindow, frame.contentDocument);
              const said = document.createElement('pre');
              said.id = 'answer';
              said.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(answer))));
              document.body.append(said);
            }};</script></body>",
            screen.width
        );
        let opened = self.open(&question, screen);
        let (_, rest) = opened
            .dom
            .split_once("<pre id=\"answer\">")
            .unwrap_or_else(|| panic!("{:?}", opened.console));
        let (answer, _) = rest.split_once("</pre>").unwrap();
        serde_json::from_slice(&data_encoding::BASE64.decode(answer.as_bytes()).unwrap()).unwrap()
    }
}

/// Counts scripts and pictures, and finds what sticks out of the page to the right; what scrolls within its own frame does not.
pub(crate) const STICKING_OUT: &str = "
    const width = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll('*')].filter(one => !one.closest('.wide')
        && !one.closest('svg') && one.getBoundingClientRect().right > width + 1);
    return [document.scripts.length, document.images.length, page.innerWidth, document.documentElement.scrollWidth - width, out.map(one => one.outerHTML.slice(0, 80))];";

/// The path of a page, for a message.
pub(crate) fn kept(html: &str, name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.html"));
    fs::write(&path, html).unwrap();
    path
}
