//! Whose file is whose: only what a report of ours wrote is replaced, and not when it was edited since.

use std::fs;

use super::{Ground, Report, alone, below_report, earlier, message, newer, publish, put, report};
use crate::render::folder::{Target, Wish, unwatched};

#[test]
fn what_the_new_report_no_longer_has_goes_and_what_is_not_ours_stays() {
    let ground = Ground::with_company();
    let names = ground.put(&newer()).expect("written");
    assert_eq!(
        names,
        [
            ".seatledger.json",
            "accounts.csv",
            "charts/both.png",
            "findings.csv",
            "pages/one.html",
            "report.json"
        ]
    );
    let mut expected = alone(&newer());
    expected.insert("notes.txt".to_owned(), "mine".to_owned());
    expected.insert(".git/HEAD".to_owned(), "ref: refs/heads/main".to_owned());
    expected.insert("charts/mine.png".to_owned(), "my own picture".to_owned());
    assert_eq!(below_report(&ground.tree()), expected);
}

/// The case that emptied a project: a file of that name is not yet a report of ours.
#[test]
fn a_report_json_of_another_program_makes_nothing_ours() {
    for text in [
        "{}",
        "[1, 2]",
        "not JSON at all",
        "",
        r#"{"schema": "coverage/2", "organisation": "x"}"#,
        r#"{"schema": 1}"#,
    ] {
        let ground = Ground::new();
        ground.file("report/report.json", text);
        ground.file("report/.git/HEAD", "ref: refs/heads/main");
        ground.file("report/accounts.csv", "the user's own");
        let before = ground.tree();
        assert_eq!(
            message(ground.put(&newer())).replace(&ground.root().display().to_string(), "ROOT"),
            "error: ROOT/report has files that no report wrote, by names that the report needs: accounts.csv, \
             report.json\n\nhint: name another folder with --out, or move them away"
        );
        let forced = put(&ground.target(), &newer(), true, &unwatched);
        assert!(forced.is_err(), "--replace-edited is for our own files");
        assert!(ground.tree() == before);
    }
}

/// A report from before the manifest, with more beside it.
fn former() -> Ground {
    let ground = Ground::new();
    for (name, text) in [
        (
            "report.json",
            r#"{
                "schema": "seatledger-report/1",
                "organisation": "Example",
                "tables": [{"name": "left_by_hand", "rows": [1, {"x": 2}]}, {"name": "../outside"}],
                "charts": [{"kind": "bridge", "caption": {"name": "bridge", "title": "x"}}]
            }"#,
        ),
        ("accounts.csv", "edited or not, nobody can tell"),
        ("left_by_hand.csv", "a table of that report"),
        ("departures.csv", "no table of that report"),
        ("charts/bridge.svg", "<svg/>"),
        ("own.csv", "not a name that a report has"),
        ("charts/own.svg", "nor this"),
        ("findings.csv.bak", "nor that"),
    ] {
        ground.file(&format!("report/{name}"), text);
    }
    ground
}

#[test]
fn a_report_from_before_the_manifest_is_ours_by_its_schema_and_names() {
    let ground = former();
    ground.file("outside.csv", "of somebody");
    ground.put(&newer()).expect("written");
    assert_eq!(ground.tree()["outside.csv"], "of somebody");
    let mut expected = alone(&newer());
    for (name, text) in [
        ("departures.csv", "no table of that report"),
        ("own.csv", "not a name that a report has"),
        ("charts/own.svg", "nor this"),
        ("findings.csv.bak", "nor that"),
    ] {
        expected.insert(name.to_owned(), text.to_owned());
    }
    assert_eq!(below_report(&ground.tree()), expected);
}

#[test]
fn a_new_report_needs_a_name_that_is_not_ours() {
    let ground = Ground::with_earlier();
    ground.file("report/pages/one.html", "a page of the user's");
    ground.file("report/findings.csv", "and a table");
    let before = ground.tree();
    let said = message(ground.put(&newer()));
    assert!(
        said.contains("by names that the report needs: findings.csv\n"),
        "{said}"
    );
    fs::remove_file(ground.target().join("findings.csv")).expect("removed");
    // This one is known only when the report is made; nothing has been touched by then.
    let said = message(ground.put(&newer()));
    assert!(
        said.contains("by names that the report needs: pages/one.html\n"),
        "{said}"
    );
    ground.file("report/findings.csv", "and a table");
    assert!(ground.tree() == before);
}

