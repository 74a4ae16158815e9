//! Each step of each way of writing: what a kill would leave there, and what an error does.
//!
//! A kill is a copy of everything, made at the step: no clean-up has run in it, and its locks are free.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{
    Ground, Report, Tree, alone, below_report, earlier, newer, newest, next_run_begins, publish,
    put, scratch, stop, tree,
};
use crate::error::Error;
use crate::render::folder::{Target, Watcher, Wish, unwatched};

/// How a new report comes to its place.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Way {
    First,
    Exchange,
    Journal,
    /// The folder turns out to have to stay only when the new report is written.
    MovedInside,
}

const WAYS: [Way; 4] = [Way::First, Way::Exchange, Way::Journal, Way::MovedInside];

impl Way {
    fn ground(self) -> Ground {
        match self {
            Way::First => Ground::new(),
            Way::Exchange | Way::MovedInside => Ground::with_earlier(),
            Way::Journal => Ground::with_company(),
        }
    }

    /// The run that is killed, or fails.
    fn run(self, root: &Path, at: Watcher<'_>) -> Result<Vec<String>, Error> {
        let folder = root.join("report");
        let wish = Wish {
            folder: &folder,
            inputs: &[],
            replace_edited: false,
        };
        let target = Target::prepare(wish, at)?;
        if self == Way::MovedInside {
            fs::write(folder.join("late.txt"), "came in while the report was made")
                .expect("a file");
        }
        publish(target, &newer())
    }

    fn is_in_place(self) -> bool {
        matches!(self, Way::Journal | Way::MovedInside)
    }

    /// What of the folder no run may touch.
    fn company(self, tree: &Tree) -> Tree {
        let mine = ["notes.txt", ".git/HEAD", "charts/mine.png", "late.txt"];
        let kept = |(name, _): &(&String, &String)| mine.contains(&name.as_str());
        below_report(tree)
            .iter()
            .filter(kept)
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect()
    }

    /// The folder without what is not ours; `None` where there is no folder.
    fn ours(self, tree: &Tree) -> Option<Tree> {
        let mut inside = below_report(tree);
        for name in self.company(tree).keys() {
            inside.remove(name);
        }
        (!inside.is_empty()).then_some(inside)
    }
}

/// Copies a folder with all in it, permissions too.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.file_type().expect("a kind").is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).expect("a copy");
        }
    }
    let permissions = fs::metadata(from).expect("a folder").permissions();
    fs::set_permissions(to, permissions).expect("permissions");
}

/// Copies of everything, one for each step.
struct Kills {
    place: TempDir,
    steps: RefCell<Vec<String>>,
}

impl Kills {
    /// Watches a run of `root` and keeps what lies there at each step.
    fn of(root: &Path, run: impl FnOnce(Watcher<'_>)) -> Kills {
        let kills = Kills {
            place: scratch(),
            steps: RefCell::default(),
        };
        run(&|step| {
            let number = kills.steps.borrow().len();
            copy(root, &kills.place.path().join(number.to_string()));
            kills.steps.borrow_mut().push(step.to_owned());
            Ok(())
        });
        kills
    }

    fn each(&self) -> Vec<(String, std::path::PathBuf)> {
        let steps = self.steps.borrow();
        let place = |number: usize| self.place.path().join(number.to_string());
        steps
            .iter()
            .enumerate()
            .map(|(number, step)| (format!("{number} {step}"), place(number)))
            .collect()
    }
}

/// Panics unless one of two reports is there whole, with everything else as it was. Gives which one.
#[track_caller]
fn whole(way: Way, root: &Path, company: &Tree, said: &str) -> &'static str {
    let now = tree(root);
    assert_eq!(&way.company(&now), company, "{said}: what is not ours");
    match way.ours(&now) {
        None if way == Way::First => "none",
        Some(ours) if ours == alone(&newer()) => "newer",
        Some(ours) if ours == alone(&earlier()) => "earlier",
        other => panic!("{said}: neither report is whole: {other:#?}"),
    }
}

#[track_caller]
fn no_trace(root: &Path, said: &str) {
    let traces: Vec<String> = tree(root)
        .into_keys()
        .filter(|name| name.contains("staging") || name.contains("journal"))
        .collect();
    assert_eq!(traces, Vec::<String>::new(), "{said}: traces");
}

