//! A single rating at work: how it pulls the person's point and the film's, while one can follow it.

use bevy::prelude::*;

use super::{
    dome::{DomeSystems, Films},
    dome_pointing::named,
    dome_shape::DomeFit,
};
use crate::{
    exhibits::recommender::{EXHIBIT_ID, LAST_RATING, PEOPLE_PLACES, payload::Ratings},
    history::Run,
    stream::{RunState, Snapshot},
    world::{
        WorldSystems,
        display::{Cloud, Marks, PointLook, Wires},
        interaction::aim::Untouchable,
        link::{ShownRun, ShownSnapshot},
        stage::{PlinthPlaced, plan::EYE_HEIGHT_M},
        ui::{
            controls, palette,
            panel::{Foremost, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// One can follow so many ratings a second at most.
const FOLLOWED_PER_SECOND: f32 = 30.0;
/// Width of the line, in metres.
const LINE_M: f32 = 0.006;
/// The radius of the person's point, in metres.
const PERSON_M: f32 = 0.022;
/// Width and height of the card, and the distance it is read from, in metres.
const SIZE_M: Vec2 = vec2(1.6, 0.8);
const READ_FROM_M: f32 = 3.4;
/// So many letters of a film's name have room on a line of the card.
const FILM_LETTERS: usize = 30;
/// The card hangs so far ahead of the middle of the hall, between the boards, in metres.
const AWAY_M: f32 = 2.9;
/// How far below the line, in metres.
const BELOW_M: f32 = 0.3;
/// The card's middle is between these heights, in metres: above the desk, and below the progress banner.
const LEAST_M: f32 = 1.3;
const MOST_M: f32 = 2.5;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_pull).add_systems(
        Update,
        show_pull.in_set(WorldSystems::Show).in_set(super::ON_STAGE).after(DomeSystems),
    );
}

/// The line from the person to the film.
#[derive(Component)]
struct PullLine;

/// The person's point.
#[derive(Component)]
struct PullPerson;

/// The panel that says what happens.
#[derive(Component)]
struct PullCard;

/// Its first or second text.
#[derive(Component)]
struct PullWords(usize);

/// A rating that was just learned.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pull {
    person: usize,
    item: usize,
    /// Given, predicted before it was learned, and the difference, in stars.
    stars: f32,
    predicted: f32,
    error: f32,
}

fn hang_pull(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut wires = Wires::new(1);
    (wires.colour, wires.width) = (palette::ACCENT_BRIGHT, LINE_M);
    hanger.commands.spawn((Name::new("Pull"), PullLine, wires, ChildOf(placed.entity)));
    hanger.commands.spawn((
        Name::new("Pulled person"),
        PullPerson,
        Cloud::new(PERSON_M, vec![palette::INK], palette::ACCENT_BRIGHT),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    let card = hanger.hang(PanelPlan::clear("Last rating", SIZE_M, READ_FROM_M));
    hanger.commands.entity(card.panel).insert((
        PullCard,
        Untouchable,
        Foremost,
        Transform::default(),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn(controls::card());
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.align_self = AlignSelf::Center;
            plate.row_gap = px(2);
        });
        plate.with_children(|page| {
            for (line, ink) in [palette::INK, palette::ACCENT_BRIGHT].into_iter().enumerate() {
                page.spawn((
                    words::set("", type_size::CAPTION, FontWeight::NORMAL, ink),
                    TextLayout::justify(Justify::Center).with_no_wrap(),
                    PullWords(line),
                ));
            }
        });
    });
}

/// Whether one can follow single ratings: while it is slow, and while it waits after a step.
fn can_be_followed(run: &Run) -> bool {
    match run.state() {
        RunState::Paused => true,
        RunState::Training => {
            let latest = run.scalars().latest();
            latest.is_some_and(|step| step.examples_per_second <= FOLLOWED_PER_SECOND)
        }
        _ => false,
    }
}

/// What was learned last.
fn last_pull(snapshot: &Snapshot) -> Option<Pull> {
    let &[person, item, stars, predicted, error] = &*snapshot.layer(LAST_RATING)?.values else {
        return None;
    };
    Some(Pull { person: person as usize, item: item as usize, stars, predicted, error })
}

/// What happens, in words: who gave how many stars to which film, and what that does; two lines each.
fn told(pull: Pull, ratings: &Ratings) -> Option<[String; 2]> {
    let person = ratings.people.get(pull.person)?;
    let film = words::squeezed(&named(ratings.items.get(pull.item)?), FILM_LETTERS);
    let Pull { stars, predicted, error, .. } = pull;
    let way = if error >= 0.0 {
        say!("recommender-both-move-nearer-together")
    } else {
        say!("recommender-both-move-further-apart")
    };
    let error = format!("{error:+.2}").replace('-', "−");
    let predicted = format!("{predicted:.2}");
    Some([
        say!("recommender-person-gave-to", person, film, stars = format_args!("{stars:.1}")),
        say!("recommender-predicted-error", predicted, error, way),
    ])
}

fn show_pull(
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    fit: Res<DomeFit>,
    films: Option<Single<&Cloud, (With<Films>, Without<PullPerson>)>>,
    line: Option<Single<&mut Wires, With<PullLine>>>,
    person: Option<Single<(&mut Cloud, &mut Visibility), With<PullPerson>>>,
    card: Option<Single<(&mut Transform, &mut Visibility), (With<PullCard>, Without<PullPerson>)>>,
    mut texts: Query<(&PullWords, &mut Text)>,
    mut last: Local<Option<(Pull, [Vec3; 2])>>,
) {
    let (Some(films), Some(mut line), Some(person), Some(card)) = (films, line, person, card)
    else {
        return;
    };
    let found = shown.get().filter(|_| can_be_followed(&run.0)).and_then(|snapshot| {
        let pull = last_pull(snapshot)?;
        let (people, _) = snapshot.layer(PEOPLE_PLACES)?.values.as_chunks::<3>();
        let from = fit.place(*people.get(pull.person)?);
        let to = films.place(u32::try_from(pull.item).ok()?)?;
        from.is_finite().then_some((pull, [from, to]))
    });
    if *last == found {
        return;
    }
    *last = found;
    let (mut point, mut point_seen) = person.into_inner();
    let (mut place, mut card_seen) = card.into_inner();
    let words =
        found.zip(run.0.material::<Ratings>()).and_then(|((pull, _), ratings)| told(pull, ratings));
    let (Some((_, [from, to])), Some(words)) = (found, words) else {
        line.clear();
        point_seen.set_if_neq(Visibility::Hidden);
        card_seen.set_if_neq(Visibility::Hidden);
        return;
    };
    line.set(&[(from, to, 1.0)]);
    point.show_places(&from.to_array().into());
    let look = PointLook { colour: 0, size: 255, brightness: 255, marks: Marks::RING };
    point.show_looks(&[look.word()].into());
    point_seen.set_if_neq(Visibility::Inherited);
    card_seen.set_if_neq(Visibility::Inherited);
    place.set_if_neq(under(from.midpoint(to)));
    for (PullWords(line), mut text) in &mut texts {
        if let Some(wanted) = words.get(*line).filter(|wanted| text.0 != **wanted) {
            text.0.clone_from(wanted);
        }
    }
}

/// Where the card hangs under the middle of the line, turned to the middle of the hall.
fn under(middle: Vec3) -> Transform {
    let eye = Vec3::Y * EYE_HEIGHT_M;
    let towards = (middle - Vec3::Y * BELOW_M - eye).normalize_or(Vec3::NEG_Z);
    let up = (eye + towards * AWAY_M).y.clamp(LEAST_M, MOST_M);
    let at = vec3(0.0, up, -AWAY_M);
    Transform::from_translation(at).looking_to(at - eye, Vec3::Y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Item;

    #[test]
    fn a_rating_is_told_with_what_it_does() {
        let ratings = Ratings {
            people: ["15".to_owned()].into(),
            items: vec![Item { title: "The Matrix".to_owned(), ..Item::default() }].into(),
            ..Ratings::default()
        };
        let pull = Pull { person: 0, item: 0, stars: 4.0, predicted: 3.4, error: 0.6 };
        let words = told(pull, &ratings).unwrap();
        assert_eq!(words[0], "Person 15 gave 4.0 to\nThe Matrix");
        assert_eq!(words[1], "Predicted 3.40, error +0.60\nBoth move nearer together");
        let worse = Pull { stars: 3.0, error: -0.4, ..pull };
        assert!(told(worse, &ratings).unwrap()[1].contains("−0.40\nBoth move further apart"));
        assert_eq!(told(Pull { item: 1, ..pull }, &ratings), None);
    }

    #[test]
    fn every_line_has_room_on_the_card_however_long_a_name_is() {
        let item =
            Item { title: "Cinema Paradiso ".repeat(6), year: Some(1989), ..Item::default() };
        let ratings = Ratings {
            people: ["138493".to_owned()].into(),
            items: vec![item].into(),
            ..Ratings::default()
        };
        let pull = Pull { person: 0, item: 0, stars: 3.5, predicted: 2.87, error: 0.63 };
        // A letter is about 13 dmm wide; the card is nearly as wide as its panel.
        let room = SIZE_M.x * 1000.0 / READ_FROM_M / 13.0;
        for line in told(pull, &ratings).unwrap().iter().flat_map(|text| text.lines()) {
            assert!(line.chars().count() as f32 <= room, "{line}");
        }
    }

    #[test]
    fn the_card_stays_above_the_desk_and_faces_the_middle() {
        let place = under(vec3(0.0, 0.5, -4.0));
        assert!(place.translation.y >= LEAST_M);
        let to_eye = (Vec3::Y * EYE_HEIGHT_M - place.translation).normalize_or_zero();
        assert!((place.rotation * Vec3::Z).dot(to_eye) > 0.999);
    }
}