#[test]
fn what_was_edited_since_stops_the_run_by_name() {
    for way in [Ground::with_earlier, Ground::with_company] {
        let ground = way();
        // Of equal length, longer, and replaced by a link; one that was removed is no edit.
        ground.file("report/accounts.csv", "a,b\n1,3\n");
        ground.file("report/charts/both.png", "first, with an arrow");
        fs::remove_file(ground.target().join("dropped.csv")).expect("removed");
        let before = ground.tree();
        assert_eq!(
            message(ground.put(&newer())).replace(&ground.root().display().to_string(), "ROOT"),
            "error: files of the report in ROOT/report were edited since it was written: accounts.csv, \
             charts/both.png\n\nhint: copy what you want to keep, or name another folder with --out; \
             --replace-edited writes over them"
        );
        assert!(ground.tree() == before);
        put(&ground.target(), &newer(), true, &unwatched).expect("written");
        let mut after = below_report(&ground.tree());
        after.retain(|name, _| {
            !["notes.txt", ".git/HEAD", "charts/mine.png"].contains(&name.as_str())
        });
        assert_eq!(after, alone(&newer()));
    }
}

/// The work takes a while, and an edit in that time is one all the same.
#[test]
fn an_edit_while_the_report_is_made_stops_it() {
    for way in [Ground::with_earlier, Ground::with_company] {
        let ground = way();
        let target = ground.target();
        let wish = Wish {
            folder: &target,
            inputs: &[],
            replace_edited: false,
        };
        let prepared = Target::prepare(wish, &unwatched).expect("fit");
        ground.file("report/accounts.csv", "a,b\n1,2\n3,4\n");
        let said = message(publish(prepared, &newer()));
        assert!(
            said.contains("were edited since it was written: accounts.csv"),
            "{said}"
        );
        let mut expected: Report = alone(&earlier());
        expected.insert("accounts.csv".to_owned(), "a,b\n1,2\n3,4\n".to_owned());
        let mut after = below_report(&ground.tree());
        after.retain(|name, _| {
            !["notes.txt", ".git/HEAD", "charts/mine.png"].contains(&name.as_str())
        });
        assert_eq!(after, expected);
    }
}

/// The same after a kill half way: what the user changed then is not overwritten by putting things right.
#[test]
fn an_edit_after_a_kill_half_way_stops_the_next_run() {
    let ground = Ground::with_company();
    let killed = std::cell::RefCell::new(None);
    put(&ground.target(), &newer(), false, &|step| {
        if step == "planned" {
            let copy = super::scratch();
            super::steps::copy(ground.root(), copy.path());
            *killed.borrow_mut() = Some(copy);
        }
        Ok(())
    })
    .expect("written");
    let killed = killed.into_inner().expect("killed");
    let folder = killed.path().join("report");
    fs::write(folder.join("report.json"), "changed after the kill").expect("a file");
    let before = super::tree(&folder);
    let said = message(put(&folder, &newer(), false, &unwatched));
    assert!(
        said.contains("were edited since it was written: report.json"),
        "{said}"
    );
    assert_eq!(super::tree(&folder), before);
    put(&folder, &newer(), true, &unwatched).expect("written");
    assert_eq!(super::tree(&folder)["report.json"], newer()["report.json"]);
}

/// A file that comes in at the very last moment is moved back to where it was put.
#[test]
fn a_file_that_comes_in_at_the_last_moment_stays() {
    let ground = Ground::with_earlier();
    put(&ground.target(), &newer(), false, &|step| {
        if step == "intended" {
            ground.file("report/late.txt", "mine");
            ground.file("report/charts/late.png", "mine too");
            ground.file("report/late/deep.txt", "and this");
        }
        Ok(())
    })
    .expect("written");
    let mut expected = alone(&newer());
    for (name, text) in [
        ("late.txt", "mine"),
        ("charts/late.png", "mine too"),
        ("late/deep.txt", "and this"),
    ] {
        expected.insert(name.to_owned(), text.to_owned());
    }
    assert_eq!(below_report(&ground.tree()), expected);
}

#[test]
fn a_manifest_that_cannot_be_used_is_refused() {
    let good = {
        let ground = Ground::with_earlier();
        ground.tree()["report/.seatledger.json"].clone()
    };
    for text in [
        String::new(),
        "[]".to_owned(),
        good.replace("seatledger-files/1", "seatledger-files/9"),
        good.replace("accounts.csv", "../outside.csv"),
        good.replace("accounts.csv", "/etc/hosts"),
        good.replace("accounts.csv", ""),
    ] {
        let ground = Ground::with_earlier();
        ground.file("outside.csv", "of somebody");
        ground.file("report/.seatledger.json", &text);
        let before = ground.tree();
        for replace_edited in [false, true] {
            let said = message(put(&ground.target(), &newer(), replace_edited, &unwatched));
            assert!(
                said.contains(
                    "/report/.seatledger.json: the list of the report's files cannot be used"
                ),
                "{said}"
            );
            assert!(said.contains("hint: without it"), "{said}");
        }
        assert!(ground.tree() == before);
    }
}

