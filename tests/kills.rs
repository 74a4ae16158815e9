//! The program killed at random moments: the earlier report or the new one is whole, whatever else lies there.
//!
//! `SEATLEDGER_KILLS=500` raises the number of kills. Those at each single step are tested beside the code.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::case::{files_below, names_in};

const USUAL_KILLS: u32 = 24;
const DAYS: [&str; 2] = ["2026-11-19", "2026-11-20"];

type Files = BTreeMap<String, Vec<u8>>;

struct Ground {
    place: TempDir,
    /// The reports of both days.
    whole: [Files; 2],
    /// How long a run takes, and how long the part of it after the last file was written.
    lasts: Duration,
    ends: Duration,
}

impl Ground {
    fn new() -> Ground {
        let place = TempDir::new().expect("a folder");
        let mut ground = Ground {
            place,
            whole: [Files::new(), Files::new()],
            lasts: Duration::ZERO,
            ends: Duration::ZERO,
        };
        let made = ground
            .program(&["sample", "exports", "--people", "20"])
            .status();
        assert!(made.expect("the program starts").success());
        for (number, day) in DAYS.iter().enumerate() {
            let out = format!("whole-{number}");
            let begin = Instant::now();
            let mut run = ground.start(day, &out);
            let written = ground.until_all_written(&mut run, &ground.place.path().join(&out));
            assert!(run.wait().expect("it ends").success());
            ground.lasts = begin.elapsed();
            ground.ends = written.elapsed();
            ground.whole[number] = files_below(&ground.place.path().join(out));
        }
        assert!(ground.whole[0] != ground.whole[1]);
        ground
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seatledger"));
        command
            .args(arguments)
            .current_dir(self.place.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn start(&self, day: &str, out: &str) -> Child {
        self.program(&["report", "exports", "--as-of", day, "--out", out])
            .spawn()
            .expect("the program starts")
    }

    /// Waits until the last file of the new report is there, and gives the moment.
    fn until_all_written(&self, run: &mut Child, out: &Path) -> Instant {
        let is_there = || {
            let inside = fs::read_dir(out).into_iter().flatten();
            let beside = fs::read_dir(self.place.path()).into_iter().flatten();
            let mut entries = inside.chain(beside).flatten();
            entries.any(|entry| entry.path().join("new/.seatledger.json").is_file())
        };
        while run.try_wait().expect("a status").is_none() && !is_there() {
            sleep(Duration::from_micros(200));
        }
        Instant::now()
    }

    /// Kills a run: at any moment of it, or at one after the last file was written. Gives whether it was still at work.
    fn kill_one(
        &self,
        day: &str,
        out: &str,
        at_the_end: bool,
        chance: &mut oorandom::Rand64,
    ) -> bool {
        let folder = self.place.path().join(out);
        let begin = Instant::now();
        let mut run = self.start(day, out);
        if at_the_end {
            self.until_all_written(&mut run, &folder);
            sleep(self.ends.mul_f64(chance.rand_float() * 1.2));
        } else {
            let moment = self.lasts.mul_f64(chance.rand_float() * 1.1);
            sleep(moment.saturating_sub(begin.elapsed()));
        }
        let at_work = run.try_wait().expect("a status").is_none();
        let _ = run.kill();
        run.wait().expect("it ends");
        at_work
    }
}

/// Kills runs into a folder with things of the user's in it, and looks after each.
fn kill_many(own: &[(&str, &str)], at_once_whole: bool, seed: u128) {
    let ground = Ground::new();
    let folder = ground.place.path().join("out");
    for (name, text) in own {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    assert!(
        ground
            .start(DAYS[0], "out")
            .wait()
            .expect("it ends")
            .success()
    );
    let kills = std::env::var("SEATLEDGER_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(USUAL_KILLS);
    let with_own = |report: &Files| {
        let mut all = report.clone();
        for (name, text) in own {
            all.insert((*name).to_owned(), text.as_bytes().to_vec());
        }
        all
    };
    let whole = [with_own(&ground.whole[0]), with_own(&ground.whole[1])];
    let mut chance = oorandom::Rand64::new(seed);
    let (mut there, mut seen, mut at_work) = (0, [0, 0], 0);
    for kill in 0..kills / 2 {
        let next = 1 - there;
        at_work += u32::from(ground.kill_one(DAYS[next], "out", kill % 3 > 0, &mut chance));
        if at_once_whole {
            let now = files_below(&folder);
            assert!(
                whole.contains(&now),
                "after kill {kill}: neither report is whole"
            );
        }
        // The next run ends before any work, since its exports are not there; what it begins with is done.
        let next_run = ground
            .program(&["report", "missing", "--out", "out"])
            .status();
        assert_eq!(next_run.expect("the program starts").code(), Some(1));
        let now = files_below(&folder);
        let found = whole.iter().position(|report| *report == now);
        let Some(found) = found else {
            panic!("after kill {kill} and the next run: neither report is whole");
        };
        seen[usize::from(found == next)] += 1;
        there = found;
        assert_eq!(
            names_in(ground.place.path()),
            ["exports", "out", "whole-0", "whole-1"],
            "after kill {kill}"
        );
    }
    let told = format!(
        "{} kills, {at_work} at work: {} left the earlier report, {} the new one\n",
        kills / 2,
        seen[0],
        seen[1]
    );
    let _ = std::io::stderr().write_all(told.as_bytes());
    assert!(at_work > kills / 8, "{told}");
}

/// Only files of the report lie there: it is whole at any moment, not only after the next run.
#[test]
fn a_killed_run_that_exchanges_folders_leaves_a_whole_report() {
    kill_many(&[], cfg!(any(target_os = "linux", target_os = "macos")), 1);
}

/// Others lie there too.
#[test]
fn a_killed_run_that_replaces_file_by_file_leaves_a_whole_report_after_the_next() {
    let own = [
        (".git/HEAD", "ref"),
        ("notes.md", "mine"),
        ("charts/own.png", "mine too"),
    ];
    kill_many(&own, false, 2);
}
