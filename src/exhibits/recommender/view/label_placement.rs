//! Room for names on the dome: none stands behind a board, a legend or a card, or runs into another, as seen from the
//! visitor's head.

use bevy::{ecs::system::SystemParam, math::Affine3A, prelude::*};

use super::{
    dome::Films,
    dome_plate::{FilmName, NAME_M, NamePlate, beside, plate_order},
};
use crate::{
    words::width,
    world::{Head, stage::plan::EYE_HEIGHT_M, ui::panel::Panel},
};

/// The width of a letter on a name's own panel, and the height of its line, in metres.
const LETTER_M: f32 = 0.061;
const LINE_M: f32 = 0.17;
/// A name that gave way comes back when there is so much more room, in radians: nothing flickers.
const MORE: f32 = 0.012;
/// From a plate's edge, so that letters keep off it, in radians.
const MARGIN: f32 = 0.01;

/// Whether a name gives way to what would cover it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct GivesWay(pub(super) bool);

/// All that is hung in the hall, and where it is seen from.
#[derive(SystemParam)]
pub(super) struct Hung<'w, 's> {
    head: Query<'w, 's, &'static GlobalTransform, With<Head>>,
    dome: Query<'w, 's, &'static GlobalTransform, With<Films>>,
    panels: Query<
        'w,
        's,
        (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility),
        Without<NamePlate>,
    >,
}

impl Hung<'_, '_> {
    fn to_dome(&self) -> Affine3A {
        self.dome.iter().next().copied().unwrap_or_default().affine().inverse()
    }

    /// Where the head is, in the space of the dome.
    pub(super) fn head(&self) -> Vec3 {
        self.head.iter().next().map_or(Vec3::Y * EYE_HEIGHT_M, |head| {
            self.to_dome().transform_point3(head.translation())
        })
    }

    /// What is left for names now.
    pub(super) fn view(&self) -> LabelSpace {
        let into_dome = self.to_dome();
        let mut view = LabelSpace { head: self.head(), taken: Vec::new() };
        for (panel, place, _) in self.panels.iter().filter(|(_, _, seen)| seen.get()) {
            let half = panel.size_m / 2.0;
            let corners = [vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(1.0, 1.0), vec2(-1.0, 1.0)];
            let corners = corners.map(|corner| {
                into_dome.transform_point3(place.transform_point((corner * half).extend(0.0)))
            });
            view.taken.extend(view.of(corners).map(|rect| rect.inflate(MARGIN)));
        }
        view
    }
}

/// What is seen from a place, and what of it is taken, as bearings to the right and heights in radians.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelSpace {
    /// In the space of the dome.
    head: Vec3,
    taken: Vec<Rect>,
}

impl LabelSpace {
    #[cfg(test)]
    pub(super) const fn from(head: Vec3) -> Self {
        Self { head, taken: Vec::new() }
    }

    /// Bearing to the right and height of a place.
    pub(super) fn direction(&self, place: Vec3) -> Vec2 {
        let way = place - self.head;
        vec2(way.x.atan2(-way.z), way.y.atan2(way.xz().length()))
    }

    /// What the corners of something span; nothing where it reaches round behind.
    fn of(&self, corners: [Vec3; 4]) -> Option<Rect> {
        let seen = corners.map(|corner| self.direction(corner));
        let rect = seen
            .iter()
            .skip(1)
            .fold(Rect::from_corners(seen[0], seen[0]), |rect, at| rect.union_point(*at));
        (rect.width() < std::f32::consts::PI).then_some(rect)
    }

    /// Where a name of so many letters is seen beside a place.
    pub(super) fn name(&self, place: Vec3, letters: usize) -> Option<Rect> {
        self.name_at(&beside(place), place, letters)
    }

    /// The same while its plate is still on its way to its place.
    fn name_at(&self, plate: &Transform, place: Vec3, letters: usize) -> Option<Rect> {
        let length = (LETTER_M * letters as f32).min(NAME_M.x);
        // The words begin or end at the place.
        let (from, to) = if place.x > 0.0 {
            (NAME_M.x / 2.0 - length, NAME_M.x / 2.0)
        } else {
            (-NAME_M.x / 2.0, length - NAME_M.x / 2.0)
        };
        let half = LINE_M / 2.0;
        let corners = [(from, -half), (to, -half), (to, half), (from, half)];
        self.of(corners.map(|(x, y)| plate.transform_point(vec3(x, y, 0.0))))
    }

    /// Whether nothing stands there yet.
    pub(super) fn has_room(&self, rect: Rect) -> bool {
        self.taken.iter().all(|taken| taken.intersect(rect).is_empty())
    }

    /// Takes a part of the view.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }
}

