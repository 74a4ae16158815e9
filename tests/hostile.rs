//! Hostile text in every field, name and setting that comes from outside: no output lets any of it through, and what
//! is read by programs is still read.

use std::collections::BTreeSet;
use std::io::Write;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::case::{Case, Ran, Rows};
use crate::limits::{row, workbook_of};

/// Codes of terminals, marks of direction, ends of lines that few know, letters without a width, markup of every kind.
const HOSTILE: &str = "\u{1b}[31m\u{7}\u{8}\u{1}\u{7f}\u{9b}2J\u{85}\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{2029}\
                       \u{200b}\u{feff}\u{200d}\u{ad}\u{ffff}\n\r\t\u{b}\u{c}<b>&amp;]]>|*_`#[x](y);'";

/// What a spreadsheet runs, and what hides it.
const LEADS: [&str; 12] = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\u{feff}=",
    "\u{200b}=",
    "\"=",
    "\u{3000}'=",
];

/// Makes texts with a token each, so that none is found by chance.
#[derive(Default)]
struct Planter {
    planted: usize,
}

impl Planter {
    fn text(&mut self) -> String {
        self.planted += 1;
        let lead = LEADS[self.planted % LEADS.len()];
        format!("{lead}zq{:02}x{HOSTILE}end", self.planted)
    }

    /// The same as a cell of CSV.
    fn cell(&mut self) -> String {
        format!("\"{}\"", self.text().replace('"', "\"\""))
    }

    /// The same as text of a workbook, but for what XML cannot hold; some of that in the way that Excel writes it.
    fn in_sheet(&mut self) -> String {
        let text = self.text();
        let legal = text.chars().filter(|&c| !c.is_control() && c < '\u{fffe}');
        let escaped = quick_xml::escape::escape(legal.collect::<String>()).into_owned();
        format!("{escaped}_x001B_[31m_x000A__x202E_")
    }

    /// The same as a string of JSON and of TOML: both know these escapes.
    fn quoted(&mut self) -> String {
        let text = self.text();
        let escaped = text.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if (' '..='~').contains(&c) => c.to_string(),
            c => format!("\\u{:04x}", u32::from(c)),
        });
        format!("\"{}\"", escaped.collect::<String>())
    }
}

