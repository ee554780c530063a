//! Sculpting: taste raised or lowered over a region of the map, and what that means in ratings.

use std::{cmp::Reverse, sync::Arc};

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    attention::{AttentionSystems, Entry, Profile, Sculpting, TasteAttention, Who},
    dome::Films,
};
use crate::{
    exhibits::recommender::payload::{Person, Rated, Ratings, StarScale, TasteAnswer},
    world::{
        display::Cloud,
        interaction::{
            aim::{AimDragged, AimPressed, AimReleased},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
    },
};

/// How far a stroke reaches, in metres of the dome.
const REACH_M: f32 = 0.55;
/// How much taste is raised or lowered where one points, in stars.
const AMOUNT_STARS: f32 = 1.5;
/// How many films of a region are given ratings in a stroke: those that most people know.
const MOST_FILMS: usize = 12;
/// What differs by less than this from the prediction says nothing, in stars.
const LEAST_STARS: f32 = 0.05;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sculpt>()
        .add_observer(begin_stroke)
        .add_observer(go_on)
        .add_observer(end_stroke)
        .add_systems(Update, (hold, become_you).chain().in_set(AttentionSystems));
}

/// The stroke over the dome that is going on, and what the last one meant.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub(super) struct Sculpt {
    /// The ratings that the last stroke stands for, those that most people know first.
    pub meant: Vec<Rated>,
    /// Whether raising and lowering are held, and the mode to return to when neither is any more.
    held: [bool; 2],
    before_held: Option<Sculpting>,
    /// The predictions when the stroke first came near, so that a slow hand does not raise what it raised already;
    /// none between strokes.
    stroke: Option<Vec<(u32, f32)>>,
}

impl Sculpt {
    /// What the last stroke meant, in words; none before the first.
    pub(super) fn in_words(&self) -> Option<String> {
        let stars = self.meant.iter().map(|rated| rated.stars);
        let (low, high) = stars.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), stars| {
            (low.min(stars), high.max(stars))
        });
        match self.meant.len() {
            0 => None,
            1 => Some(say!("recommender-as-if-you-had-given", high = format_args!("{:.1}", high))),
            films => Some(say!(
                "recommender-as-if-you-had-given-films",
                films,
                low = format_args!("{:.1}", low),
                high = format_args!("{:.1}", high)
            )),
        }
    }
}

/// How much more a film in the middle of a stroke is liked, in stars.
fn amount(sculpting: Sculpting) -> f32 {
    match sculpting {
        Sculpting::Off => 0.0,
        Sculpting::Raise => AMOUNT_STARS,
        Sculpting::Lower => -AMOUNT_STARS,
    }
}

/// While raising or lowering is held, dragging does so.
fn hold(
    mut intents: MessageReader<Intent>,
    mut sculpt: ResMut<Sculpt>,
    mut sculpting: ResMut<Sculpting>,
) {
    let before = sculpt.held;
    for intent in intents.read() {
        match *intent {
            Intent::Raise(held) => sculpt.held[0] = held,
            Intent::Lower(held) => sculpt.held[1] = held,
            _ => {}
        }
    }
    if sculpt.held == before {
        return;
    }
    let held = match sculpt.held {
        [true, false] => Some(Sculpting::Raise),
        [false, true] => Some(Sculpting::Lower),
        _ => None,
    };
    if held.is_some() && sculpt.before_held.is_none() {
        sculpt.before_held = Some(*sculpting);
    }
    let wanted = match held {
        Some(held) => held,
        None => sculpt.before_held.take().unwrap_or(*sculpting),
    };
    sculpting.set_if_neq(wanted);
}

/// How much of the amount a film gets at this distance from the middle of a stroke, 0..=1: smooth to its edge.
fn falloff(distance_m: f32) -> f32 {
    let share = (1.0 - (distance_m / REACH_M).powi(2)).max(0.0);
    share * share
}

