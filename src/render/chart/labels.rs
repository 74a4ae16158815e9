//! Keeping labels apart: a column of labels beside line ends, and free places for callouts.
//!
//! Only geometry; the caller says how large each label is and draws it.

use crate::render::chart::scene::{Area, Place};

/// Moves the centres of labels, each `height` high, as little as possible so that none overlaps
/// and all stay between `top` and `bottom`. The answer has the order of the input.
pub(super) fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    struct Group {
        members: Vec<usize>,
        height: f64,
        /// Sum over the members of the start that each would like the group to have.
        wishes: f64,
    }
    impl Group {
        fn start(&self, top: f64, bottom: f64) -> f64 {
            let free = self.wishes / self.members.len() as f64;
            free.min(bottom - self.height).max(top)
        }
    }

    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    let mut groups: Vec<Group> = Vec::new();
    for index in order {
        let (centre, height) = wanted[index];
        let mut group = Group {
            members: vec![index],
            height,
            wishes: centre - height / 2.0,
        };
        // Labels that collide move on as one block, as long as it collides with the block above.
        while let Some(above) = groups.pop() {
            if above.start(top, bottom) + above.height <= group.start(top, bottom) {
                groups.push(above);
                break;
            }
            let shift = above.height * group.members.len() as f64;
            group = Group {
                height: above.height + group.height,
                wishes: above.wishes + group.wishes - shift,
                members: above.members.into_iter().chain(group.members).collect(),
            };
        }
        groups.push(group);
    }

    let mut centres = vec![0.0; wanted.len()];
    for group in groups {
        let mut start = group.start(top, bottom);
        for index in group.members {
            centres[index] = start + wanted[index].1 / 2.0;
            start += wanted[index].1;
        }
    }
    centres
}

/// What a callout's label must not cover.
pub(super) struct Crowd<'a> {
    pub(super) bounds: Area,
    /// Labels and points placed already.
    pub(super) taken: Vec<Area>,
    /// Lines of the chart; covering them is bad, covering a label is worse.
    pub(super) lines: &'a [Vec<Place>],
    /// Edges of the ranges, which may be covered when there is no better place.
    pub(super) edges: &'a [Vec<Place>],
}

impl Crowd<'_> {
    /// The best corner for a box of `size` that belongs to `point`.
    pub(super) fn place(&self, point: Place, (width, height): (f64, f64)) -> Area {
        let mut best: Option<(f64, Area)> = None;
        for ring in [12.0, 20.0, 30.0, 44.0, 60.0, 78.0, 98.0, 120.0, 150.0_f64] {
            for turn in 0_u8..24 {
                // Start above left, where rising lines leave room.
                let angle = (f64::from(turn) * 15.0 + 225.0).to_radians();
                let (across, down) = (angle.cos(), angle.sin());
                let area = Area {
                    x: point.0 + across * ring + (across - 1.0) / 2.0 * width,
                    y: point.1 + down * ring + (down - 1.0) / 2.0 * height,
                    width,
                    height,
                };
                let cost = self.cost(&area) + ring + self.leader_cost(point, &area);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, area));
                }
            }
        }
        best.map_or(
            Area {
                x: point.0,
                y: point.1,
                width,
                height,
            },
            |(_, area)| area,
        )
    }

    fn cost(&self, area: &Area) -> f64 {
        let outside = if self.bounds.holds(area) { 0.0 } else { 1e6 };
        let around = area.grown(3.0);
        let covered = self.taken.iter().filter(|box_| around.overlaps(box_));
        let crossed = self
            .lines
            .iter()
            .filter(|line| line.windows(2).any(|pair| meets(pair[0], pair[1], &around)));
        let edges = self
            .edges
            .iter()
            .filter(|line| line.windows(2).any(|pair| meets(pair[0], pair[1], &around)));
        outside
            + covered.count() as f64 * 1e4
            + crossed.count() as f64 * 150.0
            + edges.count() as f64 * 30.0
    }

    /// A leader should not run over a label or another point.
    fn leader_cost(&self, point: Place, area: &Area) -> f64 {
        let foot = area.nearest(point);
        let own = |taken: &Area| taken.grown(1.0).nearest(point) == point;
        let met = self.taken.iter().filter(|taken| !own(taken));
        met.filter(|taken| meets(point, foot, taken)).count() as f64 * 120.0
    }
}