/// Lets names give way where their plates are now, those of people and of the chosen film last.
pub(super) fn give_way(
    hung: Hung,
    mut plates: Query<(
        Entity,
        &NamePlate,
        &Transform,
        &mut GivesWay,
        &mut Visibility,
        Option<&FilmName>,
    )>,
) {
    let mut view = hung.view();
    let mut order: Vec<(usize, Entity)> =
        plates.iter().map(|(entity, .., film)| (plate_order(film), entity)).collect();
    order.sort_unstable();
    for (_, entity) in order {
        let Ok((_, plate, stands, mut gives_way, mut seen, _)) = plates.get_mut(entity) else {
            continue;
        };
        let rect =
            plate.0.as_ref().and_then(|(name, place)| view.name_at(stands, *place, width(name)));
        let Some(rect) = rect else {
            seen.set_if_neq(Visibility::Hidden);
            continue;
        };
        let wanted = if gives_way.0 { rect.inflate(MORE) } else { rect };
        let free = view.has_room(wanted);
        gives_way.set_if_neq(GivesWay(!free));
        if free {
            view.take(rect);
            seen.set_if_neq(Visibility::Inherited);
        } else {
            seen.set_if_neq(Visibility::Hidden);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EYE: Vec3 = vec3(0.0, EYE_HEIGHT_M, 0.0);

    #[test]
    fn a_name_is_seen_where_its_letters_are() {
        let view = LabelSpace::from(EYE);
        let short = view.name(vec3(0.0, EYE_HEIGHT_M, -4.6), 5).unwrap();
        let long = view.name(vec3(0.0, EYE_HEIGHT_M, -4.6), 20).unwrap();
        assert!(short.min.x > 0.0 && (short.min.x - long.min.x).abs() < 1e-3, "{short:?} {long:?}");
        assert!(long.width() > 3.0 * short.width());
        let left = view.name(vec3(1.0, EYE_HEIGHT_M, -4.6), 5).unwrap();
        assert!(left.max.x < view.direction(vec3(1.0, EYE_HEIGHT_M, -4.6)).x);
        let nearer = LabelSpace::from(EYE.with_z(-2.0));
        assert!(nearer.name(vec3(0.0, EYE_HEIGHT_M, -4.6), 5).unwrap().width() > short.width());
    }

    /// A hall with a board ahead to the left, and names at these places.
    fn hall(head: Vec3, names: &[(&str, Vec3)]) -> (App, Vec<Entity>) {
        let mut app = App::new();
        app.add_systems(Update, give_way);
        let world = app.world_mut();
        world.spawn((Head, GlobalTransform::from(Transform::from_translation(head))));
        let target = bevy::camera::ImageRenderTarget::from(Handle::<Image>::default());
        world.spawn((
            Panel {
                size_m: vec2(1.0, 1.0),
                size_dmm: vec2(500.0, 500.0),
                target,
                camera: Entity::PLACEHOLDER,
                root: Entity::PLACEHOLDER,
            },
            GlobalTransform::from(Transform::from_xyz(-1.0, EYE_HEIGHT_M, -2.0)),
            InheritedVisibility::VISIBLE,
        ));
        let plates = names
            .iter()
            .enumerate()
            .map(|(order, (name, place))| {
                let plate = NamePlate(Some(((*name).to_owned(), *place)));
                let stands = (beside(*place), Visibility::Hidden);
                world.spawn((plate, stands, GivesWay::default(), FilmName(order))).id()
            })
            .collect();
        app.update();
        (app, plates)
    }

    fn seen(app: &App, plates: &[Entity]) -> Vec<bool> {
        plates
            .iter()
            .map(|plate| app.world().get::<Visibility>(*plate) == Some(&Visibility::Inherited))
            .collect()
    }

    #[test]
    fn names_give_way_to_boards_and_to_each_other_as_seen_from_the_head() {
        let names = [
            ("Alien (1979)", vec3(-2.0, EYE_HEIGHT_M, -4.0)),
            ("Heat (1995)", vec3(0.6, EYE_HEIGHT_M + 0.3, -4.0)),
            ("Jaws (1975)", vec3(0.65, EYE_HEIGHT_M + 0.33, -4.1)),
        ];
        let (app, plates) = hall(EYE, &names);
        assert_eq!(seen(&app, &plates), [false, true, false], "behind the board, free, in its way");
        let (app, plates) = hall(EYE + vec3(0.0, 0.0, -3.0), &names[..1]);
        assert_eq!(seen(&app, &plates), [true], "whoever steps past the board sees it");
    }

    #[test]
    fn a_name_that_glides_over_another_is_not_seen_meanwhile() {
        let names = [
            ("Alien (1979)", vec3(0.6, EYE_HEIGHT_M, -4.0)),
            ("Heat (1995)", vec3(0.6, EYE_HEIGHT_M + 1.0, -4.0)),
        ];
        let (mut app, plates) = hall(EYE, &names);
        assert_eq!(seen(&app, &plates), [true, true]);
        let over = beside(names[0].1 + Vec3::Y * 0.05);
        app.world_mut().entity_mut(plates[1]).insert(over);
        app.update();
        assert_eq!(seen(&app, &plates), [true, false]);
    }
}
