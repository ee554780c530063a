//! The switch of the map: along the axes of most variance, or neighbours together, and how far that has come.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::attention::{AttentionSystems, TasteAttention};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{Laid, Layout, LayoutProgress, TasteAnswer},
    },
    stream::RunId,
    words::Word,
    world::{
        WorldSystems,
        hall_events::HallListener,
        link::{ShownRun, ShownSnapshot},
        stage::OnStage,
        timeline::{Timeline, travel},
        ui::{
            controls::{Activate, Fraction, Offer, Offers, fraction, offer},
            sheet::percent_of,
            type_size,
            while_pointed::while_pointed,
            words,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<LastLayoutAsked>()
        .add_systems(Update, return_to_axes.in_set(AttentionSystems))
        .add_systems(Update, tell.in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)));
}

/// The number of the last layout that was asked for, and in which run.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LastLayoutAsked {
    number: u32,
    run: Option<RunId>,
}

/// A side of the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MapLayout {
    Axes,
    Neighbours,
}

/// The line of words under the switch.
#[derive(Component)]
struct MapSwitchText;

/// The bar that fills while films travel.
#[derive(Component)]
struct Bar;

/// The switch, its bar and a line of words, which answers to pointing at the sign that all of it stands on.
pub(super) fn write(page: &mut ChildSpawnerCommands, sign: Entity) {
    page.spawn(Node {
        column_gap: px(type_size::GAP),
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..default()
    })
    .with_children(|line| {
        let dress = |node: &mut Node| {
            node.min_height = px(type_size::ROW + 6.0);
            node.padding = UiRect::axes(px(10), px(0));
        };
        offer(line, &SIDES, dress, |_| choose);
    });
    page.spawn((fraction(0.0), Bar, Visibility::Hidden)).entry::<Node>().and_modify(|mut node| {
        node.height = px(5);
    });
    page.spawn((words::caption(""), TextLayout::no_wrap(), MapSwitchText, while_pointed(sign)));
}

const SIDES: [(&str, Word, MapLayout); 2] = [
    ("map-axes", key!("recommender-most-variance-pca"), MapLayout::Axes),
    ("map-neighbours", key!("recommender-neighbours-t-sne"), MapLayout::Neighbours),
];

fn choose(
    press: On<Activate>,
    sides: Query<&Offer<MapLayout>>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    mut asked: ResMut<LastLayoutAsked>,
    mut attention: ResMut<TasteAttention>,
    timeline: Option<ResMut<Timeline>>,
    told: Option<ResMut<HallListener>>,
) {
    // Pictures of the past lie as they lay then: another layout is one of the present.
    if let Some(mut timeline) = timeline {
        travel(None, &mut timeline, told);
    }
    let Ok(side) = sides.get(press.entity) else {
        return;
    };
    let wanted = match side.0 {
        MapLayout::Axes => Layout::Components,
        MapLayout::Neighbours => {
            let run = run.0.started().map(|started| started.run);
            let laid = shown.answer::<TasteAnswer>().and_then(|answer| answer.laid.as_ref());
            let here = matches!(attention.layout, Layout::Neighbours(_));
            let again =
                here && laid.is_some_and(|laid| is_over(laid) && step_of(&shown) > laid.step);
            if again || asked.run != run {
                *asked = LastLayoutAsked { number: asked.number + 1, run };
            }
            Layout::Neighbours(asked.number)
        }
    };
    if attention.layout != wanted {
        attention.layout = wanted;
    }
}

fn step_of(shown: &ShownSnapshot) -> u64 {
    shown.get().map_or(0, |snapshot| snapshot.step.0)
}

const fn is_over(laid: &Laid) -> bool {
    matches!(laid.progress, LayoutProgress::Done { .. } | LayoutProgress::Refused(_))
}

/// Whether films lie by their neighbours already, and no longer along the axes.
const fn is_laid_out(laid: &Laid) -> bool {
    matches!(laid.progress, LayoutProgress::Moving { .. } | LayoutProgress::Done { .. })
}

/// A new run begins with the axes: its first factors are noise, which has no neighbours.
fn return_to_axes(
    run: Res<ShownRun>,
    mut attention: ResMut<TasteAttention>,
    mut last: Local<Option<RunId>>,
) {
    let now = run.0.started().map(|started| started.run);
    if std::mem::replace(&mut *last, now) != now && attention.layout != Layout::Components {
        attention.layout = Layout::Components;
    }
}