/// Whether the segment touches the box (the slab method).
fn meets(from: Place, to: Place, area: &Area) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let slabs = [
        (from.0, to.0 - from.0, area.x, area.right()),
        (from.1, to.1 - from.1, area.y, area.bottom()),
    ];
    for (start, along, low, high) in slabs {
        if along.abs() < 1e-9 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - start) / along, (high - start) / along);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    enter <= leave
}

/// `points` without those that a straight line through their neighbours passes within a quarter
/// of a pixel: whole-pixel backends would turn dense points into a visible wobble.
pub(super) fn simplified(points: &[Place]) -> Vec<Place> {
    let mut keep = vec![false; points.len()];
    let mut spans = Vec::new();
    if let Some(last) = points.len().checked_sub(1) {
        keep[0] = true;
        keep[last] = true;
        spans.push((0, last));
    }
    while let Some((first, last)) = spans.pop() {
        let farthest = (first + 1..last)
            .map(|index| (distance(points[index], points[first], points[last]), index))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((far, index)) = farthest
            && far > 0.25
        {
            keep[index] = true;
            spans.push((first, index));
            spans.push((index, last));
        }
    }
    let kept = points.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(point, _)| *point).collect()
}

fn distance(point: Place, from: Place, to: Place) -> f64 {
    let (along_x, along_y) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (point.0 - from.0, point.1 - from.1);
    let length = along_x.hypot(along_y);
    if length < 1e-9 {
        return x.hypot(y);
    }
    (along_x * y - along_y * x).abs() / length
}

#[cfg(test)]
mod tests {
    use super::{Crowd, meets, simplified, spread};
    use crate::render::chart::scene::Area;

    #[test]
    fn labels_are_pushed_apart_and_stay_inside() {
        let wanted = [(50.0, 10.0), (52.0, 10.0), (49.0, 10.0), (99.0, 10.0)];
        let centres = spread(&wanted, 0.0, 100.0);
        let mut sorted = centres.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] > 9.99));
        assert!((centres[3] - 95.0).abs() < 1e-9);
        // The order on the page is the order of the line ends.
        assert!(centres[2] < centres[0] && centres[0] < centres[1]);
    }

    #[test]
    fn a_label_alone_stays_where_it_wants() {
        assert!((spread(&[(40.0, 12.0)], 0.0, 100.0)[0] - 40.0).abs() < 1e-9);
        assert!(spread(&[], 0.0, 100.0).is_empty());
    }

    #[test]
    fn a_callout_avoids_what_is_taken() {
        let area = |x, y, width, height| Area {
            x,
            y,
            width,
            height,
        };
        let crowd = Crowd {
            bounds: area(0.0, 0.0, 400.0, 300.0),
            taken: vec![area(100.0, 80.0, 100.0, 60.0)],
            lines: &[vec![(0.0, 300.0), (400.0, 0.0)]],
            edges: &[],
        };
        let placed = crowd.place((200.0, 150.0), (90.0, 30.0));
        assert!(!placed.overlaps(&crowd.taken[0]));
        assert!(!meets((0.0, 300.0), (400.0, 0.0), &placed));
        assert!(crowd.bounds.holds(&placed));
    }

    #[test]
    fn straight_runs_lose_their_inner_points() {
        let points: Vec<_> = (0..50)
            .map(|x| (f64::from(x), f64::from(x) / 3.0))
            .collect();
        assert_eq!(simplified(&points).len(), 2);
        assert_eq!(simplified(&[(0.0, 0.0), (5.0, 0.0), (5.0, 9.0)]).len(), 3);
    }
}
