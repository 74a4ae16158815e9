//! A test of one command line: files in a folder of its own, arguments, and everything that has to come out.
//!
//! `DIR` in arguments and expected texts stands for that folder, so no test depends on where it lies and
//! none changes the process's working folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use seatledger::{Terminal, run};
use serde_json::Value;
use tempfile::TempDir;

/// The day of all reports here.
pub(crate) const AS_OF: &str = "2026-11-20";
/// What the clock of all cases says.
const TODAY: &str = "2026-11-24";
const PLACE: &str = "DIR";
/// The files of the demo.
pub(crate) const SAMPLE: [&str; 4] = [
    "seatledger.toml",
    "export-users.csv",
    "managed-accounts.csv",
    "entra-users.csv",
];

/// What one stream of output has to hold.
enum Expected {
    Exactly(String),
    Anything,
    /// "wrote N files to DIR/out", with as many files there.
    Written,
}

/// A command line with its files and what has to come of it. Output that is not mentioned has to be empty.
#[must_use = "a case does nothing before run()"]
pub(crate) struct Case {
    folder: TempDir,
    arguments: Vec<String>,
    /// `None` where any will do.
    status: Option<u8>,
    stdout: Expected,
    stderr: Expected,
    /// Columns of the terminal.
    width: u16,
    /// What the clock says.
    today: NaiveDate,
}

impl Case {
    pub(crate) fn new() -> Case {
        Case {
            folder: TempDir::new().expect("a folder for the test"),
            arguments: Vec::new(),
            status: Some(0),
            stdout: Expected::Exactly(String::new()),
            stderr: Expected::Exactly(String::new()),
            width: 100,
            today: TODAY.parse().expect("a day"),
        }
    }

    /// The demo's files.
    pub(crate) fn sample() -> Case {
        Case::sample_in("")
    }

    /// The demo's files in a folder, which ends in a slash.
    pub(crate) fn sample_in(folder: &str) -> Case {
        SAMPLE.iter().fold(Case::new(), |case, name| {
            let bytes = fs::read(sample_path(name)).expect("the sample");
            case.file(&format!("{folder}{name}"), bytes)
        })
    }

    /// The demo with another configuration, made of its own.
    pub(crate) fn sample_with(change: impl FnOnce(String) -> String) -> Case {
        let toml = fs::read_to_string(sample_path("seatledger.toml")).expect("the sample");
        Case::sample().file("seatledger.toml", change(toml))
    }

    /// A file in the folder.
    #[track_caller]
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Case {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, content).expect("the file is written");
        self
    }

    /// A folder in the folder.
    #[track_caller]
    /// A case on the files that an earlier one left in a folder, those of folders inside left out.
    pub(crate) fn holding(ran: &Ran, folder: &str) -> Case {
        let files = ran.files(folder).into_iter();
        let own = files.filter(|(name, _)| !name.contains('/'));
        own.fold(Case::new(), |case, (name, bytes)| case.file(&name, bytes))
    }

    pub(crate) fn folder(self, name: &str) -> Case {
        fs::create_dir_all(self.folder.path().join(name)).expect("a folder");
        self
    }

    /// A copy of a file of `tests/fixtures`, under its own name.
    #[track_caller]
    pub(crate) fn fixture(self, name: &str) -> Case {
        let path = fixture_path(name);
        let content = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let short = Path::new(name).file_name().expect("a name");
        self.file(&short.to_string_lossy(), content)
    }

    pub(crate) fn args<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Case {
        self.arguments
            .extend(arguments.into_iter().map(str::to_owned));
        self
    }

    /// `report DIR --as-of … --out DIR/out --full`, which has to succeed.
    pub(crate) fn report(self) -> Case {
        self.screen().args(["--full"])
    }

    /// The same without `--full`: one screen.
    pub(crate) fn screen(self) -> Case {
        let mut case = self.args(["report", PLACE, "--as-of", AS_OF, "--out", "DIR/out"]);
        case.stdout = Expected::Anything;
        case.stderr = Expected::Written;
        case
    }

    pub(crate) fn status(mut self, status: u8) -> Case {
        self.status = Some(status);
        self
    }

    pub(crate) fn any_status(mut self) -> Case {
        self.status = None;
        self
    }

    pub(crate) fn any_stdout(mut self) -> Case {
        self.stdout = Expected::Anything;
        self
    }

    pub(crate) fn today(mut self, day: &str) -> Case {
        self.today = day.parse().expect("a day");
        self
    }

    pub(crate) fn width(mut self, columns: u16) -> Case {
        self.width = columns;
        self
    }

    pub(crate) fn stderr(mut self, text: impl Into<String>) -> Case {
        self.stderr = Expected::Exactly(text.into());
        self
    }

    pub(crate) fn any_stderr(mut self) -> Case {
        self.stderr = Expected::Anything;
        self
    }

    /// Runs the command line in this process and compares all that came out.
    #[track_caller]
    pub(crate) fn run(self) -> Ran {
        let place = self
            .folder
            .path()
            .to_str()
            .expect("a folder's name in UTF-8")
            .to_owned();
        let arguments = self
            .arguments
            .iter()
            .map(|argument| argument.replace(PLACE, &place));
        let command = std::iter::once("seatledger".to_owned())
            .chain(arguments)
            .map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let at = Terminal {
            width: self.width,
            colour: false,
            today: Some(self.today),
        };
        let status = run(command, at, &mut out, &mut err);
        let text = |bytes| {
            String::from_utf8(bytes)
                .expect("output is UTF-8")
                .replace(&place, PLACE)
        };
        let ran = Ran {
            status,
            files: files_below(self.folder.path()),
            stdout: text(out),
            stderr: text(err),
        };
        match self.stderr {
            Expected::Exactly(text) => {
                assert_eq!(ran.stderr, text, "standard error of {:?}", self.arguments)
            }
            Expected::Anything => {}
            Expected::Written => {
                let files = ran.files("out").len();
                assert_eq!(ran.stderr, format!("wrote {files} files to DIR/out\n"));
            }
        }
        if let Expected::Exactly(text) = self.stdout {
            assert_eq!(ran.stdout, text, "standard output of {:?}", self.arguments);
        }
        if let Some(expected) = self.status {
            assert_eq!(status, expected, "exit code of {:?}", self.arguments);
        }
        ran
    }
}

