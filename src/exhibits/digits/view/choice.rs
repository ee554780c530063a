//! Which input the network looks at: the next test image, the one before, or any.

use bevy::prelude::*;
use indicatif::HumanCount;
use std::sync::Arc;

use super::theatre::{self, Spot};
use crate::{
    exhibits::digits::{EXHIBIT_ID, payload::TestSet},
    stream::{Command, InputChoice},
    world::{
        WorldSystems,
        desk::DeskSystems,
        hall_events::{HallEvent, HallListener},
        link::{Ask, AskedPixels, ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, button},
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// The room between the input and the pad, a little wider than both: the buttons need it.
const PLACE: Spot = Spot {
    along_m: theatre::INPUT_CHOICE.along_m - 0.06,
    up_m: 1.61,
    size_m: Vec2::new(0.84, 0.41),
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Watched>().add_observer(hang_choice).add_systems(
        Update,
        (
            (note_asked, tell_pixels)
                .chain()
                .in_set(WorldSystems::Steer)
                .in_set(super::ON_STAGE)
                .after(DeskSystems),
            (name_input, tell_input).in_set(WorldSystems::Show).in_set(super::ON_STAGE),
        ),
    );
}

/// The input that was asked for last, by whatever part of the hall.
#[derive(Resource, Default)]
pub(super) struct Watched {
    choice: InputChoice,
    /// The last test image among them, from which one goes on after a drawing.
    test: usize,
}

impl Watched {
    /// Whether it is what the visitor drew.
    pub(super) fn is_drawn(&self) -> bool {
        matches!(self.choice, InputChoice::Drawn(_))
    }
}

/// The words that name the input.
#[derive(Component)]
struct InputWords;

/// Where a button leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum InputButton {
    Back,
    On,
    Anywhere,
}

impl InputButton {
    /// The test image that it leads to, of `count` images.
    fn from(self, index: usize, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        let index = index.min(last);
        Some(match self {
            Self::Back => index.checked_sub(1).unwrap_or(last),
            Self::On => (index + 1) % count,
            Self::Anywhere => (index + stride(count)) % count,
        })
    }
}

/// A stride that meets every one of `count` images before it meets one again: the whole number next to the golden
/// section of `count` that shares no divisor with it, so that neighbours in the order lie far apart.
fn stride(count: usize) -> usize {
    let golden = (count as f64 * 0.618_034) as usize;
    (golden.max(1)..=count.max(1)).find(|&stride| common_divisor(stride, count) == 1).unwrap_or(1)
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

fn hang_choice(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let sign = hanger.hang(PanelPlan {
        name: "Choice of input",
        size_m: PLACE.size_m,
        read_from_m: theatre::RADIUS_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(sign.panel).insert((PLACE.before(0.01), ChildOf(placed.entity)));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.row_gap = px(4);
    });
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn((
            words::caption(""),
            TextLayout::justify(Justify::Center),
            InputWords,
            Node { height: px(66), ..default() },
        ));
        sign.spawn(Node { column_gap: px(10), ..default() }).with_children(|line| {
            for (name, label, way) in [
                ("previous-input", "←", InputButton::Back),
                ("random-input", "Any", InputButton::Anywhere),
                ("next-input", "→", InputButton::On),
            ] {
                line.spawn(button(name, label, ButtonKind::Small)).observe(
                    move |_: On<Activate>,
                          watched: Res<Watched>,
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

fn note_asked(mut asks: MessageReader<Ask>, mut watched: ResMut<Watched>) {
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
fn tell_pixels(watched: Res<Watched>, run: Res<ShownRun>, mut pixels: ResMut<AskedPixels>) {
    let choice = &watched.choice;
    if pixels.0.as_ref().is_some_and(|(known, _)| known == choice) {
        return;
    }
    let numbers = match choice {
        InputChoice::Test(index) => run.0.material::<TestSet>().and_then(|set| {
            Some(set.image(*index)?.iter().map(|&value| f32::from(value) / 255.0).collect())
        }),
        InputChoice::Drawn(drawing) => Some(drawing.clone()),
        InputChoice::Other(_) => None,
    };
    if let Some(numbers) = numbers {
        pixels.0 = Some((choice.clone(), numbers));
    }
}

/// Says what the numbers that are shown belong to, which may be a moment behind what was asked for.
fn name_input(
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    mut words: Query<&mut Text, With<InputWords>>,
) {
    let Some(snapshot) = shown.get().filter(|_| shown.is_changed()) else {
        return;
    };
    let wanted = name_of(&snapshot.input, run.0.material::<TestSet>().map(Arc::as_ref));
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
        told.tell(HallEvent::Input { shown: &told_as(&snapshot.input) });
        *last = Some(snapshot.input.clone());
    }
}

/// An input in words for other programs, the same in every language.
fn told_as(input: &InputChoice) -> String {
    match input {
        InputChoice::Test(index) => format!("test image {}", index + 1),
        InputChoice::Drawn(pixels) => {
            let inked = pixels.iter().filter(|pixel| **pixel > 0.0).count();
            format!("drawing, {inked} px")
        }
        InputChoice::Other(_) => "no image".to_owned(),
    }
}

fn name_of(input: &InputChoice, test_set: Option<&TestSet>) -> String {
    match (input, test_set) {
        (InputChoice::Drawn(_), _) => "Your drawing".to_owned(),
        (InputChoice::Other(_), _) => String::new(),
        (InputChoice::Test(index), None) => {
            format!("Test image {}", HumanCount((index + 1) as u64))
        }
        (InputChoice::Test(index), Some(set)) => {
            let class =
                set.labels.get(*index).and_then(|class| set.classes.get(usize::from(*class)));
            format!(
                "Test image {}\nof {}, a {}",
                HumanCount((index + 1) as u64),
                HumanCount(set.len() as u64),
                class.map_or("?", String::as_str)
            )
        }
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

    #[test]
    fn any_meets_every_image_once_before_it_meets_one_again() {
        for count in [1, 2, 3, 10, 1999, 2000, 10_000] {
            let mut met = vec![false; count];
            let mut index = 0;
            for _ in 0..count {
                assert!(!std::mem::replace(&mut met[index], true), "{index} of {count} again");
                index = InputButton::Anywhere.from(index, count).unwrap();
            }
            assert_eq!(index, 0);
        }
    }

    #[test]
    fn ways_go_round_and_lead_nowhere_without_images() {
        assert_eq!(InputButton::Back.from(0, 5), Some(4));
        assert_eq!(InputButton::On.from(4, 5), Some(0));
        assert_eq!(InputButton::On.from(99, 5), Some(0), "an index of a larger set");
        for way in [InputButton::Back, InputButton::On, InputButton::Anywhere] {
            assert_eq!(way.from(0, 0), None);
        }
    }

    #[test]
    fn inputs_are_named() {
        let set = TestSet {
            pixels: vec![0; 1200].into(),
            channels: 1,
            width: 1,
            height: 1,
            labels: vec![1; 1200].into(),
            classes: vec!["0".to_owned(), "1".to_owned()].into(),
            name: "ones".to_owned(),
        };
        assert_eq!(
            name_of(&InputChoice::Test(1004), Some(&set)),
            "Test image 1,005\nof 1,200, a 1"
        );
        assert_eq!(name_of(&InputChoice::Drawn(vec![].into()), Some(&set)), "Your drawing");
    }
}