/// Everything that has text from outside, each text with a token of its own.
fn planted() -> (Case, usize) {
    let mut plant = Planter::default();
    let mut case = Case::new();
    let users = format!(
        "User id,User name,email,User status,Added to org,Org role,Jira - {site},Last seen in Jira - {site},Confluence - \
         acme,Last seen in Confluence - acme,groups\n\
         {id},{name},\u{202a}ana@acme.example\u{202c},Active,1 Jan 2025,{role},User,1 Feb 2025,User,2 Nov 2026,{group}\n\
         u-2,{name2},bob@acme.example,Active,1 Jan 2025,,User,Never accessed,User,3 Nov 2026,\n\
         u-3,{name3},gone@acme.example,Active,1 Jan 2025,,User,10 Nov 2026,,,\n",
        site = format!("nor{HOSTILE}th").replace(['\n', '\r', '"'], ""),
        id = plant.cell(),
        name = plant.cell(),
        role = plant.cell(),
        group = plant.cell(),
        name2 = plant.cell(),
        name3 = plant.cell(),
    );
    case = case.file("in/us\u{1b}[31m\u{202e}e\nr\u{85}s.csv", users);
    let managed = format!(
        "Name,Email,Atlassian ID,Status,Last active date [UTC],Billable,Policy name,Policy type,Jira,Trello\n\
         {},bob@acme.example,u-2,Active,2026-11-03,Yes,{},{},{},{}\n",
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
    );
    case = case.file("in/managed.csv", managed);
    let api = format!(
        r#"{{"data":[{{"accountId":{},"accountType":"atlassian","accountStatus":"active","name":{},"email":"cy@acme.example","membershipStatus":"active","platformRoles":[]}}],"links":{{}}}}"#,
        plant.quoted(),
        plant.quoted(),
    );
    case = case.file("in/directory\u{2028}users.json", api);
    let directory = format!(
        "userPrincipalName,displayName,mail,department,accountEnabled,employeeId,jobTitle\n\
         ana@acme.example,{},ana@acme.example,{},True,{},{}\n\
         bob@acme.example,{},bob@acme.example,{},{},E2,{}\n\
         gone@acme.example,Gone,gone@acme.example,{},False,E3,\n\
         ,{},,{},True,,\n",
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
        plant.cell(),
    );
    case = case.file("in/entra.csv", directory);
    let okta = format!(
        r#"[{{"id":{},"status":{},"profile":{{"email":"cy@acme.example","login":{},"firstName":{},"lastName":{},"department":{},"employeeNumber":{}}}}}]"#,
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
    );
    case = case.file("in/okta.json", okta);
    let (sheet, cells): (String, Vec<String>) =
        (plant.in_sheet(), (0..3).map(|_| plant.in_sheet()).collect());
    let rows = |to: &mut dyn Write| {
        let titles = [
            ("A", "email"),
            ("B", "status"),
            ("C", "department"),
            ("D", "employee id"),
        ];
        row(to, 1, &titles);
        let person = [
            ("A", "dee@acme.example"),
            ("B", "active"),
            ("C", &cells[0]),
            ("D", &cells[1]),
        ];
        row(to, 2, &person);
        row(
            to,
            3,
            &[("A", &cells[2]), ("B", "active"), ("C", "IT"), ("D", "E9")],
        );
    };
    let colours = |to: &mut dyn Write| row(to, 1, &[("A", "colour"), ("B", "shape")]);
    let workbook = workbook_of(&[("Staff", &rows), (&sheet, &colours)], &[]);
    case = case.file("in/staff.xlsx", workbook);
    let settings = format!(
        "[organisation]\nname = {}\ndomains = [\"acme.example\", {}]\nown_sites = [\"north\", {}]\nsandbox_sites = [{}]\n\
         [scim]\nkey_created = 2026-01-05\n\
         [[product]]\nproduct = \"Jira\"\nsite = {}\nplan = {}\nbilling = \"annual\"\nrenewal = 2027-03-01\n\
         [[product]]\nproduct = {}\nplan = \"Standard\"\nprice = \"3\"\nrenewal = 2027-03-02\nbilling = \"annual\"\n\
         [[service_account]]\nemail = {}\nreason = {}\n\
         [[exempt]]\ndepartment = {}\nreason = {}\n\
         [[exempt]]\nemail = \"bob@acme.example\"\nreason = {}\n\
         [third_party]\nname = {}\nannual_fee = \"5000\"\n",
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
        plant.quoted(),
    );
    case = case.file("in/seatledger.toml", settings);
    let scenario = format!(
        "name = {}\n[third_party]\nannual_fee = \"100\"\n[guard]\nneeds_premium = true\n",
        plant.quoted()
    );
    case = case.file("what\u{202e} if\u{1b}.toml", scenario);
    (case, plant.planted)
}

fn is_hostile(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        )
}

#[track_caller]
fn clean(what: &str, text: &str) {
    if let Some(place) = text.find(is_hostile) {
        let start = text.floor_char_boundary(place.saturating_sub(60));
        let end = text.floor_char_boundary(place + 20);
        panic!("{what} lets a character through: {:?}", &text[start..end]);
    }
    // Text from outside has no line of its own: the hostile text is never broken at its line end.
    assert!(!text.contains("\u{ffff}\n"), "{what}");
}

/// A cell may not hold a line end either, nor anything that a spreadsheet runs.
#[track_caller]
fn cells(what: &str, rows: &Rows) {
    for row in rows.rows.iter().chain([&rows.header]) {
        assert_eq!(row.len(), rows.header.len(), "{what}: {row:?}");
        for cell in row {
            clean(what, cell);
            assert!(!cell.contains('\n'), "{what}: {cell:?}");
            let quotes = |c: char| "\"'`“”‘’".contains(c) || c.is_whitespace();
            let first = cell.trim_start_matches(quotes).chars().next();
            let live = first.is_some_and(|c| "=+-@＝＋－＠".contains(c));
            let number = cell.parse::<f64>().is_ok();
            assert!(
                !live || number || cell.starts_with('\''),
                "{what}: {cell:?} would run"
            );
        }
    }
}

