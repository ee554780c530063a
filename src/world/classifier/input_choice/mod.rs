//! Which input the network looks at: the next test image, the one before, or any.

mod name;
mod way;

use std::{marker::PhantomData, sync::Arc};

use bevy::prelude::*;

use self::way::InputButton;
use super::{Classifier, Of, OfExamples, arc, on_stage};
use crate::{
    images::{Picture, TestSet},
    stream::{Command, InputChoice},
    world::{
        WorldSystems,
        desk::DeskSystems,
        elsewhere::Elsewhere,
        hall_events::{HallEvent, HallListener},
        link::{Ask, AskedPixels, ShownRun, ShownSnapshot},
        stage::{ActiveExhibit, PlinthPlaced},
        ui::{
            controls::{Activate, ButtonKind, button},
            panel::{Hanger, PanelPlan},
            words,
        },
    },
};

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.init_resource::<Watched<C>>().add_observer(hang_choice::<C>).add_systems(
        Update,
        (
            (note_asked::<C>, tell_pixels::<C>)
                .chain()
                .in_set(WorldSystems::Steer)
                .in_set(on_stage::<C>())
                .after(DeskSystems),
            (name_input::<C>, tell_input).in_set(WorldSystems::Show).in_set(on_stage::<C>()),
        ),
    );
}

/// The input that was asked for last, by whatever part of the hall.
#[derive(Resource)]
pub(super) struct Watched<C: Classifier> {
    choice: InputChoice,
    /// The last test image among them, from which one goes on after a drawing.
    test: usize,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Watched<C> {
    fn default() -> Self {
        Self { choice: InputChoice::default(), test: 0, of: PhantomData }
    }
}

impl<C: Classifier> Watched<C> {
    /// This was asked for.
    pub(super) const fn of(choice: InputChoice) -> Self {
        Self { choice, test: 0, of: PhantomData }
    }

    /// What was asked for.
    pub(super) const fn choice(&self) -> &InputChoice {
        &self.choice
    }

    /// Whether it is what the visitor drew.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self.choice, InputChoice::Drawn(_))
    }
}

/// The words that name the input.
#[derive(Component)]
struct InputWords;

fn hang_choice<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != C::EXHIBIT {
        return;
    }
    let spot = C::PLACES.input_choice;
    let sign = hanger.hang(PanelPlan::clear("Choice of input", spot.size_m, arc::RADIUS_M));
    hanger.commands.entity(sign.panel).insert((
        spot.before(0.01),
        ChildOf(placed.entity),
        OfExamples,
        Of::<C>::MARK,
    ));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.row_gap = px(4);
    });
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn((
            words::caption(""),
            TextLayout::justify(Justify::Center),
            InputWords,
            Of::<C>::MARK,
            Node { height: px(66), ..default() },
        ));
        sign.spawn(Node { column_gap: px(10), ..default() }).with_children(|line| {
            for (name, label, way) in [
                (C::NAMES.previous_input, "←", InputButton::Back),
                (C::NAMES.random_input, say!("classifier-any"), InputButton::Anywhere),
                (C::NAMES.next_input, "→", InputButton::On),
            ] {
                line.spawn(button(name, label, ButtonKind::Small)).observe(
                    move |_: On<Activate>,
                          watched: Res<Watched<C>>,
                          run: Res<ShownRun>,
                          mut asks: MessageWriter<Ask>| {
                        let count = run.0.material::<TestSet>().map_or(0, |set| set.len());
                        if let Some(index) = way.from(watched.test, count) {
                            asks.write(Ask(Command::Watch(InputChoice::Test(index))));
                        }
                    },
                );
            }
        });
    });
}

fn note_asked<C: Classifier>(
    active: Option<Res<ActiveExhibit>>,
    mut asks: MessageReader<Ask>,
    mut watched: ResMut<Watched<C>>,
) {
    if active.is_some_and(|active| active.is_changed()) {
        // What was asked before it came on the stage, the one before it was asked.
        asks.clear();
    }
    for Ask(command) in asks.read() {
        if let Command::Watch(choice) = command {
            if let InputChoice::Test(index) = choice {
                watched.test = *index;
            }
            watched.choice = choice.clone();
        }
    }
}

