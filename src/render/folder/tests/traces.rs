//! What dead runs left goes with the next run, what live ones hold stays, and so does what is merely called alike.
//! And whose report a default folder may take.

use std::fs;

use super::{Ground, alone, below_report, earlier, newer, owner, put, steps};
use crate::render::folder::{Owner, Target, Wish, free_for, unwatched};

/// The copy of a run's place while its report is being written.
fn killed_while_writing() -> tempfile::TempDir {
    let ground = Ground::with_earlier();
    let copy = super::scratch();
    put(&ground.target(), &newer(), false, &|step| {
        if step == "written" {
            steps::copy(ground.root(), copy.path());
        }
        Ok(())
    })
    .expect("written");
    assert_eq!(fs::read_dir(copy.path()).expect("a folder").count(), 2);
    copy
}

#[test]
fn the_staging_of_a_dead_run_goes_with_the_next_run_to_any_place_beside() {
    let killed = killed_while_writing();
    put(&killed.path().join("another"), &newer(), false, &unwatched).expect("written");
    let mut names: Vec<_> = fs::read_dir(killed.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["another", "report"]);
}

#[test]
fn the_staging_of_a_live_run_stays() {
    let ground = Ground::with_earlier();
    let folder = ground.target();
    let wish = Wish {
        folder: &folder,
        inputs: &[],
        replace_edited: false,
    };
    let live = Target::prepare(wish, &unwatched).expect("fit");
    put(&ground.root().join("another"), &newer(), false, &unwatched).expect("written");
    super::publish(live, &newer()).expect("its staging is still there");
    assert_eq!(below_report(&ground.tree()), alone(&newer()));
}

#[test]
fn folders_that_are_called_like_a_staging_folder_stay() {
    let ground = Ground::new();
    ground.file(".seatledger-staging-mine/notes.txt", "mine");
    ground.file(".seatledger-staging-locked/lock", "");
    ground.file(".seatledger-staging-locked/more.txt", "mine");
    ground.file(".seatledger-staging-file", "no folder");
    ground.put(&earlier()).expect("written");
    let left = ground.tree();
    assert_eq!(left[".seatledger-staging-mine/notes.txt"], "mine");
    assert_eq!(left[".seatledger-staging-locked/more.txt"], "mine");
    assert_eq!(left[".seatledger-staging-file"], "no folder");
}

/// A journal that names files outside of the folder was not written by us.
#[test]
fn a_forged_journal_is_not_followed() {
    for (name, plan) in [
        (
            "plan.json",
            r#"{"old": {"../outside.csv": {"size": 1, "xxh3": "0"}}, "new": {}}"#,
        ),
        (
            "back.json",
            r#"{"old": {}, "new": {"/etc/x": {"size": 1, "xxh3": "0"}}}"#,
        ),
        ("plan.json", "not a plan"),
    ] {
        let ground = Ground::with_earlier();
        ground.file("outside.csv", "of somebody");
        ground.file(&format!("report/.seatledger-journal/{name}"), plan);
        assert!(ground.put(&newer()).is_err(), "{plan}");
        let tree = ground.tree();
        assert_eq!(tree["outside.csv"], "of somebody");
        assert_eq!(tree["report/report.json"], earlier()["report.json"]);
        assert!(tree.contains_key(&format!("report/.seatledger-journal/{name}")));
    }
}

fn facts(of: &[&str]) -> Vec<String> {
    of.iter().map(|&fact| fact.to_owned()).collect()
}

/// Organisations whose names differ in capitals alone, or that have none, get folders of their own; one organisation
/// gets the same folder again.
#[test]
fn two_organisations_share_no_default_folder() {
    let ground = Ground::new();
    let default = ground.root().join("reports/acme-2026-11-20");
    let publish = |owner: &Owner, named| {
        let folder = free_for(owner, named, &default).expect("a folder");
        let wish = Wish {
            folder: &folder,
            inputs: &[],
            replace_edited: false,
        };
        let target = Target::prepare(wish, &unwatched).expect("fit");
        target.publish(owner.clone(), |_| Ok(())).expect("written");
        folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    let unnamed = |of: &[&str]| Owner::of(None, "Organisation", &facts(of));
    let (one, two) = (
        unnamed(&["a.example", "a-site"]),
        unnamed(&["b.example", "b-site"]),
    );
    let given: Vec<String> = [
        publish(&owner("Acme"), true),
        publish(&owner("ACME"), true),
        publish(&one, false),
        publish(&two, false),
    ]
    .into_iter()
    .collect();
    assert_eq!(given[0], "acme-2026-11-20");
    let different: std::collections::BTreeSet<&String> = given.iter().collect();
    assert_eq!(different.len(), 4, "{given:?}");
    let again = [
        publish(&owner("Acme"), true),
        publish(&owner("ACME"), true),
        publish(&one, false),
        publish(&two, false),
    ];
    assert_eq!(again.to_vec(), given);
    assert_ne!(one.key, unnamed(&[]).key);
    // A name says it all; a fact more or less is no other organisation.
    assert_eq!(
        Owner::of(Some("Acme"), "Acme", &facts(&["x"])).key,
        owner("Acme").key
    );
}

/// A report from before the manifest says by its name alone whose it is.
#[test]
fn a_report_from_before_the_manifest_is_another_organisations_unless_it_says_otherwise() {
    let ground = Ground::new();
    ground.file(
        "report/report.json",
        r#"{"schema": "seatledger-report/1", "organisation": "Organisation"}"#,
    );
    let is_taken = |name: Option<&str>| {
        let owner = Owner::of(name, name.unwrap_or("Organisation"), &[]);
        let given = free_for(&owner, name.is_some(), &ground.target()).expect("a folder");
        given != ground.target()
    };
    assert!(is_taken(None), "who has no name may be anybody");
    assert!(is_taken(Some("Acme")));
    assert!(!is_taken(Some("Organisation")));
    ground.file("report/report.json", r#"{"schema": "of another program"}"#);
    assert!(
        !is_taken(None),
        "no report is there; what is, the target looks at"
    );
    ground.file("report/.seatledger.json", "unreadable");
    assert!(is_taken(Some("Organisation")));
}
