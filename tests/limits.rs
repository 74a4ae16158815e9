//! Files that ask for all memory or all time: the program, started with 1 GiB of address space, says what is too much.
//!
//! Generated here, as small as the limit allows: what is checked is that it stops at the limit, not how it fails later.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Read as _, Seek, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEADER: &str = "User id,User name,email,User status,Jira - acme,Last seen in Jira - acme";
const PEOPLE: &str = "email,status,department\nana@acme.example,active,IT\n";
const ADDRESS_SPACE: &str = "1048576";
/// Half a minute for the program that people install; what is not optimised takes several times as long.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 150 } else { 30 });

/// Runs the program within 1 GiB and the time allowed.
fn bounded(arguments: &[&str]) -> Output {
    let begun = Instant::now();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v \"$0\" && exec \"$@\"", ADDRESS_SPACE])
        .arg(env!("CARGO_BIN_EXE_seatledger"))
        .args(arguments)
        .args(["--as-of", "2026-11-20"])
        .stdin(Stdio::null())
        .env("POLARS_MAX_THREADS", "2")
        .env("RAYON_NUM_THREADS", "2")
        .output()
        .expect("the program starts");
    assert!(
        begun.elapsed() < LONGEST,
        "{arguments:?} took {:?}",
        begun.elapsed()
    );
    output
}

/// Runs `report` on a folder or file, into a folder of its own.
fn report(path: &Path) -> Output {
    let out = tempfile::tempdir().expect("a folder");
    bounded(&["report", text(path), "--out", text(&out.path().join("out"))])
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a name in UTF-8")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[track_caller]
fn refuses(name: &str, content: impl AsRef<[u8]>, says: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), content).expect("written");
    let output = report(folder.path());
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(says), "{said}");
    assert!(said.contains("hint: "), "{said}");
}