/// Gives the hall the numbers of what is looked at, so that a network of the past can read it, too.
fn tell_pixels<C: Classifier>(
    watched: Res<Watched<C>>,
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    mut told_of: Local<Option<Arc<TestSet>>>,
    mut pixels: ResMut<AskedPixels>,
) {
    // How another program prepares its images is not known here.
    if elsewhere.is_some() {
        return;
    }
    // A text is read by the trainer alone.
    let set = run.0.material::<TestSet>().filter(|set| !set.of_text);
    let choice = &watched.choice;
    // The image of the same number is another one in another set.
    let same_set = told_of.as_ref().map(Arc::as_ptr) == set.map(Arc::as_ptr);
    if same_set && pixels.0.as_ref().is_some_and(|(known, _)| known == choice) {
        return;
    }
    let numbers = match choice {
        InputChoice::Test(index) => set.and_then(|set| {
            Some(set.image(*index)?.iter().map(|&value| f32::from(value) / 255.0).collect())
        }),
        InputChoice::Drawn(drawing) => Some(drawing.clone()),
        InputChoice::Other(asked) => {
            asked.get::<Picture>().map(|picture| picture.brightness().collect())
        }
    };
    if let Some(numbers) = numbers {
        pixels.0 = Some((choice.clone(), numbers));
        *told_of = set.cloned();
    }
}

/// Says what the numbers that are shown belong to, which may be a moment behind what was asked for.
fn name_input<C: Classifier>(
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    mut words: Query<&mut Text, (With<InputWords>, With<Of<C>>)>,
) {
    let Some(snapshot) = shown.get().filter(|_| shown.is_changed()) else {
        return;
    };
    let wanted = name::name_of(&snapshot.input, run.0.material::<TestSet>().map(Arc::as_ref));
    for mut text in &mut words {
        if text.0 != wanted {
            text.0.clone_from(&wanted);
        }
    }
}

/// Tells of every other input whose numbers are shown, and of every stroke of a drawing.
fn tell_input(
    shown: Res<ShownSnapshot>,
    told: Option<ResMut<HallListener>>,
    mut last: Local<Option<InputChoice>>,
) {
    let (Some(snapshot), Some(mut told)) = (shown.get().filter(|_| shown.is_changed()), told)
    else {
        return;
    };
    if last.as_ref() != Some(&snapshot.input) {
        told.tell(HallEvent::Input { shown: &name::told_as(&snapshot.input) });
        *last = Some(snapshot.input.clone());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::stream::{RunId, Snapshot, Step};

    #[test]
    fn another_input_is_told_once_and_a_drawing_with_every_stroke() {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = heard.clone();
        let mut app = App::new();
        app.init_resource::<ShownSnapshot>()
            .insert_resource(HallListener::new(move |event| {
                if let HallEvent::Input { shown } = event {
                    told.lock().unwrap().push(shown.to_owned());
                }
            }))
            .add_systems(Update, tell_input);
        let drawn = |pixels: &[f32]| InputChoice::Drawn(pixels.into());
        let inputs = [
            InputChoice::Test(0),
            InputChoice::Test(0),
            InputChoice::Test(4),
            drawn(&[0.0, 0.5]),
            drawn(&[0.0, 0.5]),
            drawn(&[1.0, 0.5]),
        ];
        for (step, input) in (0..).zip(inputs) {
            let snapshot = Snapshot {
                run: RunId::default().next(),
                step: Step(step),
                input,
                layers: Vec::new(),
                parameters: Vec::new(),
                answer: None,
            };
            app.insert_resource(ShownSnapshot::of(snapshot));
            app.update();
            app.update();
        }
        let wanted = ["test image 1", "test image 5", "drawing, 1 px", "drawing, 2 px"];
        assert_eq!(*heard.lock().unwrap(), wanted);
    }
}
