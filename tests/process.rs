//! The program itself, started: its exit codes, closed pipes and colours.

use std::io::Read;
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatledger"));
    command.env_remove("NO_COLOR");
    command
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}

fn run(arguments: &[&str]) -> Output {
    program()
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// `seatledger prices | head -1`: whoever reads has seen enough, which is no failure.
#[test]
fn a_closed_pipe_is_success() {
    let mut child = program()
        .args(["prices", "--as-of", "2026-11-20"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut said = String::new();
    let mut stderr = child.stderr.take().expect("standard error");
    stderr.read_to_string(&mut said).expect("text");
    let status = child.wait().expect("the program ends");
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

/// The report is written whole though nobody reads what is printed.
#[test]
fn a_closed_pipe_does_not_stop_a_report() {
    let place = tempfile::tempdir().expect("a folder");
    let sample = crate::case::sample_path("");
    let out = place.path().join("report");
    let mut child = program()
        .arg("report")
        .arg(&sample)
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let status = child.wait().expect("the program ends");
    assert_eq!(status.code(), Some(0));
    assert!(out.join("report.json").is_file());
}

/// Each command that prints, with files of its own where it needs some.
fn printing_commands(place: &std::path::Path) -> Vec<Vec<String>> {
    let sample = crate::case::sample_path("");
    let sample = sample.to_str().expect("text");
    let scenario = place.join("dearer.toml");
    std::fs::write(
        &scenario,
        "name = \"dearer\"\n[assumptions]\nit_hourly_rate = 90\n",
    )
    .expect("a scenario");
    let scenario = scenario.to_str().expect("text");
    [
        &["check", sample][..],
        &["quote", "--users", "100", "--as-of", "2026-11-20"],
        &["prices", "--as-of", "2026-11-20"],
        &["scim-tax", "--as-of", "2026-11-20"],
        &["explain", "figures", sample],
        &["reconcile", sample, "--billed", "676"],
        &["scenario", scenario, sample],
        &["--help"],
        &["--version"],
        &["init", "--help"],
        &["sample", "--help"],
    ]
    .iter()
    .map(|words| words.iter().map(|&word| word.to_owned()).collect())
    .collect()
}

/// The program with its standard output closed, as a shell's `>&-` leaves it.
#[cfg(unix)]
fn closed(arguments: &[String]) -> Output {
    Command::new("sh")
        .args([
            "-c",
            r#"exec "$0" "$@" >&-"#,
            env!("CARGO_BIN_EXE_seatledger"),
        ])
        .args(arguments)
        .output()
        .expect("a shell")
}

#[cfg(target_os = "linux")]
fn to_full_disk(arguments: &[String]) -> Output {
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    program()
        .args(arguments)
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts")
}

/// What could not be written is no success, whatever the command; a full disk and a closed stream alike.
#[cfg(target_os = "linux")]
#[test]
fn output_that_could_not_be_written_is_exit_code_1() {
    let place = tempfile::tempdir().expect("a folder");
    for arguments in printing_commands(place.path()) {
        for (output, cause) in [
            (
                to_full_disk(&arguments),
                "No space left on device (os error 28)",
            ),
            (closed(&arguments), "standard output is closed"),
        ] {
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {cause}");
            assert_eq!(
                text(&output.stderr),
                format!(
                    "error: cannot write the output\n  because: {cause}\n\n\
                     hint: look at where standard output goes: its disk may be full, or it is closed\n"
                ),
                "{arguments:?}"
            );
        }
    }
}

/// Output that is thrown away on purpose, by whatever means, was written.
#[cfg(target_os = "linux")]
#[test]
fn output_to_nowhere_is_success() {
    let place = tempfile::tempdir().expect("a folder");
    for arguments in printing_commands(place.path()) {
        let nowhere = std::fs::File::options()
            .read(true)
            .write(true)
            .open("/dev/null")
            .expect("/dev/null");
        let output = program()
            .args(&arguments)
            .stdout(nowhere)
            .stderr(Stdio::piped())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

/// The files of a report stand, and are named, though its summary found no room; so are those of `sample`.
#[cfg(target_os = "linux")]
#[test]
fn a_report_whose_summary_could_not_be_printed_is_written_and_exit_code_1() {
    let place = tempfile::tempdir().expect("a folder");
    let sample = crate::case::sample_path("");
    let command = |out: &std::path::Path| {
        ["report", sample.to_str().expect("text"), "--out"]
            .map(str::to_owned)
            .into_iter()
            .chain([out.to_str().expect("text").to_owned()])
            .collect::<Vec<_>>()
    };
    for (name, run) in [
        ("full", to_full_disk as fn(&[String]) -> Output),
        ("closed", closed),
    ] {
        let out = place.path().join(name);
        let output = run(&command(&out));
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {stderr}");
        assert!(stderr.starts_with("wrote "), "{name}: {stderr}");
        assert!(
            stderr.contains("\nerror: cannot write the output\n"),
            "{name}: {stderr}"
        );
        assert!(out.join("report.json").is_file());
    }
}

/// What `init` and `sample` say goes to standard error.
#[cfg(target_os = "linux")]
#[test]
fn a_word_on_standard_error_that_could_not_be_written_is_exit_code_1() {
    let place = tempfile::tempdir().expect("a folder");
    let exports = place.path().join("exports");
    for arguments in [["sample", "exports"], ["init", "exports"]] {
        if arguments[0] == "init" {
            std::fs::remove_file(exports.join("seatledger.toml")).expect("the sample's own");
        }
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full");
        let status = program()
            .args(arguments)
            .current_dir(place.path())
            .stderr(full)
            .status()
            .expect("the program starts");
        assert_eq!(status.code(), Some(1), "{arguments:?}");
    }
    assert!(exports.join("seatledger.toml").is_file());
}

/// `sample` writes over nothing: it names what is there, and writes none of its files.
#[test]
fn sample_overwrites_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("exports");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("seatledger.toml"), "mine").expect("a file");
    std::fs::write(folder.join("entra-users.csv"), "mine too").expect("a file");
    std::fs::write(folder.join("notes.txt"), "beside").expect("a file");
    let before = crate::case::files_below(place.path());
    let output = program()
        .args(["sample", "exports"])
        .current_dir(place.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: these files are there already: exports/entra-users.csv, exports/seatledger.toml\n\n\
         hint: name another folder, or move them away\n"
    );
    assert!(crate::case::files_below(place.path()) == before);

    // What lies beside them is in nobody's way; a second time all are there.
    std::fs::remove_file(folder.join("seatledger.toml")).expect("removed");
    std::fs::remove_file(folder.join("entra-users.csv")).expect("removed");
    let twice: Vec<_> = (0..2)
        .map(|_| {
            program()
                .args(["sample", "exports"])
                .current_dir(place.path())
                .output()
                .expect("the program starts")
                .status
                .code()
        })
        .collect();
    assert_eq!(twice, [Some(0), Some(2)]);
    assert_eq!(
        std::fs::read(folder.join("notes.txt")).expect("there"),
        b"beside"
    );
}

/// A link that leads nowhere is something of the user's too.
#[cfg(unix)]
#[test]
fn sample_writes_through_no_broken_link() {
    let place = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink("elsewhere.csv", place.path().join("export-users.csv"))
        .expect("a link");
    let output = program()
        .args(["sample", "."])
        .current_dir(place.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let names: Vec<_> = std::fs::read_dir(place.path()).expect("a folder").collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for (arguments, said) in [
        (&[][..], "Usage: seatledger"),
        (&["repport"], "a similar subcommand exists: 'report'"),
        (
            &["report", "--inactive-after", "many"],
            "invalid value 'many'",
        ),
        (&["quote"], "--users"),
        (
            &["quote", "--users", "0"],
            "--users 0 is not a number of users",
        ),
        (
            &["report", "--frobnicate"],
            "unexpected argument '--frobnicate'",
        ),
    ] {
        let output = run(arguments);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert_eq!(text(&output.stdout), "", "{arguments:?}");
        assert!(stderr.contains(said), "{arguments:?}: {stderr}");
    }
}

#[test]
fn what_cannot_run_is_exit_code_1() {
    let output = run(&["report", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "error: cannot read /nowhere/at/all\n  because: No such file or directory (os error 2)\n\n\
         hint: check the path and the permission to read it\n"
    );
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [["--help"], ["--version"]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
    for command in [
        "report",
        "check",
        "init",
        "quote",
        "prices",
        "scim-tax",
        "reconcile",
        "explain",
        "sample",
    ] {
        let output = run(&[command, "--help"]);
        let help = text(&output.stdout);
        assert!(
            help.contains("Example"),
            "{command} --help has no example:\n{help}"
        );
        assert!(help.contains(&format!("seatledger {command}")), "{help}");
    }
}

/// Neither a pipe nor `NO_COLOR` gets escape codes.
#[test]
fn a_pipe_is_without_colour() {
    let plain = run(&["quote", "--users", "100", "--as-of", "2026-11-20"]);
    assert!(!plain.stdout.contains(&0x1b) && !plain.stderr.contains(&0x1b));
    let wrong = run(&["quote", "--users", "some"]);
    assert!(!wrong.stderr.contains(&0x1b), "{}", text(&wrong.stderr));
    let asked = program()
        .args(["quote", "--users", "100", "--as-of", "2026-11-20"])
        .env("NO_COLOR", "1")
        .output()
        .expect("the program starts");
    assert_eq!(text(&asked.stdout), text(&plain.stdout));
}

/// On a terminal there are colours, and `NO_COLOR` takes them away. `script` lends the program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn no_color_is_respected_on_a_terminal() {
    let on_terminal = |no_color: Option<&str>| {
        let mut command = Command::new("script");
        let line = format!(
            "{} quote --users 100 --as-of 2026-11-20",
            env!("CARGO_BIN_EXE_seatledger")
        );
        command
            .args(["-qec", &line, "/dev/null"])
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        if let Some(value) = no_color {
            command.env("NO_COLOR", value);
        }
        command.output()
    };
    let Ok(coloured) = on_terminal(None) else {
        return; // A machine without `script` has nothing to say here.
    };
    if !coloured.status.success() {
        return;
    }
    assert!(
        coloured.stdout.contains(&0x1b),
        "{}",
        text(&coloured.stdout)
    );
    let plain = on_terminal(Some("1")).expect("script runs");
    assert!(!plain.stdout.contains(&0x1b), "{}", text(&plain.stdout));
    let empty = on_terminal(Some("")).expect("script runs");
    assert!(
        empty.stdout.contains(&0x1b),
        "an empty NO_COLOR asks for nothing"
    );
}
