//! The plan on a board: in as many rows, one below the other, as make its boxes largest. Metres, from the middle, y up.

use bevy::prelude::*;

use super::plan::{Place, Plan, Way};

/// A box is at most so wide with its gap, and a lane so high, in metres.
const MOST_CELL: Vec2 = Vec2::new(0.08, 0.08);
/// Of boxes that are as wide as this nothing is gained by another row, in metres.
const WIDE_M: f32 = 0.04;
/// Room for arches above the lanes, as a share of a lane.
const ARCH_LANES: f32 = 0.5;
/// Room for a gap between rows, as a share of a lane.
const GAP_LANES: f32 = 0.15;
/// How much of its cell a box fills: its width, and the height of one with the most units.
const FILLS: Vec2 = Vec2::new(0.74, 0.76);
/// The least height of a box, as a share of the highest.
const LEAST: f32 = 0.25;
/// How far from a box one may point at it, in cells.
const NEAR: f32 = 0.75;

/// How the plan lies on a board.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid {
    /// Columns in a row.
    per_row: usize,
    /// Width of a column, height of a lane, and from row to row.
    cell: Vec2,
    row_m: f32,
    /// Between a row's upper edge and its main lane.
    arch_m: f32,
    arches: usize,
    /// The upper left corner.
    corner: Vec2,
    /// The logarithm of the most units.
    most: f32,
}

/// A line: from, to, and how strong.
pub(super) type Line = (Vec2, Vec2, f32);

impl Grid {
    /// As large as it can be on a board of `most` metres.
    pub(super) fn new(plan: &Plan, most: Vec2) -> Self {
        let columns = plan.columns.max(1);
        let arch = if plan.arches > 0 { ARCH_LANES } else { 0.0 };
        let lanes = plan.lanes.max(1) as f32 + arch + GAP_LANES;
        let cell = |per_row: usize| {
            let rows = columns.div_ceil(per_row) as f32;
            (most / Vec2::new(per_row as f32, rows * lanes)).min(MOST_CELL)
        };
        let room = |per_row: &usize| cell(*per_row).min_element().min(WIDE_M);
        // Of equals the one with the fewest rows.
        let best = (1..=columns).max_by(|a, b| room(a).total_cmp(&room(b)));
        let per_row = best.unwrap_or(1);
        let rows = columns.div_ceil(per_row);
        let cell = cell(per_row);
        let row_m = cell.y * lanes;
        let size = Vec2::new(cell.x * per_row.min(columns) as f32, row_m * rows as f32);
        let units = plan.boxes.iter().map(|place| place.units).max().unwrap_or(0);
        Self {
            per_row,
            cell,
            row_m,
            arch_m: cell.y * arch,
            arches: plan.arches,
            corner: size * Vec2::new(-0.5, 0.5),
            most: (1.0 + units as f32).ln().max(1.0),
        }
    }

    /// Where a box lies.
    pub(super) fn rect(&self, place: &Place) -> Rect {
        let share = (1.0 + place.units as f32).ln() / self.most;
        let size = self.cell * FILLS * Vec2::new(1.0, share.max(LEAST));
        Rect::from_center_size(self.at(place.column, 0.5, self.lane_down(place.lane)), size)
    }

    /// The box that is pointed at: the nearest one that is not far away.
    pub(super) fn nearest(&self, plan: &Plan, point: Vec2) -> Option<usize> {
        let away = |place: &Place| {
            let rect = self.rect(place);
            ((point - rect.center()).abs() - rect.half_size()).max(Vec2::ZERO) / self.cell
        };
        let all = plan.boxes.iter().map(away).map(Vec2::length).enumerate();
        let (at, nearest) = all.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (nearest < NEAR).then_some(at)
    }

    /// The lines of all ways.
    pub(super) fn lines(&self, plan: &Plan) -> Vec<Line> {
        let mut lines = Vec::new();
        for way in &plan.ways {
            if let (Some(from), Some(to)) = (plan.boxes.get(way.from), plan.boxes.get(way.to)) {
                self.lead(way, from, to, &mut lines);
            }
        }
        lines
    }

    /// From the upper edge of a row to the middle of a lane.
    fn lane_down(&self, lane: usize) -> f32 {
        self.arch_m + (lane as f32 + 0.5) * self.cell.y
    }

    /// A point of the row in which a column lies: so much of the way through the column, and so far down.
    fn at(&self, column: usize, through: f32, down: f32) -> Vec2 {
        let (row, column) = (column / self.per_row.max(1), column % self.per_row.max(1));
        self.corner
            + Vec2::new((column as f32 + through) * self.cell.x, -(row as f32 * self.row_m) - down)
    }

    /// A way: straight within a lane, in steps between lanes, as an arch over what it skips.
    fn lead(&self, way: &Way, from: &Place, to: &Place, lines: &mut Vec<Line>) {
        let (out, into) = (0.5 + FILLS.x / 2.0, 0.5 - FILLS.x / 2.0);
        let (a, b) = (self.lane_down(from.lane), self.lane_down(to.lane));
        let stops: Vec<(usize, f32, f32)> = match way.arch {
            Some(level) => {
                let top = self.crown(from.lane, level);
                let roof =
                    |place: &Place| self.lane_down(place.lane) - self.rect(place).half_size().y;
                let rises = |roof: f32| roof + (top - roof) * 0.75;
                vec![
                    (from.column, 0.5, roof(from)),
                    (from.column, 0.62, rises(roof(from))),
                    (from.column, 0.85, top),
                    (to.column, 0.15, top),
                    (to.column, 0.38, rises(roof(to))),
                    (to.column, 0.5, roof(to)),
                ]
            }
            None if from.lane < to.lane => vec![
                (from.column, out, a),
                (from.column, 0.95, a),
                (from.column, 0.95, b),
                (to.column, into, b),
            ],
            None if from.lane > to.lane => vec![
                (from.column, out, a),
                (to.column, 0.05, a),
                (to.column, 0.05, b),
                (to.column, into, b),
            ],
            None => vec![(from.column, out, a), (to.column, into, b)],
        };
        let strength = if way.arch.is_some() { 0.9 } else { 0.5 };
        for two in stops.windows(2) {
            if let [a, b] = two {
                self.run(*a, *b, strength, lines);
            }
        }
    }

    /// How far below a row's upper edge an arch runs.
    fn crown(&self, lane: usize, level: usize) -> f32 {
        if lane == 0 {
            self.arch_m * (1.0 - (level + 1) as f32 / self.arches.max(1) as f32)
        } else {
            self.lane_down(lane) - 0.48 * self.cell.y
        }
    }

    /// A straight line, which goes on in the next row where one ends.
    fn run(
        &self,
        from: (usize, f32, f32),
        to: (usize, f32, f32),
        strength: f32,
        lines: &mut Vec<Line>,
    ) {
        let per_row = self.per_row.max(1);
        let (first, last) = (from.0 / per_row, to.0 / per_row);
        for row in first..=last {
            let begin = if row == first { from } else { (row * per_row, 0.0, to.2) };
            let end = if row == last { to } else { (row * per_row + per_row - 1, 1.0, from.2) };
            let at = |(column, through, down)| self.at(column, through, down);
            lines.push((at(begin), at(end), strength));
        }
    }
}