#[track_caller]
fn reads(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), content).expect("written");
    let output = bounded(&["check", text(folder.path())]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// A part of a workbook, written piece by piece.
type Part<'p> = (&'p str, &'p dyn Fn(&mut dyn Write));

/// A workbook with one sheet, whose rows are written as they are, and further parts.
fn workbook(rows: &dyn Fn(&mut dyn Write), further: &[Part<'_>]) -> Vec<u8> {
    workbook_of(&[("People", rows)], further)
}

/// A workbook with these sheets.
pub(crate) fn workbook_of(sheets: &[Part<'_>], further: &[Part<'_>]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, write: &dyn Fn(&mut dyn Write)| {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        file.start_file(name, options).expect("a part");
        let mut text = BufWriter::with_capacity(1 << 20, &mut file);
        write(&mut text);
        text.flush().expect("written");
    };
    let (mut listed, mut related) = (String::new(), String::new());
    for (number, (name, _)) in (1..).zip(sheets) {
        let id = format!("rId{number}");
        write!(
            listed,
            "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"{id}\"/>"
        )
        .expect("written");
        write!(related, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>").expect("written");
    }
    let texts = [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{PACKAGE}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{related}</Relationships>"),
        ),
    ];
    for (name, text) in &texts {
        part(name, &|to| to.write_all(text.as_bytes()).expect("written"));
    }
    for (number, (_, rows)) in (1..).zip(sheets) {
        part(&format!("xl/worksheets/sheet{number}.xml"), &|to| {
            write!(to, "<worksheet xmlns=\"{MAIN}\"><sheetData>").expect("written");
            rows(to);
            write!(to, "</sheetData></worksheet>").expect("written");
        });
    }
    for (name, write) in further {
        part(name, write);
    }
    file.finish().expect("a workbook").into_inner()
}

pub(crate) fn row(to: &mut dyn Write, number: u32, cells: &[(&str, &str)]) {
    write!(to, "<row r=\"{number}\">").expect("written");
    for (column, text) in cells {
        write!(
            to,
            "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
        )
        .expect("written");
    }
    write!(to, "</row>").expect("written");
}

/// A list of one person.
fn people(to: &mut dyn Write) {
    row(
        to,
        1,
        &[("A", "email"), ("B", "status"), ("C", "department")],
    );
    row(
        to,
        2,
        &[("A", "ana@acme.example"), ("B", "active"), ("C", "IT")],
    );
}

fn repeated(to: &mut dyn Write, piece: &str, bytes: usize) {
    let many = piece.repeat((1 << 20) / piece.len());
    for _ in 0..bytes.div_ceil(many.len()) {
        to.write_all(many.as_bytes()).expect("written");
    }
}

#[test]
fn a_cell_far_away_takes_no_memory() {
    // Far down, a table takes no memory for the rows between.
    let far = |cell: &'static str, line: u32, rows: u32| {
        workbook(
            &|to| {
                people(to);
                for number in 3..rows {
                    row(
                        to,
                        number,
                        &[("A", "ben@acme.example"), ("B", "active"), ("C", "IT")],
                    );
                }
                row(to, line, &[(cell, "x")]);
            },
            &[],
        )
    };
    for (cell, line) in [("XFD", 1_048_576), ("LKJ", 524_288)] {
        for rows in [3, 1_200] {
            let says = format!("people.xlsx:{line}: a cell in column ");
            refuses("people.xlsx", far(cell, line, rows), &says);
        }
    }
    let says = "people.xlsx:1048576: \"(whole record)\" is \"702 cells\"";
    refuses("people.xlsx", far("ZZ", 1_048_576, 1_200), says);
    let said = reads("people.xlsx", far("A", 1_048_576, 1_200));
    assert!(said.contains("1,198          1"), "{said}");
}

#[test]
fn millions_of_blank_rows_are_passed_over() {
    let file = workbook(
        &|to| {
            people(to);
            repeated(to, "<row><c s=\"1\"/></row>", 3_000_000 * 22);
        },
        &[],
    );
    assert!(reads("people.xlsx", file).contains("1 of 1"));
}

#[test]
fn texts_that_no_cell_shows() {
    let texts = |to: &mut dyn Write| {
        write!(to, "<sst uniqueCount=\"2\">").expect("written");
        repeated(to, "<si><t>abcdefgh</t></si>", 140 << 20);
        write!(to, "</sst>").expect("written");
    };
    refuses(
        "people.xlsx",
        workbook(&people, &[("xl/sharedStrings.xml", &texts)]),
        "people.xlsx: the list of texts of the workbook has more than 128 MiB",
    );
    let promised = |to: &mut dyn Write| {
        write!(
            to,
            "<sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>"
        )
        .expect("written");
    };
    refuses(
        "people.xlsx",
        workbook(&people, &[("xl/sharedStrings.xml", &promised)]),
        "has 99999999999 texts by its own word and 1 in fact",
    );
}

#[test]
fn one_cell_of_a_sheet_with_all_the_text() {
    let plain = |to: &mut dyn Write| {
        people(to);
        write!(to, "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>").expect("written");
        repeated(to, "x", 1 << 30);
        write!(to, "</t></is></c></row>").expect("written");
    };
    refuses(
        "people.xlsx",
        workbook(&plain, &[]),
        "people.xlsx: the part sheet1.xml of the workbook has a text of more than 8 MiB",
    );
    // In pieces, each of them short.
    let pieces = |to: &mut dyn Write| {
        people(to);
        write!(to, "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is>").expect("written");
        repeated(to, "<r><t>abcdefgh</t></r>", 64 << 20);
        write!(to, "</is></c></row>").expect("written");
    };
    refuses(
        "people.xlsx",
        workbook(&pieces, &[]),
        "has a text of more than 8 MiB",
    );
}

/// A file of so many bytes: a beginning, and a piece again and again.
fn file_of(path: &Path, begin: &str, piece: &str, bytes: usize) {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    file.write_all(begin.as_bytes()).expect("written");
    repeated(&mut file, piece, bytes);
    file.flush().expect("written");
}

#[test]
fn text_without_any_end() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, begin, says) in [
        (
            "header.csv",
            HEADER.to_owned(),
            "not a known export: :1: the line of column names has more text than a record may have",
        ),
        (
            "line.csv",
            format!("{HEADER}\na,"),
            "line.csv:2: \"(whole record)\" is \"over 8 MiB\"",
        ),
        (
            "cell.csv",
            format!("{HEADER}\na,\""),
            "cell.csv:2: \"User name\"",
        ),
        (
            "string.json",
            "[{\"accountId\":\"".to_owned(),
            "string.json:1: a record of more than 64 MiB",
        ),
        (
            "values.json",
            "[{\"accountId\":[".to_owned(),
            "values.json:1: a record of more than 64 MiB",
        ),
    ] {
        let path = folder.path().join(name);
        let piece = if name == "values.json" {
            "{\"a\":0},"
        } else {
            "xxxxxxxx"
        };
        file_of(&path, &begin, piece, 160 << 20);
        let output = report(&path);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(says), "{name}: {said}");
        fs::remove_file(&path).expect("removed");
    }
}

