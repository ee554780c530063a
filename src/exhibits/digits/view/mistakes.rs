//! The wall of test images that the network reads wrongly, surest mistake first.

use indicatif::HumanCount;
use std::{sync::Arc, time::Duration};

use bevy::{prelude::*, time::common_conditions::on_real_timer};

use super::{
    sheet::{self, from_left, from_right},
    theatre,
};
use crate::{
    exhibits::digits::{EXHIBIT_ID, payload::TestSet},
    stream::{Command, InputChoice, Mistake, Range, Shape},
    world::{
        WorldSystems,
        display::{ColourMap, Field, FieldLayout, Mark},
        interaction::aim::{AimLeft, AimMoved, AimPressed, Surface},
        link::{Ask, ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{palette, panel::Hanger, words},
    },
};

/// Images beside each other, and rows of them: as many as can still be pressed from the middle of the hall.
const WALL: (usize, usize) = (4, 3);
/// Cells left free between images.
const GAP_CELLS: u32 = 2;
/// The top and the width of the wall on its sheet, in dmm.
const WALL_DMM: (f32, f32) = (70.0, 171.0);
/// Height of a line of captions, in dmm.
const LINE_DMM: f32 = 35.0;

pub(super) fn plugin(app: &mut App) {
    let seldom = on_real_timer(Duration::from_secs_f32(sheet::WRITE_EVERY_SECS));
    app.add_observer(hang_wall).add_systems(
        Update,
        (show_wall, mark_wall, write_words.run_if(seldom))
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
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

/// The wall for images of so many rows and columns.
fn layout(rows: usize, columns: usize) -> FieldLayout {
    FieldLayout::stack(Shape::maps(WALL.0 * WALL.1, rows, columns), WALL.0, GAP_CELLS)
}

/// An empty wall with such a layout, as large as there is room for.
fn wall(layout: FieldLayout) -> Field {
    let most = layout_of_squares().size_for_width(WALL_DMM.1 / sheet::DMM_PER_M);
    Field::sized(layout, theatre::fitted(layout, most))
        .with_colours(ColourMap::Grey)
        .with_plate(None)
        .without_hairlines()
        .flat()
}

/// The layout that the wall's room is made for: images of MNIST.
fn layout_of_squares() -> FieldLayout {
    layout(28, 28)
}

fn hang_wall(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let spot = theatre::MISTAKES;
    let sheet = sheet::hang(&mut hanger, placed.entity, "Mistakes", spot);
    let (top, width) = WALL_DMM;
    let field = wall(layout_of_squares());
    let bottom = top + field.size().y * sheet::DMM_PER_M;
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn((words::figure("Misread"), TextLayout::no_wrap(), from_left(0.0, 0.0)));
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_left(0.0, 34.0),
            MistakesText::Count,
        ));
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_left(0.0, bottom + 1.0),
            MistakesText::Drawn,
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
        ));
    });
    let surface = Surface { size: field.size() };
    hanger
        .commands
        .spawn((
            Name::new("Wall of mistakes"),
            field,
            Wall::default(),
            surface,
            sheet.place(Rect::new(0.0, top, width, bottom), sheet::BEFORE_M),
            ChildOf(sheet.panel),
        ))
        .observe(point)
        .observe(leave)
        .observe(choose);
}

fn show_wall(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut walls: Query<(Entity, &mut Field, &mut Wall)>,
    mut commands: Commands,
) {
    let mistakes = run.0.test_at(timeline.shown_step(&run.0)).map(|test| &test.mistakes);
    for (entity, mut field, mut wall) in &mut walls {
        let same = match (&wall.mistakes, mistakes) {
            (Some(shown), Some(mistakes)) => Arc::ptr_eq(shown, mistakes),
            (None, None) => true,
            _ => false,
        };
        if same {
            continue;
        }
        wall.mistakes = mistakes.cloned();
        match (mistakes, run.0.material::<TestSet>()) {
            (Some(mistakes), Some(set)) => {
                let (layout, range) =
                    (layout(set.height, set.width), Range { low: 0.0, high: 1.0 });
                if *field.layout() == layout {
                    field.show_values(&pixels(set, mistakes), range);
                } else {
                    let mut other = self::wall(layout);
                    other.show_values(&pixels(set, mistakes), range);
                    let surface = Surface { size: other.size() };
                    commands.entity(entity).insert((other, surface));
                }
            }
            _ => field.clear(),
        }
    }
}