/// No clock, no order of writing: the same report has the same manifest.
#[test]
fn a_manifest_is_deterministic_and_tells_size_and_hash() {
    let text = alone(&report(&[("b.csv", "bytes"), ("a.csv", "")]))[".seatledger.json"].clone();
    assert_eq!(
        text,
        format!(
            r#"{{
  "schema": "seatledger-files/1",
  "organisation": "Example",
  "organisation_key": "{}",
  "files": {{
    "a.csv": {{
      "size": 0,
      "xxh3": "2d06800538d394c2"
    }},
    "b.csv": {{
      "size": 5,
      "xxh3": "{:016x}"
    }}
  }}
}}
"#,
            super::owner("Example").key,
            xxhash_rust::xxh3::xxh3_64(b"bytes"),
        )
    );
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::super::{Ground, alone, below_report, earlier, message, newer, put};
    use crate::render::folder::unwatched;

    /// A link in the place of one of our files is an edit; writing over it leaves what it leads to alone.
    #[test]
    fn a_link_in_the_place_of_a_file_is_not_followed() {
        for way in [Ground::with_earlier, Ground::with_company] {
            let ground = way();
            ground.file("elsewhere.csv", "a,b\n1,2\n");
            fs::remove_file(ground.target().join("accounts.csv")).expect("removed");
            symlink(
                ground.root().join("elsewhere.csv"),
                ground.target().join("accounts.csv"),
            )
            .expect("a link");
            let said = message(ground.put(&newer()));
            assert!(
                said.contains("were edited since it was written: accounts.csv"),
                "{said}"
            );
            put(&ground.target(), &newer(), true, &unwatched).expect("written");
            assert_eq!(ground.tree()["elsewhere.csv"], "a,b\n1,2\n");
            assert!(
                fs::symlink_metadata(ground.target().join("accounts.csv"))
                    .expect("there")
                    .is_file()
            );
        }
    }

    #[test]
    fn a_folder_of_charts_that_leads_elsewhere_is_not_written_through() {
        let ground = Ground::with_earlier();
        fs::rename(
            ground.target().join("charts"),
            ground.root().join("elsewhere"),
        )
        .expect("moved");
        symlink("../elsewhere", ground.target().join("charts")).expect("a link");
        let before = ground.tree();
        let said = message(put(&ground.target(), &newer(), true, &unwatched));
        assert!(
            said.contains("by names that the report needs: charts\n"),
            "{said}"
        );
        assert!(ground.tree() == before);
    }

    #[test]
    fn a_link_to_the_folder_is_followed() {
        let ground = Ground::with_earlier();
        symlink("report", ground.root().join("latest")).expect("a link");
        put(&ground.root().join("latest"), &newer(), false, &unwatched).expect("written");
        assert_eq!(below_report(&ground.tree()), alone(&newer()));
        assert_eq!(ground.tree()["latest"], "-> report");
    }

    fn mode(ground: &Ground, name: &str) -> u32 {
        let about = fs::metadata(ground.root().join(name)).expect("there");
        about.permissions().mode() & 0o7777
    }

    /// A report is as open as any file of the user's, its staging is private, and what he closed stays closed.
    #[test]
    fn permissions_are_the_users() {
        let ground = Ground::new();
        ground.file("usual/file", "");
        let (usual_folder, usual_file) = (mode(&ground, "usual"), mode(&ground, "usual/file"));
        let staging = |ground: &Ground| {
            let names = |folder: &std::path::Path| -> Vec<_> {
                fs::read_dir(folder)
                    .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
                    .unwrap_or_default()
            };
            let mut all = names(ground.root());
            all.extend(names(&ground.target()));
            all.retain(|path| path.to_string_lossy().contains(".seatledger-"));
            assert_eq!(all.len(), 1, "{all:?}");
            fs::metadata(&all[0]).expect("there").permissions().mode() & 0o777
        };
        let private = |step: &str| {
            if step == "written" {
                assert_eq!(staging(&ground), 0o700);
            }
            Ok(())
        };
        put(&ground.target(), &earlier(), false, &private).expect("written");
        for name in ["report", "report/charts"] {
            assert_eq!(mode(&ground, name), usual_folder, "{name}");
        }
        for name in [
            "report/report.json",
            "report/charts/old.png",
            "report/.seatledger.json",
        ] {
            assert_eq!(mode(&ground, name), usual_file, "{name}");
        }
        let close = |name: &str, mode| {
            fs::set_permissions(ground.root().join(name), Permissions::from_mode(mode))
                .expect("set");
        };
        close("report", 0o2750);
        close("report/charts", 0o700);
        close("report/accounts.csv", 0o600);
        put(&ground.target(), &newer(), false, &private).expect("written");
        assert_eq!(mode(&ground, "report"), 0o2750);
        assert_eq!(mode(&ground, "report/charts"), 0o700);
        assert_eq!(mode(&ground, "report/accounts.csv"), 0o600);
        assert_eq!(mode(&ground, "report/findings.csv"), usual_file);
        // The other way of writing keeps them as well.
        ground.file("report/notes.txt", "mine");
        put(&ground.target(), &earlier(), false, &private).expect("written");
        assert_eq!(mode(&ground, "report"), 0o2750);
        assert_eq!(mode(&ground, "report/charts"), 0o700);
        assert_eq!(mode(&ground, "report/accounts.csv"), 0o600);
    }
}