/// What a case gave, and all files that lie in its folder afterwards.
pub(crate) struct Ran {
    files: BTreeMap<String, Vec<u8>>,
    pub(crate) status: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// All files below a folder, by their names in it.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let inside = |(name, bytes): (&String, &Vec<u8>)| {
            let name = name.strip_prefix(&prefix)?;
            Some((name.to_owned(), bytes.clone()))
        };
        self.files.iter().filter_map(inside).collect()
    }

    /// A file of the report.
    #[track_caller]
    pub(crate) fn csv(&self, name: &str) -> Rows {
        Rows::read(&self.bytes(&format!("out/{name}")))
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes("out/report.json")).expect("report.json is JSON")
    }

    #[track_caller]
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        let found = self.files.get(name);
        found.unwrap_or_else(|| panic!("no file {name}")).clone()
    }
}

/// The demo's report, made once for all tests that look at it.
pub(crate) fn sample_report() -> &'static Ran {
    static REPORT: OnceLock<Ran> = OnceLock::new();
    REPORT.get_or_init(|| Case::sample().report().run())
}

/// The names of what lies in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// All files below a folder, by their names in it; empty folders count as files without content.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries {
            let entry = entry.expect("an entry of the folder");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                if fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_none()) {
                    found.insert(format!("{name}/"), Vec::new());
                }
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).expect("a file's bytes"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

pub(crate) fn fixture_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

pub(crate) fn sample_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/sample")
        .join(name)
}

/// A CSV file as rows of text.
pub(crate) struct Rows {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Rows {
    #[track_caller]
    pub(crate) fn read(bytes: &[u8]) -> Rows {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        let mut rows = reader.records().map(|record| {
            let record = record.expect("rows of equal length");
            record.iter().map(str::to_owned).collect::<Vec<String>>()
        });
        let header = rows.next().expect("a header");
        Rows {
            header,
            rows: rows.collect(),
        }
    }

    #[track_caller]
    pub(crate) fn place(&self, column: &str) -> usize {
        let found = self.header.iter().position(|name| name == column);
        found.unwrap_or_else(|| panic!("no column {column:?} in {:?}", self.header))
    }

    /// One column's cells.
    #[track_caller]
    pub(crate) fn column(&self, column: &str) -> Vec<&str> {
        let place = self.place(column);
        self.rows.iter().map(|row| row[place].as_str()).collect()
    }

    /// The sum of a column of whole numbers.
    #[track_caller]
    pub(crate) fn sum(&self, column: &str) -> u64 {
        self.column(column)
            .iter()
            .map(|cell| cell.parse::<u64>().expect("a whole number"))
            .sum()
    }

    /// The sum of a column of amounts in cents; empty cells (unknown) add nothing.
    #[track_caller]
    pub(crate) fn cents(&self, column: &str) -> i64 {
        self.column(column)
            .iter()
            .filter(|cell| !cell.is_empty())
            .map(|cell| cents(cell))
            .sum()
    }

    /// Some columns of every row, as one text each, to be compared with a table in a test.
    #[track_caller]
    pub(crate) fn shown(&self, columns: &[&str]) -> Vec<String> {
        let places: Vec<usize> = columns.iter().map(|column| self.place(column)).collect();
        let shown = |row: &Vec<String>| {
            places
                .iter()
                .map(|&place| row[place].as_str())
                .collect::<Vec<_>>()
                .join(" | ")
        };
        self.rows.iter().map(shown).collect()
    }
}

/// `1234.50` as 123450.
#[track_caller]
pub(crate) fn cents(amount: &str) -> i64 {
    let (whole, part) = amount
        .split_once('.')
        .unwrap_or_else(|| panic!("{amount:?} has no cents"));
    assert_eq!(part.len(), 2, "{amount:?} has two digits of cents");
    let (sign, whole) = whole
        .strip_prefix('-')
        .map_or((1, whole), |whole| (-1, whole));
    let number = |text: &str| {
        text.parse::<i64>()
            .unwrap_or_else(|_| panic!("{amount:?} is a number"))
    };
    sign * (number(whole) * 100 + number(part))
}