/// The stars that raising or lowering by `amount` stands for; none where it says nothing.
fn implied(predicted: f32, amount: f32, scale: StarScale) -> Option<f32> {
    let stars = (predicted + amount).clamp(scale.low, scale.high);
    ((stars - predicted).abs() >= LEAST_STARS).then_some(stars)
}

/// All that a stroke needs.
#[derive(SystemParam)]
struct Stroke<'w, 's> {
    films: Query<'w, 's, &'static Cloud, With<Films>>,
    shown: Res<'w, ShownSnapshot>,
    run: Res<'w, ShownRun>,
    attention: Res<'w, TasteAttention>,
    sculpting: Res<'w, Sculpting>,
    sculpt: ResMut<'w, Sculpt>,
    profile: ResMut<'w, Profile>,
}

impl Stroke<'_, '_> {
    /// Sculpts around one film.
    fn at(&mut self, cloud: Entity, middle: u32) {
        let near = self.near(cloud, middle);
        let Some(predicted) = self.predicted().filter(|_| !near.is_empty()) else {
            return;
        };
        let (amount, scale) = (
            amount(*self.sculpting),
            self.run
                .0
                .material::<Ratings>()
                .map_or_else(StarScale::default, |ratings| ratings.scale),
        );
        for (item, distance_m) in near {
            let Some(before) = predicted.get(item as usize).and_then(|now| self.before(item, *now))
            else {
                continue;
            };
            if let Some(stars) = implied(before, amount * falloff(distance_m), scale) {
                self.mean(item, stars, before);
            }
        }
    }

    /// What is predicted for the visitor now; nothing while the answer is still about somebody else.
    fn predicted(&self) -> Option<Arc<[f32]>> {
        let answer = self.shown.answer::<TasteAnswer>()?;
        let of_visitor = matches!(answer.asked.people.first(), Some(Person::Visitor(_)));
        answer.people.first().filter(|_| of_visitor).map(|taste| taste.predicted.clone())
    }

    /// The films around one that most people know, with their distances; the one itself is always among them.
    fn near(&self, cloud: Entity, middle: u32) -> Vec<(u32, f32)> {
        let (Ok(films), Some(ratings)) = (self.films.get(cloud), self.run.0.material::<Ratings>())
        else {
            return Vec::new();
        };
        let Some(centre) = films.place(middle) else {
            return Vec::new();
        };
        let item = |place: u32| ratings.items.get(place as usize);
        let mut near: Vec<(u32, f32)> = (0..films.len() as u32)
            .filter_map(|place| Some((place, films.place(place)?.distance(centre))))
            .filter(|(_, distance_m)| *distance_m < REACH_M)
            .filter(|(place, _)| {
                item(*place).is_some_and(|item| self.attention.list.admits(item, item.count))
            })
            .collect();
        let known = |place: u32| item(place).map_or(0, |item| item.count);
        near.sort_by_key(|(place, _)| (*place != middle, Reverse(known(*place)), *place));
        near.truncate(MOST_FILMS);
        near
    }

    /// The prediction for a film when the stroke first came near it; none for one film too many, and for what the
    /// visitor rated in earnest.
    fn before(&mut self, item: u32, now: f32) -> Option<f32> {
        let of_item = |entry: &&Entry| entry.rated.item == item;
        if self.profile.entries.iter().find(of_item).is_some_and(|entry| !entry.sculpted) {
            return None;
        }
        let stroke = self.sculpt.stroke.as_mut()?;
        if let Some((_, before)) = stroke.iter().find(|(known, _)| *known == item) {
            return Some(*before);
        }
        (stroke.len() < MOST_FILMS).then(|| stroke.push((item, now)))?;
        Some(now)
    }