#[track_caller]
fn calendar(text: &str) {
    clean("the calendar", &text.replace("\r\n", "\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = text.replace("\r\n ", "");
    let mut depth = 0;
    for line in unfolded.trim_end().split("\r\n") {
        let (name, value) = line.split_once(':').expect("a name and a value");
        let name = name.split(';').next().unwrap_or(name);
        assert!(name.chars().all(|c| c.is_ascii_uppercase()), "{line}");
        depth += i32::from(name == "BEGIN") - i32::from(name == "END");
        if matches!(name, "SUMMARY" | "DESCRIPTION") {
            let plain = value
                .replace("\\\\", "")
                .replace("\\;", "")
                .replace("\\,", "");
            assert!(!plain.contains([';', ',']), "{line}");
            assert!(!plain.replace("\\n", "").contains('\\'), "{line}");
        }
    }
    assert_eq!(depth, 0);
}

/// Gives the text of the picture.
#[track_caller]
fn svg(name: &str, text: &str) -> String {
    clean(name, text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut depth, mut said) = (0, String::new());
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
        {
            Event::Eof => break,
            Event::Start(tag) => {
                assert!(
                    ["svg", "title", "text"].contains(&tag.name().as_ref()),
                    "{name}: {tag:?}"
                );
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(words) => said.push_str(&words),
            Event::GeneralRef(one) => {
                let known = ["lt", "gt", "amp", "quot", "apos"];
                assert!(known.contains(&&*one), "{name}: {one:?}");
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}");
    said
}

#[track_caller]
fn png_is_whole(name: &str, bytes: &[u8]) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    reader
        .next_frame(&mut pixels)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// The tokens in a text.
fn tokens(text: &str, found: &mut BTreeSet<String>) {
    for (place, _) in text.match_indices("zq") {
        found.extend(text.get(place..place + 4).map(str::to_owned));
    }
}

#[test]
fn a_report_full_of_hostile_text_is_safe_in_every_file() {
    let (case, planted) = planted();
    let ran = case
        .args([
            "report",
            "DIR/in",
            "--skip-bad-rows",
            "--as-of",
            "2026-11-20",
            "--out",
            "DIR/out",
        ])
        .any_stdout()
        .any_stderr()
        .run();
    clean("the terminal", &ran.stdout);
    clean("standard error", &ran.stderr);
    let mut found = BTreeSet::new();
    tokens(&ran.stdout, &mut found);
    let (mut pictures, mut said) = ([0, 0], String::new());
    for (name, bytes) in ran.files("out") {
        if name.ends_with(".png") {
            png_is_whole(&name, &bytes);
            pictures[0] += 1;
            continue;
        }
        let text = String::from_utf8(bytes.clone()).expect("text");
        tokens(&text, &mut found);
        if name.ends_with(".csv") {
            cells(&name, &Rows::read(&bytes));
        } else if name.ends_with(".svg") {
            said.push_str(&svg(&name, &text));
            pictures[1] += 1;
        } else if name.ends_with(".ics") {
            calendar(&text);
        } else if name.ends_with(".json") {
            clean(&name, &text);
            serde_json::from_str::<Value>(&text).expect("JSON");
        } else {
            panic!("{name} is a kind of file that nothing here looks at");
        }
    }
    assert!(
        pictures[0] == pictures[1] && pictures[0] >= 6,
        "{pictures:?}"
    );
    // Most of what was planted is told somewhere, or nothing would be tested.
    assert!(
        found.len() >= planted / 3,
        "{} of {planted}: {found:?}",
        found.len()
    );
    let name = ran.json()["organisation"]
        .as_str()
        .expect("a name")
        .to_owned();
    assert!(
        name.contains(HOSTILE),
        "JSON gives the name back as it was: {name:?}"
    );
    assert!(said.contains("\\u{202e}"), "the charts show the name");
}

/// Runs a command over the hostile files in each of its formats.
fn each_format(command: &[&str], formats: &[&str], look: impl Fn(&str, &Ran)) {
    for format in formats {
        let (case, _) = planted();
        let ran = case
            .args(command.iter().copied())
            .args(["--format", format])
            .any_stdout()
            .any_stderr()
            .any_status()
            .run();
        let what = format!("{command:?} as {format}");
        assert!(ran.status == 0, "{what}: {}", ran.stderr);
        clean(&what, &ran.stdout);
        clean(&what, &ran.stderr);
        match *format {
            "json" => {
                serde_json::from_str::<Value>(&ran.stdout).expect("JSON");
            }
            "csv" => cells(&what, &Rows::read(ran.stdout.as_bytes())),
            "markdown" => {
                let raw = ran
                    .stdout
                    .replace("\\<", "")
                    .replace("\\|", "")
                    .replace("\\[", "");
                assert!(
                    !raw.contains("<b>") && !raw.contains("[x]"),
                    "{what}: {raw}"
                );
            }
            _ => {}
        }
        look(format, &ran);
    }
}

const ALL: [&str; 4] = ["text", "markdown", "csv", "json"];
const INPUT: [&str; 4] = ["DIR/in", "--skip-bad-rows", "--as-of", "2026-11-20"];

fn with_input<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    command.iter().chain(&INPUT).chain(more).copied().collect()
}

#[test]
fn every_command_is_safe_in_every_format() {
    each_format(
        &with_input(&["report"], &["--out", "DIR/out"]),
        &ALL,
        |_, _| {},
    );
    each_format(
        &["check", "DIR/in", "--as-of", "2026-11-20"],
        &["text", "markdown", "json"],
        |_, ran| {
            assert!(
                ran.stdout.contains("e\\nr") || ran.stdout.contains("e\\\\nr"),
                "the file's name is shown"
            );
        },
    );
    for what in ["ana@acme.example", "figures"] {
        let command = [&["explain", what], &INPUT[..]].concat();
        each_format(&command, &ALL, |_, _| {});
    }
    each_format(
        &with_input(&["reconcile"], &["--billed", "3"]),
        &ALL,
        |_, _| {},
    );
    each_format(
        &with_input(&["scenario", "DIR/what\u{202e} if\u{1b}.toml"], &[]),
        &ALL,
        |format, ran| {
            assert!(
                format == "csv" || ran.stdout.contains("202e"),
                "the scenario's name is shown"
            );
        },
    );
    each_format(&["scim-tax", "--as-of", "2026-11-20"], &ALL, |_, _| {});
}

#[test]
fn no_message_steers_the_terminal() {
    let odd = "a\u{1b}[2J\u{202e}b\nhint: run rm -rf\u{85}\u{9b}x";
    let quoted = odd
        .replace('\n', "\\n")
        .replace('\u{1b}', "\\u001b")
        .replace('\u{85}', "\\u0085");
    let quoted = quoted.replace('\u{9b}', "\\u009b");
    let cases = [
        Case::new().args(["check", &format!("DIR/{odd}")]),
        Case::new().args(["report", &format!("--{odd}")]),
        Case::new().args(["report", "DIR", &format!("--format={odd}")]),
        Case::new().args([odd]),
        Case::new().args(["explain", odd, "DIR"]),
        Case::new().args(["quote", "--users", odd]),
        Case::new().file(odd, "hello").args(["check", "DIR"]),
        Case::new()
            .file(
                &format!("{odd}.csv"),
                "User id,email,User status\n1,a@x.example,Actve\n",
            )
            .args(["report", "DIR"]),
        Case::new()
            .file(
                "u.csv",
                format!("User id,email,User status\n1,a@x.example,\"{odd}\"\n"),
            )
            .args(["report", "DIR"]),
        Case::new()
            .file(
                "u.csv",
                format!("User id,email,User status\n1,a@x.example,\"{odd}\n"),
            )
            .args(["report", "DIR"]),
        Case::new()
            .file("u.csv", format!("{}\n", odd.replace('\n', ",")))
            .args(["report", "DIR"]),
        Case::sample()
            .file(odd, "a file")
            .args(["report", "DIR", "--out", &format!("DIR/{odd}")]),
        Case::sample_with(|toml| toml.replace("\"USD\"", &format!("\"{quoted}\"")))
            .args(["report", "DIR"]),
        Case::sample_with(|toml| toml.replace("\"21.50\"", &format!("\"{quoted}\"")))
            .args(["report", "DIR"]),
        Case::sample_with(|toml| format!("\"{quoted}\" = 1\n{toml}")).args(["report", "DIR"]),
    ];
    for (number, case) in cases.into_iter().enumerate() {
        let ran = case.any_status().any_stdout().any_stderr().run();
        let what = format!("case {number}");
        assert!(
            ran.status != 0 && ran.stderr.starts_with("error: "),
            "{what}: {}",
            ran.stderr
        );
        clean(&what, &ran.stderr);
        clean(&what, &ran.stdout);
        assert!(
            !ran.stderr.contains("\nhint: run rm"),
            "{what}: {}",
            ran.stderr
        );
    }
}

#[test]
fn ids_and_addresses_survive_a_round_trip() {
    // As an export has them, and as they have to come back.
    let ids = [
        ("=1+2", "=1+2"),
        ("+7", "+7"),
        ("-8", "-8"),
        ("@x", "@x"),
        ("''=9", "'=9"),
        ("'plain", "'plain"),
        ("＝3", "＝3"),
        ("\"\"q\"\"", "\"q\""),
        ("\"\"=q", "\"=q"),
        ("a;b", "a;b"),
        ("a,b", "a,b"),
        ("712020:x\u{202e}y\u{feff}", "712020:xy"),
    ];
    let addresses = [
        ("=a@acme.example", "=a@acme.example"),
        ("+b@acme.example", "+b@acme.example"),
        ("-c@acme.example", "-c@acme.example"),
        ("'d@acme.example", "d@acme.example"),
        ("\"\"=e\"\"@acme.example", "\"=e\"@acme.example"),
        ("f;g@acme.example", "f;g@acme.example"),
        ("＝h@acme.example", "＝h@acme.example"),
        ("\u{202a}i@acme.example\u{202c}", "i@acme.example"),
    ];
    let mut export = "User id,email,User name,User status\n".to_owned();
    let mut expected = BTreeSet::new();
    for (number, (id, kept)) in ids.iter().enumerate() {
        export += &format!("\"{id}\",n{number}@acme.example,N,Active\n");
        expected.insert(((*kept).to_owned(), format!("n{number}@acme.example")));
    }
    for (number, (address, kept)) in addresses.iter().enumerate() {
        export += &format!("id-{number},\"{address}\",N,Active\n");
        expected.insert((format!("id-{number}"), (*kept).to_owned()));
    }
    let people =
        "userPrincipalName,mail,displayName,accountEnabled\nz@acme.example,z@acme.example,Z,True\n";
    let keys = |export: &str| {
        let ran = Case::new()
            .file("users.csv", export)
            .file("entra.csv", people)
            .report()
            .run();
        ran.csv("accounts.csv")
    };
    let first = keys(&export);
    let mut again = "User id,email,User name,User status\n".to_owned();
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let (id, email) = (first.place("account_id"), first.place("email"));
    for row in &first.rows {
        again += &format!("{},{},N,Active\n", quoted(&row[id]), quoted(&row[email]));
    }
    let pairs = |rows: &Rows| -> BTreeSet<(String, String)> {
        let bare = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest)
                if rest
                    .trim_start_matches(['"', '\''])
                    .starts_with(['=', '+', '-', '@', '＝']) =>
            {
                rest.to_owned()
            }
            _ => cell.to_owned(),
        };
        rows.rows
            .iter()
            .map(|row| (bare(&row[id]), bare(&row[email])))
            .collect()
    };
    assert_eq!(pairs(&first), expected);
    let second = keys(&again);
    assert_eq!(first.column("account_id"), second.column("account_id"));
    assert_eq!(first.column("email"), second.column("email"));
}

#[test]
fn a_nul_in_text_is_a_fault() {
    let users =
        "User id,email,User name,User status\n1,a@x.example,A,Active\n2,b@x.example,B\0b,Active\n";
    for more in [&[][..], &["--skip-bad-rows"]] {
        let arguments = ["report", "DIR", "--out", "DIR/out"];
        Case::new()
            .file("users.csv", users)
            .args(arguments.iter().chain(more).copied())
            .status(1)
            .stderr(
                "error: users.csv: a NUL character at line 3, column 16, which no text holds\n\n\
                 hint: export the file again: it was damaged on its way, or is of another program\n",
            )
            .run();
    }
    let json = r#"{"data":[{"accountId":"1","accountType":"atlassian","accountStatus":"active","name":"A\u0000","email":"a@x.example","membershipStatus":"active","platformRoles":[]}],"links":{}}"#;
    Case::new()
        .file("users.json", json)
        .args(["report", "DIR", "--out", "DIR/out"])
        .status(1)
        .stderr(
            "error: users.json:1: a NUL character under \"name\", which no text holds\n\n\
             hint: export the file again: it was damaged on its way, or is of another program\n",
        )
        .run();
}
