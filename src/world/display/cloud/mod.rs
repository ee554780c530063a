//! Thousands of points of light, each with its own place, colour, size and brightness: one entity, one draw.

mod look;
mod material;
mod write;

use std::sync::Arc;

use bevy::prelude::*;

pub use look::{Marks, PointLook};
pub use material::MAX_CLOUD_COLOURS;

use super::ease;

/// Less than this of the way is no way any more.
const ARRIVED: f32 = 0.002;

pub(super) fn plugin(app: &mut App) {
    material::plugin(app);
    write::plugin(app);
}

/// Points of light in the space of their entity, in metres.
///
/// The public parts may be changed at any time. Places and looks that are shown anew are eased to.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct Cloud {
    /// The colours that [`PointLook::colour`] chooses from; those past [`MAX_CLOUD_COLOURS`] are not there.
    pub colours: Vec<Color>,
    /// The colour of rings around marked points.
    pub ring: Color,
    /// The radius of a point of size 255, in metres.
    pub largest_m: f32,
    /// How bright all of it is, 0..=1.
    pub strength: f32,
    /// The point under an aim.
    pub pointed: Option<u32>,
    /// The point that was chosen.
    pub chosen: Option<u32>,
    places: Places,
    looks: Looks,
    pictures: Pictures,
    near: bool,
}

/// Where the points are, and where they come from.
struct Places {
    now: Arc<[f32]>,
    /// For each point where it is to be and where it comes from, as the shader reads it.
    way: Arc<[f32]>,
    left: f32,
}

/// What those points are that are pictures.
struct Pictures {
    /// Rows and columns.
    size: [u32; 2],
    /// The point that has the first of them; those behind it have the others.
    first: u32,
    /// Brightness in bytes, picture after picture, row by row, four to a word.
    words: Arc<[u32]>,
}

/// How the points look, and how they looked before.
struct Looks {
    now: Arc<[u32]>,
    /// For each point both, as the shader reads it.
    way: Arc<[u32]>,
    left: f32,
}

impl Cloud {
    /// A cloud of no points yet; the largest will have this radius.
    pub fn new(largest_m: f32, colours: Vec<Color>, ring: Color) -> Self {
        let nothing = || Arc::from([]);
        Self {
            colours,
            ring,
            largest_m,
            strength: 1.0,
            pointed: None,
            chosen: None,
            places: Places { now: nothing(), way: nothing(), left: 0.0 },
            looks: Looks { now: Arc::from([]), way: Arc::from([]), left: 0.0 },
            pictures: Pictures { size: [0; 2], first: 0, words: Arc::from([]) },
            near: false,
        }
    }

    /// The same cloud before the panel on which it hangs, instead of behind all panels as stars are.
    pub const fn near(mut self) -> Self {
        self.near = true;
        self
    }

