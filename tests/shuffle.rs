//! The order of rows decides nothing: every output is the same to the byte, but for the line numbers of rejects.

use std::collections::BTreeMap;
use std::fs;

use crate::case::{Case, SAMPLE, sample_path};

/// A small generator of repeatable numbers (SplitMix64), so that a failing seed fails again.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("a place in the list")
    }
}

/// The records of a CSV file as raw text: a record ends at a line end outside quotes.
fn records(text: &str) -> Vec<String> {
    let mut records = Vec::new();
    let (mut record, mut quoted) = (String::new(), false);
    for c in text.chars() {
        quoted ^= c == '"';
        record.push(c);
        if c == '\n' && !quoted {
            records.push(std::mem::take(&mut record));
        }
    }
    if !record.is_empty() {
        records.push(record + "\n");
    }
    records
}

/// The file with its header in place and its records in another order.
fn shuffled(text: &str, seed: u64) -> String {
    let mut numbers = Numbers(seed);
    let mut rows = records(text);
    let header = rows.remove(0);
    for place in (1..rows.len()).rev() {
        rows.swap(place, numbers.below(place + 1));
    }
    header + &rows.concat()
}

/// Every file of a report, and what was printed. Lines of rejects are left out and their rows sorted.
fn report(files: &[(&str, String)], options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let case = files
        .iter()
        .fold(Case::new(), |case, (name, text)| case.file(name, text));
    let ran = case.report().args(options.iter().copied()).run();
    let mut files = ran.files("out");
    // Files that name lines differ in these, and so do their sizes and hashes.
    files.remove(".seatledger.json");
    let rejects = ran.csv("rejects.csv");
    if !rejects.rows.is_empty() {
        let columns = ["file", "column", "value", "reason", "expected"];
        let mut rows = rejects.shown(&columns);
        rows.sort();
        files.insert("rejects.csv".to_owned(), rows.join("\n").into_bytes());
        let mut json = ran.json();
        for table in json["tables"].as_array_mut().expect("tables") {
            if table["name"] == "rejects" {
                table["rows"] = serde_json::Value::Null;
            }
        }
        files.insert("report.json".to_owned(), json.to_string().into_bytes());
    }
    files.insert("(printed)".to_owned(), ran.stdout.into_bytes());
    for name in ["report.json", "(printed)"] {
        let text = String::from_utf8(files[name].clone()).expect("text");
        files.insert(name.to_owned(), without_lines(&text).into_bytes());
    }
    files
}

/// Warnings with their line numbers (`first on line 9`, `people.csv:9`) taken out.
fn without_lines(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(place);
        let end = from
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(from.len());
        kept.push_str(before);
        kept.push_str(
            if before.ends_with("on line ") || before.ends_with(".csv:") {
                "#"
            } else {
                &from[..end]
            },
        );
        rest = &from[end..];
    }
    kept + rest
}

#[track_caller]
fn check(files: &[(&str, String)], options: &[&str], seeds: std::ops::Range<u64>) {
    let plain = report(files, options);
    for seed in seeds {
        let other: Vec<(&str, String)> = files
            .iter()
            .map(|(name, text)| {
                let keep = !name.ends_with(".csv");
                (
                    *name,
                    if keep {
                        text.clone()
                    } else {
                        shuffled(text, seed)
                    },
                )
            })
            .collect();
        assert!(
            files
                .iter()
                .zip(&other)
                .any(|(one, other)| one.1 != other.1),
            "seed {seed} shuffles something"
        );
        let found = report(&other, options);
        assert_eq!(
            plain.keys().collect::<Vec<_>>(),
            found.keys().collect::<Vec<_>>(),
            "seed {seed}"
        );
        for (name, bytes) in &plain {
            let (one, other) = (
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&found[name]),
            );
            let different: Vec<_> = one
                .lines()
                .zip(other.lines())
                .filter(|(one, other)| one != other)
                .take(3)
                .collect();
            assert!(
                bytes == &found[name],
                "seed {seed}: {name} differs, first at {different:#?}"
            );
        }
    }
}

#[test]
fn rows_of_the_sample_in_any_order_give_the_same_report() {
    let names = SAMPLE;
    let files: Vec<(&str, String)> = names
        .into_iter()
        .map(|name| {
            (
                name,
                fs::read_to_string(sample_path(name)).expect("the sample"),
            )
        })
        .collect();
    check(&files, &[], 1..3);
}