    /// Gives a film stars, unless the stroke has moved it further already.
    fn mean(&mut self, item: u32, stars: f32, before: f32) {
        match self.sculpt.meant.iter_mut().find(|rated| rated.item == item) {
            Some(known) if (known.stars - before).abs() >= (stars - before).abs() => return,
            Some(known) => known.stars = stars,
            None => self.sculpt.meant.push(Rated { item, stars }),
        }
        self.profile.rate(item, stars, true);
    }
}

/// Who sculpts, sculpts their own taste.
fn become_you(sculpting: Res<Sculpting>, mut attention: ResMut<TasteAttention>) {
    if *sculpting != Sculpting::Off && attention.who != Who::You {
        attention.who = Who::You;
    }
}

fn begin_stroke(press: On<AimPressed>, mut stroke: Stroke) {
    let Some(middle) = press.part.filter(|_| *stroke.sculpting != Sculpting::Off) else {
        return;
    };
    if stroke.films.contains(press.entity) {
        stroke.sculpt.meant.clear();
        stroke.sculpt.stroke = Some(Vec::new());
        stroke.at(press.entity, middle);
    }
}

fn go_on(drag: On<AimDragged>, mut stroke: Stroke) {
    let going_on = *stroke.sculpting != Sculpting::Off && stroke.sculpt.stroke.is_some();
    if let Some(middle) = drag.part.filter(|_| going_on) {
        stroke.at(drag.entity, middle);
    }
}

