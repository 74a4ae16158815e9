//! `report --timeline` says how long each stage took.

use crate::case::Case;

#[test]
fn the_stages_add_up_to_the_whole() {
    let ran = Case::sample()
        .report()
        .args(["--timeline"])
        .any_stderr()
        .run();
    let lines = ran.stderr.lines().filter_map(|line| {
        let (time, stage) = line.split_once(" ms  ")?;
        Some((stage, time.trim().parse::<f64>().expect("a time")))
    });
    let stages: Vec<(&str, f64)> = lines.collect();
    let (whole, parts) = stages.split_last().expect("stages");
    assert_eq!(whole.0, "in all");
    assert!(parts.len() >= 6, "{}", ran.stderr);
    assert!(parts.iter().any(|(stage, _)| *stage == "files written"));
    let sum: f64 = parts.iter().map(|(_, time)| time).sum();
    assert!((sum - whole.1).abs() < 1.0, "{}", ran.stderr);
}
