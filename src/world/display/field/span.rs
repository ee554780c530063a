//! Which numbers the ends of a field's colours stand for, eased so that colours never jump.

use super::super::{ColourMap, ease};
use crate::stream::Range;

/// The range of no numbers.
const NOTHING: Range = Range { low: 0.0, high: 0.0 };

/// What one colour range covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Spans {
    /// All maps share the range that came with the numbers.
    #[default]
    PerLayer,
    /// Each map has its own, found when the numbers arrive.
    PerMap,
    /// The range stays as it is while numbers change.
    Frozen,
    /// All maps share this one.
    Fixed(Range),
}

/// The ranges of a field: those aimed at, and those shown on the way there.
pub(super) struct Spanned {
    /// The range that came with the numbers.
    pub(super) given: Range,
    aims: Vec<Range>,
    shown: Vec<Range>,
    /// For what the ranges of the maps were found.
    found_for: Option<(ColourMap, usize)>,
}

impl Default for Spanned {
    fn default() -> Self {
        Self { given: NOTHING, aims: Vec::new(), shown: Vec::new(), found_for: None }
    }
}

impl Spanned {
    /// New numbers have arrived.
    pub(super) fn renew(&mut self) {
        self.found_for = None;
    }

    /// The range that a map's colours cover now.
    pub(super) fn shown(&self, map: usize) -> Range {
        self.shown.get(map).or(self.shown.first()).copied().unwrap_or(NOTHING)
    }

    /// Aims at the ranges of `values`, laid out from `first` on in maps of `map_len`.
    pub(super) fn aim(
        &mut self,
        spans: Spans,
        colours: ColourMap,
        values: &[f32],
        first: usize,
        maps: usize,
        map_len: usize,
    ) {
        if values.is_empty() {
            return;
        }
        match spans {
            Spans::PerMap if self.found_for == Some((colours, first)) => {}
            Spans::PerMap => {
                let of_maps = values.get(first..).unwrap_or(&[]).chunks(map_len.max(1)).take(maps);
                self.aims.clear();
                self.aims.extend(
                    of_maps.map(|map| suited(Range::robust(map, Range::DEVIATIONS), colours)),
                );
                self.aims.resize(maps.max(1), NOTHING);
                self.found_for = Some((colours, first));
            }
            Spans::PerLayer => self.aim_at_one(suited(self.given, colours)),
            Spans::Fixed(range) => self.aim_at_one(suited(range, colours)),
            // The first numbers need some range.
            Spans::Frozen if self.aims.is_empty() => self.aim_at_one(suited(self.given, colours)),
            Spans::Frozen => {}
        }
    }

    fn aim_at_one(&mut self, range: Range) {
        self.aims.clear();
        self.aims.push(range);
        self.found_for = None;
    }

    /// Lets the shown ranges follow.
    pub(super) fn ease(&mut self, delta_secs: f32) {
        if self.shown.len() != self.aims.len() {
            // One range for all splits into one each, or back, from where it is.
            let from = self.shown.first().copied();
            self.shown = self.aims.iter().map(|&aim| from.unwrap_or(aim)).collect();
        }
        for (shown, aim) in self.shown.iter_mut().zip(&self.aims) {
            shown.low = ease::approach(shown.low, aim.low, delta_secs);
            shown.high = ease::approach(shown.high, aim.high, delta_secs);
        }
    }
}

/// The range as the colours need it: zero in the middle, or at the dark end if nothing is negative.
fn suited(range: Range, colours: ColourMap) -> Range {
    if !range.low.is_finite() || !range.high.is_finite() {
        return NOTHING;
    }
    if colours.signed() { range.symmetric() } else { Range { low: range.low.min(0.0), ..range } }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f32; 6] = [0.0, 1.0, 2.0, -3.0, 0.0, 1.0];

    fn spanned(spans: Spans, colours: ColourMap) -> Spanned {
        let mut spanned = Spanned { given: Range { low: -3.0, high: 2.0 }, ..Spanned::default() };
        spanned.aim(spans, colours, &VALUES, 0, 2, 3);
        spanned.ease(0.0);
        spanned
    }

    #[test]
    fn first_range_is_taken_at_once() {
        let spanned = spanned(Spans::PerLayer, ColourMap::Diverging);
        assert_eq!(spanned.shown, [Range { low: -3.0, high: 3.0 }]);
    }

    #[test]
    fn later_ranges_are_approached_without_a_jump() {
        let mut spanned = spanned(Spans::PerLayer, ColourMap::Sequential);
        spanned.given.high = 10.0;
        spanned.aim(Spans::PerLayer, ColourMap::Sequential, &VALUES, 0, 2, 3);
        let mut before = 2.0;
        for _ in 0..60 {
            spanned.ease(1.0 / 60.0);
            let high = spanned.shown(0).high;
            assert!(high >= before && high - before < 2.0, "{before} to {high}");
            before = high;
        }
        assert_eq!(before, 10.0);
    }

    #[test]
    fn each_map_may_have_its_own_range() {
        let spanned = spanned(Spans::PerMap, ColourMap::Sequential);
        assert_eq!(spanned.shown, [Range { low: 0.0, high: 2.0 }, Range { low: -3.0, high: 1.0 }]);
    }

    #[test]
    fn frozen_stays_while_numbers_change() {
        let mut spanned = spanned(Spans::PerLayer, ColourMap::Sequential);
        spanned.given.high = 100.0;
        spanned.aim(Spans::Frozen, ColourMap::Sequential, &VALUES, 0, 2, 3);
        spanned.ease(1.0);
        assert_eq!(spanned.shown(0).high, 2.0);
    }

    #[test]
    fn a_range_that_is_not_finite_shows_as_nothing() {
        let broken = Range { low: f32::NAN, high: f32::INFINITY };
        assert_eq!(suited(broken, ColourMap::Diverging), NOTHING);
    }
}
