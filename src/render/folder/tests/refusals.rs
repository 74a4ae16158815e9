//! Folders that no report is written to, each with the way out, and runs that meet.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Ground, alone, below_report, message, newer, publish, put};
use crate::render::folder::{Target, Wish, system, unwatched};

fn refused(folder: &Path, inputs: &[PathBuf]) -> String {
    let wish = Wish {
        folder,
        inputs,
        replace_edited: true,
    };
    Target::prepare(wish, &unwatched)
        .map(drop)
        .expect_err("refused")
        .report()
}

#[test]
fn the_folder_of_the_exports_and_those_above_are_refused() {
    let ground = Ground::new();
    ground.file("work/exports/users.csv", "x");
    ground.file("work/exportsnot/here.csv", "x");
    let at = |name: &str| ground.root().join(name);
    let before = ground.tree();
    for (out, input) in [
        ("work/exports", "work/exports"),
        ("work", "work/exports"),
        ("work/exports", "work/exports/users.csv"),
        ("work", "work/exports/users.csv"),
        ("work/exportsnot/../exports", "work/exports/./users.csv"),
    ] {
        let said = refused(&at(out), &[at("work/exportsnot/here.csv"), at(input)][1..]);
        assert_eq!(
            said,
            format!(
                "error: {out} is no place for the report: the exports are in it ({input})\n\n\
                 hint: name a folder for the report alone, such as --out {out}/report",
                out = at(out).display(),
                input = at(input).display()
            )
        );
    }
    assert!(ground.tree() == before);
    // Below it, beside it, or with a name that begins alike: there is nothing against that.
    for out in ["work/exports/report", "work/reports", "work/export"] {
        let folder = at(out);
        let inputs = [at("work/exports"), at("nowhere")];
        let wish = Wish {
            folder: &folder,
            inputs: &inputs,
            replace_edited: false,
        };
        assert!(Target::prepare(wish, &unwatched).is_ok(), "{out}");
    }
    assert!(ground.tree() == before);
}

#[test]
fn what_is_no_folder_is_refused() {
    let ground = Ground::new();
    ground.file("file", "of the user");
    let at = |name: &str| ground.root().join(name);
    let before = ground.tree();
    for (out, why) in [
        ("file", "file is a file"),
        ("file/report", "file is no folder"),
        ("file/deep/report", "file is no folder"),
        (
            "missing/../report",
            "missing/../report goes up from a folder that is not there",
        ),
    ] {
        assert_eq!(
            refused(&at(out), &[]),
            format!(
                "error: {}/{why}\n\nhint: name a folder for the report with --out",
                ground.root().display()
            )
        );
    }
    assert!(refused(Path::new(""), &[]).contains(" is no name of a folder"));
    assert!(ground.tree() == before);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let ground = Ground::new();
    std::os::unix::fs::symlink("missing", ground.target()).expect("a link");
    let before = ground.tree();
    assert!(refused(&ground.target(), &[]).contains("/report is a link that leads nowhere\n"));
    // A link is seen through where the exports are concerned too.
    std::os::unix::fs::symlink("exports", ground.root().join("alias")).expect("a link");
    ground.file("exports/users.csv", "x");
    let said = refused(
        &ground.root().join("alias"),
        &[ground.root().join("exports")],
    );
    assert!(said.contains("is no place for the report"), "{said}");
    fs::remove_file(ground.root().join("alias")).expect("removed");
    fs::remove_dir_all(ground.root().join("exports")).expect("removed");
    assert!(ground.tree() == before);
}

/// Two runs into one folder: the second is told to wait, whichever way they write.
#[test]
fn a_second_run_into_one_folder_is_refused_while_the_first_lasts() {
    for way in [Ground::with_earlier, Ground::with_company] {
        let ground = way();
        let folder = ground.target();
        let wish = Wish {
            folder: &folder,
            inputs: &[],
            replace_edited: false,
        };
        let first = Target::prepare(wish, &unwatched).expect("fit");
        assert_eq!(
            message(ground.put(&newer())),
            format!(
                "error: {}: another run is writing a report there\n\n\
                 hint: wait until it has ended, or name another folder with --out",
                folder.display()
            )
        );
        publish(first, &newer()).expect("written");
        ground.put(&newer()).expect("after it, the way is free");
    }
}

/// Two runs to a place where nothing is yet: one comes first, and the other destroys nothing.
#[test]
fn a_report_that_came_first_is_not_replaced_by_one_that_knew_of_none() {
    let ground = Ground::new();
    let folder = ground.target();
    let wish = Wish {
        folder: &folder,
        inputs: &[],
        replace_edited: false,
    };
    let slow = Target::prepare(wish, &unwatched).expect("fit");
    ground.put(&newer()).expect("written");
    let said = message(publish(slow, &super::earlier()));
    assert!(said.contains("cannot write "), "{said}");
    assert_eq!(below_report(&ground.tree()), alone(&newer()));
    assert!(ground.tree().keys().all(|name| name.starts_with("report/")));
}

/// What can't be moved as a whole: a mount point, the root, the folder that we stand in.
#[cfg(target_os = "linux")]
#[test]
fn mount_points_are_known() {
    let ground = Ground::with_earlier();
    assert!(!system::is_mount_point(&ground.target()));
    assert!(system::is_mount_point(Path::new("/")));
    assert!(system::is_mount_point(Path::new("/proc")));
    let about = |path: &str| fs::metadata(path).expect("there");
    assert!(system::is_root_of_device(&about("/proc"), &about("/")));
    assert!(system::is_root_of_device(&about("/"), &about("/..")));
    assert!(!system::is_root_of_device(
        &about("/proc/self/fd"),
        &about("/proc/self")
    ));
    let report = fs::metadata(ground.target()).expect("there");
    let above = fs::metadata(ground.root()).expect("there");
    assert!(!system::is_root_of_device(&report, &above));
}

/// An empty folder of the user's is as good as none, and stays as open or closed as it was.
#[test]
fn an_empty_folder_takes_a_report() {
    let ground = Ground::new();
    fs::create_dir(ground.target()).expect("a folder");
    ground.put(&newer()).expect("written");
    assert_eq!(below_report(&ground.tree()), alone(&newer()));
}

/// Folders above are made with the report, and not before: a run that fails leaves none.
#[test]
fn folders_above_are_made_with_the_report() {
    let ground = Ground::new();
    let folder = ground.root().join("reports/2026/november");
    let wish = Wish {
        folder: &folder,
        inputs: &[],
        replace_edited: false,
    };
    drop(Target::prepare(wish, &unwatched).expect("fit"));
    assert_eq!(fs::read_dir(ground.root()).expect("a folder").count(), 0);
    put(&folder, &newer(), false, &unwatched).expect("written");
    assert_eq!(super::tree(&folder), alone(&newer()));
    assert_eq!(fs::read_dir(ground.root()).expect("a folder").count(), 1);
}
