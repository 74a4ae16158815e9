//! Reads whatever bytes there are as the files of a folder, by `check`: discovery, detection, reading, merging.
//!
//! Bytes 1e 1e end one file and begin the next; a file that begins with `#toml` is the configuration. Reading must
//! not panic or hang, a refusal must say something, and of what is read every record is accepted or rejected.

#![no_main]

use std::ffi::OsString;
use std::fs;

use libfuzzer_sys::fuzz_target;
use seatledger::{Terminal, exit, run};
use serde_json::Value;

const MOST_FILES: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (number, content) in split(bytes).into_iter().take(MOST_FILES).enumerate() {
        let name = if content.starts_with(b"#toml") {
            "seatledger.toml".to_owned()
        } else {
            format!("export-{number}")
        };
        fs::write(folder.path().join(name), content).expect("a file of the folder");
    }
    let arguments: Vec<OsString> = [
        "seatledger",
        "check",
        "--as-of",
        "2026-11-01",
        "--format",
        "json",
    ]
    .into_iter()
    .map(OsString::from)
    .chain([folder.path().into()])
    .collect();
    let terminal = Terminal {
        width: 80,
        colour: false,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = run(arguments, terminal, &mut out, &mut err);
    if code == exit::DONE {
        every_record_is_accounted_for(&serde_json::from_slice(&out).expect("JSON"));
    } else {
        assert!(!err.is_empty(), "refused without a word");
    }
});

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut files = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.windows(2).position(|two| two == [0x1e, 0x1e]) {
        files.push(&rest[..end]);
        rest = &rest[end + 2..];
    }
    files.push(rest);
    files
}

fn every_record_is_accounted_for(check: &Value) {
    let files = check["files"].as_array().expect("files");
    assert!(!files.is_empty());
    for file in files {
        let count = |name: &str| file[name].as_u64().expect("a count");
        assert_eq!(
            count("records"),
            count("accepted") + count("rejected"),
            "{file}"
        );
    }
}
