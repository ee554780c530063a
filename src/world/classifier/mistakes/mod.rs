//! The wall of test images that the network reads wrongly, surest mistake first.

mod caption;
mod wall;

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    Classifier, Of, OnlyImages, on_stage,
    sheet::{self, from_left, from_right},
};
use crate::{
    images::TestSet,
    stream::{Command, InputChoice, Mistake, Range},
    world::{
        WorldSystems,
        display::{Field, Mark},
        interaction::aim::{AimLeft, AimMoved, AimPressed, Surface},
        link::{Ask, ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{palette, panel::Hanger, words},
    },
};

/// The top of the wall on its sheet, in dmm.
const TOP_DMM: f32 = 70.0;
/// Height of a line of captions, in dmm.
const LINE_DMM: f32 = 35.0;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.add_observer(hang_wall::<C>).add_systems(
        Update,
        (show_wall::<C>, mark_wall::<C>, write_words::<C>.run_if(sheet::seldom()))
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(on_stage::<C>()),
    );
}

/// The wall, the mistakes that hang on it, and which place of it is pointed at.
#[derive(Component, Default)]
struct Wall {
    mistakes: Option<Arc<[Mistake]>>,
    pointed: Option<usize>,
}

impl Wall {
    fn at(&self, place: usize) -> Option<&Mistake> {
        self.mistakes.as_ref()?.get(place)
    }
}

/// What each line of words says.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum MistakesText {
    /// How many of how many.
    Count,
    /// That not all of them are drawn.
    Drawn,
    /// The mistake that is pointed at.
    Caption,
}

fn hang_wall<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != C::EXHIBIT {
        return;
    }
    let spot = C::PLACES.mistakes;
    let sheet = sheet::hang(&mut hanger, placed.entity, "Mistakes", spot);
    hanger.commands.entity(sheet.panel).insert(OnlyImages(C::EXHIBIT));
    let field = wall::empty(wall::layout_of_squares());
    let bottom = TOP_DMM + field.size().y * sheet::DMM_PER_M;
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn((words::figure("Misread"), TextLayout::no_wrap(), from_left(0.0, 0.0)));
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_left(0.0, 34.0),
            MistakesText::Count,
            Of::<C>::MARK,
        ));
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_left(0.0, bottom + 1.0),
            MistakesText::Drawn,
            Of::<C>::MARK,
        ));
    });
    // The caption is wider than the wall: it runs on below the confusion matrix, which shows none meanwhile.
    let size = spot.size_m * sheet::DMM_PER_M;
    let wide = Rect::new(size.x - 320.0, size.y - LINE_DMM, size.x, size.y);
    let caption = sheet.hang_before(&mut hanger, "Mistakes caption", wide);
    hanger.commands.entity(caption).with_children(|page| {
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_right(0.0, 0.0),
            MistakesText::Caption,
            Of::<C>::MARK,
        ));
    });
    let surface = Surface { size: field.size() };
    hanger
        .commands
        .spawn((
            Name::new("Wall of mistakes"),
            field,
            Wall::default(),
            Of::<C>::MARK,
            surface,
            sheet.place(Rect::new(0.0, TOP_DMM, wall::WIDTH_DMM, bottom), sheet::BEFORE_M),
            ChildOf(sheet.panel),
        ))
        .observe(point)
        .observe(leave)
        .observe(choose);
}

fn show_wall<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut walls: Query<(Entity, &mut Field, &mut Wall), With<Of<C>>>,
    mut commands: Commands,
) {
    let mistakes = run.0.test_at(timeline.shown_step(&run.0)).map(|test| &test.mistakes);
    for (entity, mut field, mut shown) in &mut walls {
        let same = match (&shown.mistakes, mistakes) {
            (Some(before), Some(mistakes)) => Arc::ptr_eq(before, mistakes),
            (None, None) => true,
            _ => false,
        };
        if same {
            continue;
        }
        shown.mistakes = mistakes.cloned();
        match (mistakes, run.0.material::<TestSet>()) {
            (Some(mistakes), Some(set)) => {
                let layout = wall::layout(set.height, set.width);
                let range = Range { low: 0.0, high: 1.0 };
                let pixels = wall::pixels(set, mistakes);
                if *field.layout() == layout {
                    field.show_values(&pixels, range);
                } else {
                    let mut other = wall::empty(layout);
                    other.show_values(&pixels, range);
                    let surface = Surface { size: other.size() };
                    commands.entity(entity).insert((other, surface));
                }
            }
            _ => field.clear(),
        }
    }
}

/// Outlines the image that is pointed at, and the one that the network looks at now.
fn mark_wall<C: Classifier>(
    shown: Res<ShownSnapshot>,
    mut walls: Query<(&mut Field, &Wall), With<Of<C>>>,
) {
    for (mut field, wall) in &mut walls {
        let watched = shown.get().and_then(|shown| match shown.input {
            InputChoice::Test(index) => wall
                .mistakes
                .iter()
                .flat_map(|all| all.iter())
                .take(wall::PLACES)
                .position(|mistake| mistake.index == index),
            _ => None,
        });
        let outline = |place: usize, colour| {
            let layout = field.layout();
            Mark::new(layout.cells_rect(place, 0..layout.rows, 0..layout.cols), colour)
        };
        let marks: Vec<Mark> = watched
            .map(|place| outline(place, palette::INK))
            .into_iter()
            .chain(wall.pointed.map(|place| outline(place, palette::ACCENT)))
            .collect();
        if field.marks != marks {
            field.marks = marks;
        }
    }
}

fn write_words<C: Classifier>(
    run: Res<ShownRun>,
    walls: Query<&Wall, With<Of<C>>>,
    mut lines: Query<(&MistakesText, &mut Text), With<Of<C>>>,
) {
    let Ok(wall) = walls.single() else {
        return;
    };
    let set = run.0.material::<TestSet>();
    for (line, text) in &mut lines {
        let wanted = match (*line, &wall.mistakes, set) {
            (MistakesText::Count, Some(mistakes), Some(set)) => {
                caption::count(mistakes.len(), set.len())
            }
            (MistakesText::Drawn, Some(mistakes), _) => caption::drawn(mistakes.len()),
            (MistakesText::Caption, _, Some(set)) => wall
                .pointed
                .and_then(|place| wall.at(place))
                .map_or_else(String::new, |mistake| caption::of(mistake, &set.classes)),
            _ => String::new(),
        };
        sheet::write(text, wanted);
    }
}

fn point(moved: On<AimMoved>, mut walls: Query<(&Field, &mut Wall)>) {
    if let Ok((field, mut wall)) = walls.get_mut(moved.entity) {
        let place = field.layout().map_at(moved.uv);
        let place = place.filter(|&place| wall.at(place).is_some());
        if wall.pointed != place {
            wall.pointed = place;
        }
    }
}

fn leave(left: On<AimLeft>, mut walls: Query<&mut Wall>) {
    if let Ok(mut wall) = walls.get_mut(left.entity) {
        wall.pointed = None;
    }
}

fn choose(pressed: On<AimPressed>, walls: Query<(&Field, &Wall)>, mut asks: MessageWriter<Ask>) {
    let Ok((field, wall)) = walls.get(pressed.entity) else {
        return;
    };
    let place = field.layout().map_at(pressed.uv);
    if let Some(mistake) = place.and_then(|place| wall.at(place)) {
        asks.write(Ask(Command::Watch(InputChoice::Test(mistake.index))));
    }
}