#[test]
fn more_columns_than_a_sheet_has() {
    let mut header = HEADER.to_owned();
    for site in 0..50_000 {
        write!(header, ",Jira - site{site}").expect("written");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("users.csv");
    fs::write(&path, format!("{header}\n")).expect("written");
    let output = bounded(&["check", text(&path)]);
    assert!(
        said(&output).contains("50006 columns; at most 4096 are read"),
        "{}",
        said(&output)
    );
    // As many as are allowed, each a site of its own, take no more than half a minute.
    let mut header = HEADER.to_owned();
    for site in 0..4_000 {
        write!(header, ",Jira - site{site}").expect("written");
    }
    let cells = ",".repeat(4_000);
    reads(
        "users.csv",
        format!("{header}\n1,Ana,ana@acme.example,Active,User,{cells}\n"),
    );
}

#[test]
fn a_configuration_of_very_many_tables() {
    let mut products = String::new();
    for number in 0..30_000 {
        writeln!(
            products,
            "[[product]]\nproduct = \"Jira\"\nsite = \"s{number}\"\nprice = \"7.50\""
        )
        .expect("written");
    }
    let mut bands = "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nbands = [\n".to_owned();
    for number in 1..100_000 {
        writeln!(bands, "  {{ up_to = {number}, price = \"7.50\" }},").expect("written");
    }
    bands.push_str("  { price = \"7.00\" }]\n");
    let mut unknown = String::new();
    for number in 0..30_000 {
        writeln!(
            unknown,
            "[[product]]\nproduct = \"Gira{number}\"\nprice = \"7.50\""
        )
        .expect("written");
    }
    for (toml, says) in [
        (
            products,
            "`product` has 30000 entries; at most 10000 are read",
        ),
        (
            bands,
            "seatledger.toml:10005: `bands` has 100000 entries; at most 10000 are read",
        ),
        (
            unknown,
            "`product` has 30000 entries; at most 10000 are read",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("seatledger.toml"), &toml).expect("written");
        fs::write(folder.path().join("people.csv"), PEOPLE).expect("written");
        fs::write(
            folder.path().join("users.csv"),
            format!("{HEADER}\n1,Ana,ana@acme.example,Active,User,\n"),
        )
        .expect("written");
        let output = report(folder.path());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(says), "{}", said(&output));
    }
}

/// Writes to the program's standard input and gives what it says.
fn piped(arguments: &[&str], text: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_seatledger"))
        .args(arguments)
        .args(["--as-of", "2026-11-20"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut to = child.stdin.take().expect("standard input");
    to.write_all(text.as_bytes()).expect("written");
    drop(to);
    child.wait_with_output().expect("the program ends")
}

/// A text without blanks and lines, which follow a table's width.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '─')
        .collect()
}

#[test]
fn a_pipe_works_like_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let users = folder.path().join("users.csv");
    // The last row has a date that decides the column, and a letter of Windows-1252 could stand anywhere: both need
    // a second reading.
    let export = format!(
        "{HEADER}\n1,Ana,ana@acme.example,Active,User,03/04/2026\n2,Ben,ben@acme.example,Active,User,28/04/2026\n"
    );
    fs::write(&users, &export).expect("written");
    let path = text(&users);
    let by_file = Command::new(env!("CARGO_BIN_EXE_seatledger"))
        .args(["check", path, "--as-of", "2026-11-20"])
        .output()
        .expect("the program starts");
    assert_eq!(by_file.status.code(), Some(0), "{}", said(&by_file));
    let expected = said(&by_file);
    for input in ["-", "/dev/stdin"] {
        let output = piped(&["check", input], &export);
        let name = if input == "-" {
            "standard input"
        } else {
            "stdin"
        };
        assert_eq!(
            words(&said(&output)).replace(&words(name), "users.csv"),
            words(&expected),
            "{input}"
        );
    }
    let output = Command::new("bash")
        .args(["-c", "\"$0\" check <(cat \"$1\") --as-of 2026-11-20"])
        .arg(env!("CARGO_BIN_EXE_seatledger"))
        .arg(path)
        .output()
        .expect("a shell starts");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // The same by two names is one file given twice.
    let output = piped(&["check", "-", path], &export);
    assert!(
        said(&output).contains("are the same data, given twice"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_file_that_grows_while_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("users.csv");
    let line = "1,Ana,ana@acme.example,Active,User,\n";
    file_of(&path, &format!("{HEADER}\n"), line, 8 << 20);
    let mut growing = fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .expect("opened");
    growing.rewind().expect("a place");
    let mut child = Command::new(env!("CARGO_BIN_EXE_seatledger"))
        .arg("check")
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while child.try_wait().expect("a state").is_none() {
        growing.write_all(line.as_bytes()).expect("written");
        std::thread::sleep(Duration::from_millis(1));
    }
    let mut said = String::new();
    child
        .stderr
        .take()
        .expect("standard error")
        .read_to_string(&mut said)
        .expect("text");
    assert_eq!(
        said,
        "error: users.csv: the file changed while it was read\n\nhint: wait until it is written whole, and run again\n"
    );
}