/// Everything whose outcome could hang on which row comes first: rows of one account that disagree, people who
/// are linked by a third row, two departments of one person, two accounts of one person, words not known, faults.
fn tangled() -> Vec<(&'static str, String)> {
    let users = "\
Group id,Group name,User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Confluence - acme,Last seen in Confluence - acme
g1,jira-users,u1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,User,Never accessed
g2,confluence-users,u1,Ana Ruiz,ana@acme.example,Active,5 Jan 2024,Org Admin,User,12 Oct 2026,User,1 Jan 2026
g1,jira-users,u2,Ben Cho,ben@acme.example,Active,3 Jan 2024,,User,1 Feb 2026,,
g2,confluence-users,u2,Ben C.,ben@acme.example,Suspended,3 Jan 2024,,User,1 Feb 2026,,
g1,jira-users,u3,Cy Diaz,cy@acme.example,Active,3 Jan 2024,,User,1 Nov 2026,Guest,1 Nov 2026
g1,jira-users,u4,Cy Diaz,cy.diaz@acme.example,Active,3 Jan 2024,,User,1 Nov 2026,,
g1,jira-users,u5,Cy Diaz,cy+test@acme.example,Active,3 Jan 2024,,User,1 Nov 2026,,
g1,jira-users,u6,Di Eng,di@acme.example,Active,3 Jan 2024,,User,Never accessed,Customer,
g1,jira-users,u7,Eve Fox,eve@acme.example,Actve,3 Jan 2024,,User,Never accessed,,
g1,jira-users,u8,Flo Gil,flo@acme.example,Active,3 Foo 2024,,User,Never accessed,,
g1,jira-users,u9,Gus Ho,,Active,3 Jan 2024,,User,Never accessed,,
g2,confluence-users,u9,Gus Ho,gus@acme.example,Active,3 Jan 2024,,User,Never accessed,,
";
    let managed = "\
Name,Email,Atlassian ID,Status,Last active date [UTC],Billable,Policy type,Jira,Confluence,Trello
Ana Ruiz,ana@acme.example,u1,Active,2026-11-12,Yes,Billable,acme.atlassian.net,acme.atlassian.net,Free
Ben Cho,ben@acme.example,u2,Deactivated,2026-02-01,No,Billable,acme.atlassian.net,,
C. Diaz,cy@acme.example,,Active,2026-11-01,Yes,Non-billable,acme.atlassian.net,\"acme.atlassian.net,other.atlassian.net\",
Hal Ito,hal@acme.example,u10,Active,,Yes,Billable,,,\"Free,Premium\"
";
    let people = "\
userPrincipalName,mail,id,department,accountEnabled,proxyAddresses
ana@acme.example,ana@acme.example,1,IT,True,
ben@acme.example,ben@acme.example,2,Sales,True,
ben@acme.example,ben@acme.example,2,Marketing,False,
cy@acme.example,cy@acme.example,3,IT,True,
cy.diaz@acme.example,cy.diaz@acme.example,4,Field,False,
c@acme.example,c@acme.example,5,,True,SMTP:cy@acme.example smtp:cy.diaz@acme.example
di@acme.example,di@acme.example,6,IT,Perhaps,
flo@acme.example,flo@acme.example,7,IT,Maybe,
gus@acme.example,gus@acme.example,8,IT,,
,,9,IT,True,
";
    let roster = "\
Employee ID,Work Email,Status,Termination Date,Department
E1,ana@acme.example,Active,,Security
E2,di@acme.example,Active,2026-10-01,IT
E2,,Terminated,2026-09-01,
E3,,Active,03/04/2025,
E4,flo@acme.example,Active,28/08/2027,IT
";
    vec![
        ("users.csv", users.to_owned()),
        // Read after the users export, whose rows are then the first to say anything.
        ("z-managed.csv", managed.to_owned()),
        ("people.csv", people.to_owned()),
        ("roster.csv", roster.to_owned()),
    ]
}

#[test]
fn tangled_rows_in_any_order_give_the_same_report() {
    check(&tangled(), &["--skip-bad-rows"], 1..5);
}

/// Departments of equal weight share what can't be divided: who gets the odd cent goes by name, whatever comes first. The
/// weights are made anew for each seed.
#[test]
fn no_row_moves_a_cent_from_one_department_to_another() {
    for seed in 1..4 {
        let mut numbers = Numbers(seed);
        let mut users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n"
            .to_owned();
        let mut people = "email,status,department\n".to_owned();
        for person in 0..40 {
            let department = ["", "Sales", "IT", "Art", "Legal", "Ops", "R&D"][numbers.below(7)];
            let seen = ["Never accessed", "19 Nov 2026"][numbers.below(2)];
            users += &format!("{person},A,p{person}@acme.example,Active,3 Jan 2024,,User,{seen}\n");
            people += &format!("p{person}@acme.example,Active,{department}\n");
        }
        let toml = "[[contract]]\nproduct = \"Jira\"\nmode = \"tiers\"\n\
            bands = [{ up_to = 20, flat = 100.01 }, { up_to = 50, flat = 1000.03 }, { price = 7 }]\n";
        let files = [
            ("users.csv", users),
            ("people.csv", people),
            ("seatledger.toml", toml.to_owned()),
        ];
        check(&files, &[], 10..13);
    }
}

/// The order in which files are named decides no more than the order of rows.
#[test]
fn files_in_any_order_give_the_same_accounts() {
    let files = tangled();
    let run = |order: &[usize]| {
        let case = files.iter().fold(Case::new(), |case, (name, text)| {
            case.file(&format!("in/{name}"), text)
        });
        let paths: Vec<String> = order
            .iter()
            .map(|&place| format!("DIR/in/{}", files[place].0))
            .collect();
        let ran = case
            .args([
                "report",
                "--skip-bad-rows",
                "--as-of",
                crate::case::AS_OF,
                "--out",
                "DIR/out",
            ])
            .args(paths.iter().map(String::as_str))
            .any_stdout()
            .any_stderr()
            .run();
        [
            "accounts.csv",
            "findings.csv",
            "guard_billing.csv",
            "waste_by_product.csv",
            "waste_by_department.csv",
        ]
        .map(|name| String::from_utf8(ran.bytes(&format!("out/{name}"))).expect("text"))
    };
    let plain = run(&[0, 1, 2, 3]);
    for order in [[1, 0, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
        for (one, other) in plain.iter().zip(run(&order)) {
            let different: Vec<_> = one
                .lines()
                .zip(other.lines())
                .filter(|(one, other)| one != other)
                .take(3)
                .collect();
            assert!(
                one == &other,
                "order {order:?} differs, first at {different:#?}"
            );
        }
    }
}
