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