    /// How many points there are: as many as have both a place and a look.
    pub fn len(&self) -> usize {
        (self.places.now.len() / 3).min(self.looks.now.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Moves the points: x, y and z of each, in metres; one without a finite place is not drawn.
    ///
    /// As many as before set out from where they are now; others are there at once.
    pub fn show_places(&mut self, places: &Arc<[f32]>) {
        let (old, left) = (&self.places, self.places.left);
        if Arc::ptr_eq(&old.now, places) {
            return;
        }
        let same = old.now.len() == places.len() && !places.is_empty();
        let mut way = Vec::with_capacity(2 * places.len());
        let (new, _) = places.as_chunks::<3>();
        if same {
            let (from, _) = old.way.as_chunks::<6>();
            for (&[x, y, z], &[to_x, to_y, to_z, from_x, from_y, from_z]) in new.iter().zip(from) {
                let at = |to: f32, from: f32, new: f32| {
                    let now = to + (from - to) * left;
                    if now.is_finite() { now } else { new }
                };
                let before = [at(to_x, from_x, x), at(to_y, from_y, y), at(to_z, from_z, z)];
                way.extend_from_slice(&[x, y, z, before[0], before[1], before[2]]);
            }
        } else {
            for &[x, y, z] in new {
                way.extend_from_slice(&[x, y, z, x, y, z]);
            }
        }
        self.places =
            Places { now: places.clone(), way: way.into(), left: if same { 1.0 } else { 0.0 } };
    }

    /// Changes how the points look, see [`PointLook::word`]; as many as before change smoothly.
    pub fn show_looks(&mut self, looks: &Arc<[u32]>) {
        let (old, left) = (&self.looks, self.looks.left);
        if Arc::ptr_eq(&old.now, looks) || old.now == *looks {
            return;
        }
        let same = old.now.len() == looks.len();
        let way: Arc<[u32]> = if same {
            let (from, _) = old.way.as_chunks::<2>();
            let between = |&[to, from]: &[u32; 2]| look::between(to, from, left);
            looks.iter().zip(from).flat_map(|(&new, from)| [new, between(from)]).collect()
        } else {
            looks.iter().flat_map(|&new| [new, new]).collect()
        };
        self.looks = Looks { now: looks.clone(), way, left: if same { 1.0 } else { 0.0 } };
    }

    /// Gives pictures of so many rows and columns, brightness picture after picture, to the points from `first` on; those are
    /// pictures whose [`Marks`] say so.
    pub fn show_pictures(&mut self, first: u32, size: [u32; 2], bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<4>();
        let mut last = [0; 4];
        last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        let last = (!rest.is_empty()).then_some(last);
        let words = words.iter().copied().chain(last).map(u32::from_le_bytes).collect();
        self.pictures = Pictures { size, first, words };
    }

    /// Where a point is or is on its way to, in the space of the entity.
    pub fn place(&self, point: u32) -> Option<Vec3> {
        let (places, _) = self.places.now.as_chunks::<3>();
        let place = Vec3::from_array(*places.get(point as usize)?);
        place.is_finite().then_some(place)
    }

    /// Where all points are or are on their way to.
    pub fn places(&self) -> &Arc<[f32]> {
        &self.places.now
    }

    /// Lets places and looks go on; whether anything did.
    fn advance(&mut self, delta_secs: f32) {
        for left in [&mut self.places.left, &mut self.looks.left] {
            if *left > 0.0 {
                let nearer = ease::approach(*left, 0.0, delta_secs);
                *left = if nearer > ARRIVED { nearer } else { 0.0 };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud() -> Cloud {
        Cloud::new(0.02, Vec::new(), Color::NONE)
    }

    fn row(places: &[f32]) -> Arc<[f32]> {
        places.into()
    }

    #[test]
    fn first_places_are_there_at_once_and_later_ones_are_eased_to() {
        let mut cloud = cloud();
        cloud.show_places(&row(&[0.0, 0.0, 0.0]));
        assert_eq!(cloud.places.left, 0.0);
        cloud.show_places(&row(&[1.0, 0.0, 0.0]));
        assert_eq!(cloud.places.left, 1.0);
        assert_eq!(cloud.places.way[..], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(cloud.place(0), Some(Vec3::X));
    }

    #[test]
    fn a_point_on_its_way_sets_out_from_where_it_is() {
        let mut cloud = cloud();
        cloud.show_places(&row(&[0.0, 0.0, 0.0]));
        cloud.show_places(&row(&[1.0, 0.0, 0.0]));
        cloud.places.left = 0.25;
        cloud.show_places(&row(&[0.0, 2.0, 0.0]));
        assert_eq!(cloud.places.way[..], [0.0, 2.0, 0.0, 0.75, 0.0, 0.0]);
        for _ in 0..60 {
            cloud.advance(1.0 / 60.0);
        }
        assert_eq!(cloud.places.left, 0.0);
    }

    #[test]
    fn what_has_no_place_is_nowhere_and_comes_back_without_a_way() {
        let mut cloud = cloud();
        cloud.show_places(&row(&[f32::NAN, 0.0, 0.0]));
        assert_eq!(cloud.place(0), None);
        cloud.show_places(&row(&[3.0, 0.0, 0.0]));
        assert_eq!(cloud.places.way[..], [3.0, 0.0, 0.0, 3.0, 0.0, 0.0]);
    }

    #[test]
    fn pictures_lie_four_bytes_to_a_word() {
        let mut cloud = cloud();
        cloud.show_pictures(7, [1, 3], &[1, 2, 3, 4, 5, 6]);
        let Pictures { size, first, words } = &cloud.pictures;
        assert_eq!((*size, *first, &words[..]), ([1, 3], 7, &[0x0403_0201, 0x0605][..]));
    }

    #[test]
    fn only_points_with_place_and_look_count() {
        let mut cloud = cloud();
        cloud.show_places(&row(&[0.0; 6]));
        assert!(cloud.is_empty());
        cloud.show_looks(&vec![PointLook::default().word(); 5].into());
        assert_eq!(cloud.len(), 2);
    }
}
