//! `explain --log` beside `grep -c x509` over the same files: 100 MB of healthy etcd logs, the same with every hundredth line a failure,
//! and failures alone. Processes, so compare the two with each other only.

use std::{fs, io::Write, path::Path, process::Command, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};

const SIZE: usize = 100_000_000;

fn logs(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let healthy = ["healthy-3.4.23.log", "healthy-3.5.16.log", "healthy-3.6.16.log"];
    let healthy: Vec<String> =
        healthy.iter().flat_map(|name| lines(&read(name), str::to_owned)).collect();
    let failed = lines(&read("lines.jsonl"), |line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        line["line"].as_str().unwrap_or_default().to_owned()
    });
    let mut between = healthy.iter().cycle();
    let mut mixed = Vec::with_capacity(100 * failed.len());
    for failure in &failed {
        mixed.extend(between.by_ref().take(99).cloned());
        mixed.push(failure.clone());
    }
    for (name, lines) in [("healthy", &healthy), ("mixed", &mixed), ("failures", &failed)] {
        let log = folder.path().join(name);
        write(&log, lines);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).measurement_time(Duration::from_secs(8));
        group.bench_function("grep -c x509", |bench| {
            bench.iter(|| Command::new("grep").args(["-c", "x509"]).arg(&log).output());
        });
        group.bench_function("explain --log", |bench| {
            let tool = env!("CARGO_BIN_EXE_etcd-tls");
            bench.iter(|| Command::new(tool).args(["explain", "--log"]).arg(&log).output());
        });
        group.finish();
    }
}

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/logs").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines(text: &str, told: impl Fn(&str) -> String) -> Vec<String> {
    text.lines().map(told).collect()
}

/// The lines again and again.
fn write(path: &Path, lines: &[String]) {
    let round = lines.join("\n") + "\n";
    let written = fs::File::create(path).and_then(|mut file| {
        (0..SIZE.div_ceil(round.len())).try_for_each(|_| file.write_all(round.as_bytes()))
    });
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

criterion_group!(benches, logs);
criterion_main!(benches);