fn end_stroke(release: On<AimReleased>, films: Query<(), With<Films>>, mut sculpt: ResMut<Sculpt>) {
    if films.contains(release.entity) && sculpt.stroke.is_some() {
        sculpt.stroke = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        exhibits::recommender::payload::{Item, Ratings, Taste, TasteAnswer, TasteAsk},
        history::Run,
        stream::{Material, Report},
        world::harness::answered,
    };

    #[test]
    fn taste_changes_most_in_the_middle_and_not_beyond_the_edge() {
        assert_eq!(falloff(0.0), 1.0);
        assert!(falloff(REACH_M / 2.0) > 0.5 && falloff(REACH_M / 2.0) < 0.6);
        assert_eq!(falloff(REACH_M * 1.1), 0.0);
    }

    #[test]
    fn implied_ratings_stay_on_the_scale_and_say_something() {
        let scale = StarScale::default();
        assert_eq!(implied(3.0, 1.5, scale), Some(4.5));
        assert_eq!(implied(4.2, 1.5, scale), Some(5.0));
        assert_eq!(implied(1.0, -1.5, scale), Some(0.5));
        assert_eq!(implied(5.0, 1.5, scale), None);
        assert_eq!(implied(3.0, 0.01, scale), None);
    }

    /// A room with three films in a row, 0.4 m apart, which the visitor is predicted to like with 3, 3 and 4.8 stars.
    fn room() -> (App, Entity) {
        let mut app = App::new();
        app.init_resource::<Sculpt>()
            .init_resource::<Sculpting>()
            .init_resource::<Profile>()
            .insert_resource(TasteAttention { who: Who::You, ..TasteAttention::default() })
            .add_observer(begin_stroke)
            .add_observer(go_on)
            .add_observer(end_stroke);
        let mut run = Run::new(0);
        let items: Vec<Item> = [5, 9, 7].map(|count| Item { count, ..Item::default() }).into();
        let ratings = Ratings { items: items.into(), ..Ratings::default() };
        run.take(Report::Material(Material::plain(ratings)));
        let asked =
            TasteAsk { people: vec![Person::Visitor(Arc::from([]))], ..TasteAsk::default() };
        let taste =
            Taste { predicted: [3.0, 3.0, 4.8].into(), bias: 0.0, place: [0.0; 3], ratings: 0 };
        let answer =
            TasteAnswer { asked: Arc::new(asked), people: vec![taste], ..TasteAnswer::default() };
        app.insert_resource(ShownRun(run)).insert_resource(ShownSnapshot::of(answered(1, answer)));
        let mut cloud = Cloud::new(0.03, Vec::new(), Color::NONE);
        cloud.show_places(&[0.0, 0.0, 0.0, 0.4, 0.0, 0.0, 0.8, 0.0, 0.0].into());
        cloud.show_looks(&[0; 3].into());
        let films = app.world_mut().spawn((Films, cloud)).id();
        (app, films)
    }

    fn press(app: &mut App, entity: Entity, part: u32) {
        let aim = Entity::PLACEHOLDER;
        let (uv, part, point) = (Vec2::ZERO, Some(part), Vec3::ZERO);
        app.world_mut().trigger(AimPressed { entity, aim, uv, part, point });
    }

    fn drag(app: &mut App, entity: Entity, part: u32) {
        let aim = Entity::PLACEHOLDER;
        let (uv, part, point) = (Vec2::ZERO, Some(part), Vec3::ZERO);
        app.world_mut().trigger(AimDragged { entity, aim, uv, part, point });
    }

    fn stars(app: &App) -> [Option<f32>; 3] {
        [0, 1, 2].map(|item| app.world().resource::<Profile>().stars_of(item))
    }

    #[test]
    fn a_stroke_becomes_ratings_of_the_films_it_came_near() {
        let (mut app, films) = room();
        press(&mut app, films, 0);
        assert_eq!(stars(&app), [None; 3], "it does nothing while it is off");
        *app.world_mut().resource_mut::<Sculpting>() = Sculpting::Raise;
        press(&mut app, films, 0);
        let [first, second, third] = stars(&app);
        assert_eq!(first, Some(4.5));
        assert!(second.is_some_and(|stars| stars > 3.1 && stars < 3.6), "{second:?}");
        assert_eq!(third, None, "too far");
        drag(&mut app, films, 1);
        assert_eq!(stars(&app), [Some(4.5), Some(4.5), Some(5.0)], "and nothing is raised twice");
        assert!(app.world().resource::<Profile>().entries.iter().all(|entry| entry.sculpted));
        let said = app.world().resource::<Sculpt>().in_words();
        assert_eq!(said.as_deref(), Some("As if you had given 3 films 4.5 to 5.0"));
    }

    #[test]
    fn what_was_rated_in_earnest_stays() {
        let (mut app, films) = room();
        app.world_mut().resource_mut::<Profile>().rate(0, 2.0, false);
        *app.world_mut().resource_mut::<Sculpting>() = Sculpting::Lower;
        press(&mut app, films, 0);
        assert_eq!(stars(&app)[0], Some(2.0));
        assert!(stars(&app)[1].is_some_and(|stars| stars < 3.0));
    }

    #[test]
    fn what_is_held_sculpts_and_gives_the_mode_back() {
        let mut app = App::new();
        app.add_message::<Intent>()
            .init_resource::<Sculpt>()
            .init_resource::<Sculpting>()
            .add_systems(Update, hold);
        let mode = |app: &mut App, intent: Intent| {
            app.world_mut().write_message(intent);
            app.update();
            *app.world().resource::<Sculpting>()
        };
        assert_eq!(mode(&mut app, Intent::Back), Sculpting::Off);
        assert_eq!(mode(&mut app, Intent::Raise(true)), Sculpting::Raise);
        assert_eq!(mode(&mut app, Intent::Back), Sculpting::Raise, "still held");
        assert_eq!(mode(&mut app, Intent::Raise(false)), Sculpting::Off);
        *app.world_mut().resource_mut::<Sculpting>() = Sculpting::Raise;
        assert_eq!(mode(&mut app, Intent::Lower(true)), Sculpting::Lower);
        assert_eq!(mode(&mut app, Intent::Raise(true)), Sculpting::Raise, "both are neither");
        assert_eq!(mode(&mut app, Intent::Raise(false)), Sculpting::Lower);
        assert_eq!(mode(&mut app, Intent::Lower(false)), Sculpting::Raise);
    }
}