/// The brightness 0..=1 of every drawn mistake, image after image; an image that is missing or of another size stays dark.
fn pixels(set: &TestSet, mistakes: &[Mistake]) -> Arc<[f32]> {
    let size = (set.width * set.height).max(1);
    let drawn = mistakes.len().min(WALL.0 * WALL.1);
    let mut pixels = vec![0.0; drawn * size];
    for (mistake, place) in mistakes.iter().zip(pixels.chunks_mut(size)) {
        // Colours are shown as the mean of red, green and blue.
        for plane in set.image(mistake.index).unwrap_or_default().chunks(size) {
            for (pixel, &value) in place.iter_mut().zip(plane) {
                *pixel += f32::from(value) / (255.0 * set.channels as f32);
            }
        }
    }
    pixels.into()
}

/// Outlines the image that is pointed at, and the one that the network looks at now.
fn mark_wall(shown: Res<ShownSnapshot>, mut walls: Query<(&mut Field, &Wall)>) {
    for (mut field, wall) in &mut walls {
        let watched = shown.get().and_then(|shown| match shown.input {
            InputChoice::Test(index) => wall
                .mistakes
                .iter()
                .flat_map(|all| all.iter())
                .take(WALL.0 * WALL.1)
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

fn write_words(
    run: Res<ShownRun>,
    walls: Query<&Wall>,
    mut lines: Query<(&MistakesText, &mut Text)>,
) {
    let Ok(wall) = walls.single() else {
        return;
    };
    let set = run.0.material::<TestSet>();
    for (line, text) in &mut lines {
        let wanted = match (*line, &wall.mistakes, set) {
            (MistakesText::Count, Some(mistakes), Some(set)) => {
                count_words(mistakes.len(), set.len())
            }
            (MistakesText::Drawn, Some(mistakes), _) => drawn_words(mistakes.len()),
            (MistakesText::Caption, _, Some(set)) => wall
                .pointed
                .and_then(|place| wall.at(place))
                .map_or_else(String::new, |mistake| caption(mistake, &set.classes)),
            _ => String::new(),
        };
        sheet::write(text, wanted);
    }
}

fn count_words(wrong: usize, all: usize) -> String {
    format!("{} of {}", HumanCount(wrong as u64), HumanCount(all as u64))
}

fn drawn_words(wrong: usize) -> String {
    let room = WALL.0 * WALL.1;
    if wrong > room { format!("drawn {room}/{}", HumanCount(wrong as u64)) } else { String::new() }
}

fn caption(mistake: &Mistake, classes: &[String]) -> String {
    let name = |class: u8| sheet::class_name(classes, usize::from(class));
    let sure = sheet::whole_percent(mistake.confidence);
    format!("true {}, read as {} ({sure})", name(mistake.truth), name(mistake.said))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(index: usize) -> Mistake {
        Mistake { index, truth: 4, said: 9, confidence: 0.968 }
    }

    fn set(images: usize) -> TestSet {
        TestSet {
            pixels: (0..images * 784).map(|pixel| (pixel / 784) as u8).collect(),
            channels: 1,
            width: 28,
            height: 28,
            labels: vec![4; images].into(),
            classes: (0..10).map(|class| class.to_string()).collect(),
            name: "test".to_owned(),
        }
    }

    #[test]
    fn images_hang_in_the_order_of_the_mistakes() {
        let size = 784;
        let pixels = pixels(&set(100), &[mistake(51), mistake(0), mistake(99)]);
        assert_eq!(pixels.len(), 3 * size);
        let greys: Vec<f32> =
            pixels.chunks(size).map(|image| (image[size - 1] * 255.0).round()).collect();
        assert_eq!(greys, [51.0, 0.0, 99.0]);
    }

    #[test]
    fn no_more_hang_than_there_is_room_and_it_is_said() {
        let all: Vec<Mistake> = (0..74).map(mistake).collect();
        assert_eq!(pixels(&set(100), &all).len(), layout_of_squares().len());
        assert_eq!(count_words(74, 2000), "74 of 2,000");
        assert_eq!(drawn_words(74), "drawn 12/74");
        assert_eq!(drawn_words(12), "");
    }

    #[test]
    fn a_mistake_says_truth_answer_and_certainty() {
        let classes: Vec<String> = (0..10).map(|class| class.to_string()).collect();
        assert_eq!(caption(&mistake(3), &classes), "true 4, read as 9 (97 %)");
    }
}