fn tell(
    attention: Res<TasteAttention>,
    shown: Res<ShownSnapshot>,
    mut sides: Offers<MapLayout>,
    mut texts: Query<&mut Text, With<MapSwitchText>>,
    bar: Option<Single<(&mut Fraction, &mut Visibility), With<Bar>>>,
) {
    if !attention.is_changed() && !shown.is_changed() {
        return;
    }
    // The picture's own: what the model says now may be laid out otherwise.
    let answer = shown.get().and_then(|picture| picture.answer::<TasteAnswer>());
    let answer = answer.map(AsRef::as_ref);
    let laid = answer.and_then(|answer| answer.laid.as_ref());
    // What is lit is what is seen, not what was asked for.
    let by_neighbours = laid.is_some_and(is_laid_out);
    sides.light(|side| (*side == MapLayout::Neighbours) == by_neighbours);
    for mut text in &mut texts {
        text.set_if_neq(Text(words_on(attention.layout, answer, step_of(&shown))));
    }
    if let Some(bar) = bar {
        let (mut fraction, mut seen) = bar.into_inner();
        let done = laid.and_then(share_of);
        let wanted = if done.is_some() { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
        if let Some(done) = done.filter(|done| fraction.0.to_bits() != done.to_bits()) {
            fraction.0 = done;
        }
    }
}

/// How much of it is done, 0..=1; none when nothing goes on.
fn share_of(laid: &Laid) -> Option<f32> {
    match laid.progress {
        LayoutProgress::Searching { done, of } => Some(done as f32 / of.max(1) as f32),
        LayoutProgress::Moving { epoch, epochs } => Some(epoch as f32 / epochs.max(1) as f32),
        LayoutProgress::Done { .. } | LayoutProgress::Refused(_) => None,
    }
}

/// How far it is, what it keeps and what must not be read into it, as of `step`.
fn words_on(wanted: Layout, answer: Option<&TasteAnswer>, step: u64) -> String {
    let Some(laid) = answer.and_then(|answer| answer.laid.as_ref()) else {
        let words = match wanted {
            Layout::Components => say!("recommender-map-the-3-axes-along"),
            Layout::Neighbours(_) => say!("recommender-map-this-picture-is-still"),
        };
        return words.to_owned();
    };
    let count = |count: usize| HumanCount(count as u64).to_string();
    let of = HumanCount(laid.step);
    match &laid.progress {
        LayoutProgress::Searching { done, of: all } => {
            say!("recommender-step-neighbours-of-of", of, done = count(*done), all = count(*all))
        }
        LayoutProgress::Moving { epoch, epochs } => {
            say!("recommender-step-epoch-of", of, epoch, epochs)
        }
        LayoutProgress::Done { .. } if step > laid.step => {
            say!("recommender-of-step-press-again-to", of)
        }
        // The share of each item's ten nearest in taste that are among its ten nearest here.
        LayoutProgress::Done { kept, kept_before } => say!(
            "recommender-far-says-nothing-near-kept",
            kept = percent_of(*kept as f32),
            kept_before = percent_of(*kept_before as f32)
        ),
        LayoutProgress::Refused(reason) => reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::harness::answered;

    fn laid(progress: LayoutProgress) -> Laid {
        Laid { step: 1_900_000, items: 2245, progress, seconds: 3.0 }
    }

    #[test]
    fn it_says_how_far_it_is_and_what_must_not_be_read_into_it() {
        let searching = laid(LayoutProgress::Searching { done: 561, of: 2245 });
        assert!(share_of(&searching).is_some_and(|share| (share - 0.25).abs() < 1e-2));
        let moving = laid(LayoutProgress::Moving { epoch: 120, epochs: 500 });
        assert_eq!(share_of(&moving), Some(0.24));
        let done = laid(LayoutProgress::Done { kept: 0.31, kept_before: 0.04 });
        assert_eq!(share_of(&done), None);
        let said = |laid: &Laid, step| {
            words_on(Layout::Neighbours(1), Some(&answer(Some(laid.clone()))), step)
        };
        assert_eq!(said(&searching, 1), "Step 1,900,000: neighbours of 561 of 2,245");
        assert_eq!(said(&moving, 1_950_000), "Step 1,900,000: epoch 120 of 500");
        let words = said(&done, 1_900_000);
        assert_eq!(words, "Only nearness counts: 31.0 % kept, PCA 4.0 %");
        assert!(words.chars().count() <= 46, "there is no more room");
        assert!(said(&done, 1_950_000).contains("press again"));
        assert!(words_on(Layout::Components, None, 5).starts_with("Map: the 3 axes"));
    }

    #[test]
    fn the_side_that_is_lit_is_the_one_that_is_seen() {
        let mut app = App::new();
        app.init_resource::<ShownSnapshot>().init_resource::<TasteAttention>();
        app.add_systems(Update, tell);
        let sides = [MapLayout::Axes, MapLayout::Neighbours]
            .map(|side| app.world_mut().spawn(Offer(side)).id());
        app.world_mut().resource_mut::<TasteAttention>().layout = Layout::Neighbours(1);
        let mut lit = |laid: Option<Laid>| {
            app.insert_resource(ShownSnapshot::of(answered(5, answer(laid))));
            app.update();
            sides.map(|side| app.world().get::<bevy::ui::Checked>(side).is_some())
        };
        let searching = LayoutProgress::Searching { done: 1, of: 9 };
        assert_eq!(lit(None), [true, false], "this picture is still of the axes");
        assert_eq!(lit(Some(laid(searching))), [true, false]);
        assert_eq!(lit(Some(laid(LayoutProgress::Moving { epoch: 1, epochs: 9 }))), [false, true]);
        assert_eq!(lit(None), [true, false], "an earlier picture is shown");
        let now = answer(Some(laid(LayoutProgress::Done { kept: 0.3, kept_before: 0.1 })));
        let (past, now) = (answered(5, answer(None)), crate::stream::Payload::new(now));
        app.insert_resource(ShownSnapshot::replied(past, now, crate::stream::Step(90)));
        app.update();
        let lit = sides.map(|side| app.world().get::<bevy::ui::Checked>(side).is_some());
        assert_eq!(lit, [true, false], "the picture is still of the axes");
    }

    fn answer(laid: Option<Laid>) -> TasteAnswer {
        TasteAnswer { laid, ..TasteAnswer::default() }
    }

    /// A switch before which somebody stands in this run.
    fn switch(run: u32) -> (App, Entity, Entity) {
        use crate::{
            history::Run,
            stream::{Report, Started},
        };
        let mut app = App::new();
        app.init_resource::<LastLayoutAsked>()
            .init_resource::<TasteAttention>()
            .init_resource::<ShownSnapshot>()
            .add_systems(Update, return_to_axes);
        let mut history = Run::new(0);
        history.take(Report::Started(Started {
            run: RunId { number: run, ..RunId::default() },
            ..Started::example()
        }));
        app.insert_resource(ShownRun(history));
        let mut side = |side: MapLayout| app.world_mut().spawn(Offer(side)).observe(choose).id();
        let (axes, neighbours) = (side(MapLayout::Axes), side(MapLayout::Neighbours));
        app.update();
        (app, axes, neighbours)
    }

    fn press(app: &mut App, entity: Entity) -> Layout {
        app.world_mut().trigger(Activate { entity });
        app.world().resource::<TasteAttention>().layout
    }

    #[test]
    fn who_asks_for_another_layout_while_the_past_is_shown_comes_to_the_present() {
        let (mut app, _, neighbours) = switch(0);
        let mut timeline = Timeline::default();
        timeline.scrub(crate::stream::Step(3));
        app.insert_resource(timeline);
        assert_eq!(press(&mut app, neighbours), Layout::Neighbours(1));
        assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), None);
    }

    #[test]
    fn the_same_layout_is_had_again_until_the_training_has_gone_on() {
        let (mut app, axes, neighbours) = switch(0);
        assert_eq!(press(&mut app, neighbours), Layout::Neighbours(1));
        assert_eq!(press(&mut app, axes), Layout::Components);
        assert_eq!(press(&mut app, neighbours), Layout::Neighbours(1));
        let mut show = |step: u64, progress: LayoutProgress| {
            let laid = Laid { step: 100, items: 30, progress, seconds: 1.0 };
            app.insert_resource(ShownSnapshot::of(answered(step, answer(Some(laid)))));
            press(&mut app, neighbours)
        };
        let done = LayoutProgress::Done { kept: 0.3, kept_before: 0.1 };
        assert_eq!(show(100, done.clone()), Layout::Neighbours(1), "nothing new is known");
        assert_eq!(
            show(150, LayoutProgress::Moving { epoch: 1, epochs: 2 }),
            Layout::Neighbours(1)
        );
        assert_eq!(show(150, done), Layout::Neighbours(2));
    }
}