/// After a kill at any step the earlier or the new report is whole, at the latest when the next run begins; so it is
/// after a kill in the midst of putting things right. Nobody else's file is touched and no trace stays.
#[test]
fn a_kill_at_any_step_leaves_one_report_whole() {
    let mut kills_in_all = 0;
    for way in WAYS {
        let ground = way.ground();
        let kills = Kills::of(ground.root(), |at| {
            way.run(ground.root(), at).expect("written");
        });
        let mut left = Vec::new();
        for (said, root) in kills.each() {
            let said = format!("{way:?}, killed at step {said}");
            let company = way.company(&tree(&root));
            if !way.is_in_place() {
                left.push(whole(way, &root, &company, &said));
            }
            let again = Kills::of(&root, |at| {
                next_run_begins(&root.join("report"), at).expect(&said);
            });
            let after = whole(way, &root, &company, &said);
            left.push(after);
            no_trace(&root, &said);
            for (step, root) in again.each() {
                let said = format!("{said}, then at {step}");
                next_run_begins(&root.join("report"), &unwatched).expect(&said);
                assert_eq!(whole(way, &root, &company, &said), after, "{said}");
                no_trace(&root, &said);
                kills_in_all += 1;
            }
            put(&root.join("report"), &newest(), false, &unwatched).expect(&said);
            assert_eq!(way.ours(&tree(&root)), Some(alone(&newest())), "{said}");
            assert_eq!(way.company(&tree(&root)), company, "{said}");
            no_trace(&root, &said);
            kills_in_all += 1;
        }
        // The steps lie on both sides of the moment at which the new report is there.
        let first = if way == Way::First { "none" } else { "earlier" };
        assert!(left.contains(&first) && left.contains(&"newer"), "{way:?}");
    }
    assert!(kills_in_all > 60, "{kills_in_all}");
}

/// An error at any step puts everything back, or comes too late to hinder the new report.
#[test]
fn an_error_at_any_step_puts_the_earlier_report_back() {
    for way in WAYS {
        for fails_at in 0.. {
            let ground = way.ground();
            let before = way.ours(&ground.tree());
            let step = Cell::new(0);
            let result = way.run(ground.root(), &|_| {
                let now = step.replace(step.get() + 1);
                if now == fails_at { stop() } else { Ok(()) }
            });
            let said = format!("{way:?}, an error at step {fails_at}");
            let company = way.company(&ground.tree());
            let there = whole(way, ground.root(), &company, &said);
            if result.is_err() {
                assert_eq!(way.ours(&ground.tree()), before, "{said}");
                no_trace(ground.root(), &said);
            } else {
                assert_eq!(there, "newer", "{said}");
            }
            next_run_begins(&ground.target(), &unwatched).expect(&said);
            whole(way, ground.root(), &company, &said);
            no_trace(ground.root(), &said);
            if step.get() <= fails_at {
                assert!(fails_at > 3, "{way:?} has steps");
                break;
            }
        }
    }
}

/// An error while an earlier error is made good keeps everything that is needed, and the next run goes on with it.
#[test]
fn an_error_on_the_way_back_loses_nothing() {
    let mut told = 0;
    for first in 0..40 {
        for second in first + 1..40 {
            let ground = Way::Journal.ground();
            let company = Way::Journal.company(&ground.tree());
            let step = Cell::new(0);
            let result = Way::Journal.run(ground.root(), &|_| {
                let now = step.replace(step.get() + 1);
                if now == first || now == second {
                    stop()
                } else {
                    Ok(())
                }
            });
            if step.get() <= second {
                break;
            }
            let said = format!("errors at steps {first} and {second}");
            if let Err(error) = result {
                let text = error.report();
                told += usize::from(text.contains("both are kept"));
            }
            next_run_begins(&ground.target(), &unwatched).expect(&said);
            whole(Way::Journal, ground.root(), &company, &said);
            no_trace(ground.root(), &said);
        }
    }
    assert!(told > 10, "{told}");
}

/// At no moment does a reader find no report, or find one half written, where the folder is exchanged.
#[test]
fn a_reader_always_finds_a_whole_report() {
    let ground = Ground::with_earlier();
    let seen: RefCell<Vec<Report>> = RefCell::default();
    put(&ground.target(), &newer(), false, &|_| {
        seen.borrow_mut().push(tree(&ground.target()));
        Ok(())
    })
    .expect("written");
    let (old, new) = (alone(&earlier()), alone(&newer()));
    let seen = seen.into_inner();
    assert!(seen.iter().all(|found| *found == old || *found == new));
    assert_eq!(seen.first(), Some(&old));
    assert_eq!(seen.last(), Some(&new));
}
