//! Hangs the wall, whose heading opens the board, and the board in place of what hangs there while it is closed.

use bevy::prelude::*;

use super::{
    Browsing, Hangs, Wall,
    shelf::Shelf,
    show::BrowserText,
    steps::{Through, write_orders, write_steps},
    wall::{self, IMAGE_DMM, PITCH_DMM, PLACES},
};
use crate::{
    stream::{Command, InputChoice},
    world::{
        classifier::{
            Classifier, Of,
            sheet::{self, Sheet, from_left, from_right},
        },
        display::Field,
        interaction::aim::{AimLeft, AimMoved, AimPressed, Surface},
        link::Ask,
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, button},
            palette,
            panel::Hanger,
            type_size, words,
        },
    },
};

/// The top of the wall on its sheet, in dmm.
const TOP_DMM: f32 = 80.0;
/// Height of a line of captions, in dmm.
const LINE_DMM: f32 = 35.0;
/// The top of the board's images, and of its rows of buttons, in dmm.
const BOARD_TOP_DMM: f32 = 70.0;
const BUTTONS_DMM: f32 = BOARD_TOP_DMM + 3.0 * PITCH_DMM.y;
/// From a row of buttons to the next, in dmm.
const ROW_DMM: f32 = type_size::ROW + 8.5;
/// Height of the button that closes the board, which hangs high, in dmm.
const CLOSE_DMM: f32 = 51.0;
/// What a wall is laid out for until there are images: those of MNIST.
const USUAL: [usize; 2] = [28, 28];

pub(super) fn hang<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit == C::EXHIBIT {
        hang_wall::<C>(&mut hanger, placed.entity);
        hang_board::<C>(&mut hanger, placed.entity);
    }
}

fn line<C: Classifier>(of: BrowserText, ink: Color, place: Node) -> impl Bundle {
    let words = words::set("", type_size::CAPTION, FontWeight::NORMAL, ink);
    (words, TextLayout::no_wrap(), place, of, Of::<C>::MARK)
}

fn hang_wall<C: Classifier>(hanger: &mut Hanger, place: Entity) {
    let spot = C::PLACES.mistakes;
    let sheet = sheet::hang(hanger, place, "Mistakes", spot);
    hanger.commands.entity(sheet.panel).insert((Hangs::Closed, Of::<C>::MARK));
    let bottom = TOP_DMM + wall::height_dmm();
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn(from_left(0.0, 0.0)).with_children(|head| {
            head.spawn((
                button(C::NAMES.browser.open, say!("classifier-misread"), ButtonKind::Small),
                BrowserText::Heading,
                Of::<C>::MARK,
            ))
            .observe(|_: On<Activate>, mut browsing: ResMut<Browsing<C>>| browsing.open = true);
        });
        let quiet = palette::INK_QUIET;
        page.spawn(line::<C>(BrowserText::Count, quiet, from_left(0.0, 45.0)));
        page.spawn(line::<C>(BrowserText::Drawn, quiet, from_left(0.0, bottom + 1.0)));
    });
    // The caption is wider than the wall: it runs on below the confusion matrix, which shows none meanwhile.
    let size = spot.size_m * sheet::DMM_PER_M;
    let wide = Rect::new(size.x - 320.0, size.y - LINE_DMM, size.x, size.y);
    let caption = sheet.hang_before(hanger, say!("classifier-mistakes-caption"), wide);
    hanger.commands.entity(caption).with_children(|page| {
        page.spawn(line::<C>(BrowserText::Caption, palette::INK_QUIET, from_right(0.0, 0.0)));
    });
    hang_images::<C>(hanger, &sheet, false, Vec2::new(0.0, TOP_DMM));
}

fn hang_board<C: Classifier>(hanger: &mut Hanger, place: Entity) {
    let sheet = sheet::hang(hanger, place, "Browser", C::PLACES.browser);
    hanger.commands.entity(sheet.panel).insert((Hangs::Open, Of::<C>::MARK, Visibility::Hidden));
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn(from_left(0.0, 0.0)).with_children(|head| {
            let mut close = head.spawn(button(C::NAMES.browser.close, "×", ButtonKind::Small));
            close.entry::<Node>().and_modify(|mut node| node.min_height = px(CLOSE_DMM));
            close.observe(|_: On<Activate>, mut browsing: ResMut<Browsing<C>>| {
                browsing.open = false;
            });
        });
        let beside = CLOSE_DMM + 12.0;
        page.spawn(line::<C>(BrowserText::Told(0), palette::INK, from_left(beside, 0.0)));
        page.spawn(line::<C>(BrowserText::Told(1), palette::INK_QUIET, from_left(beside, 32.0)));
        for place in 0..PLACES {
            let corner =
                wall::grid(place) * PITCH_DMM + Vec2::new(0.0, BOARD_TOP_DMM + IMAGE_DMM.y);
            for at in 0..3 {
                let below = from_left(corner.x, corner.y + at as f32 * (LINE_DMM - 1.5));
                let ink = if at == 0 { palette::INK } else { palette::INK_QUIET };
                page.spawn(line::<C>(BrowserText::Label { place, at }, ink, below));
            }
        }
        let row = |at: f32| Node {
            width: percent(100),
            column_gap: px(type_size::GAP),
            justify_content: JustifyContent::SpaceBetween,
            ..from_left(0.0, BUTTONS_DMM + at * ROW_DMM)
        };
        page.spawn(row(0.0)).with_children(write_orders::<C>);
        page.spawn(row(1.0)).with_children(|line| write_steps::<C>(line, Through::Classes));
        page.spawn(row(2.0)).with_children(|line| write_steps::<C>(line, Through::Pages));
    });
    hang_images::<C>(hanger, &sheet, true, Vec2::new(0.0, BOARD_TOP_DMM));
}

/// A wall whose top left corner is here on its sheet, in dmm.
fn hang_images<C: Classifier>(hanger: &mut Hanger, sheet: &Sheet, on_board: bool, corner: Vec2) {
    let field = wall::empty(on_board, USUAL, 1);
    let size = if on_board {
        field.size() * sheet::DMM_PER_M
    } else {
        Vec2::new(wall::WIDTH_DMM, wall::height_dmm())
    };
    let rect = Rect::from_corners(corner, corner + size);
    let surface = Surface { size: field.size() };
    let name = if on_board {
        say!("classifier-browsed-images")
    } else {
        say!("classifier-wall-of-mistakes")
    };
    hanger
        .commands
        .spawn((
            Name::new(name),
            field,
            Wall { on_board, pointed: None },
            Of::<C>::MARK,
            surface,
            sheet.place(rect, sheet::BEFORE_M),
            ChildOf(sheet.panel),
        ))
        .observe(point::<C>)
        .observe(leave)
        .observe(choose::<C>);
}

fn point<C: Classifier>(
    moved: On<AimMoved>,
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    mut walls: Query<(&Field, &mut Wall)>,
) {
    if let Ok((field, mut wall)) = walls.get_mut(moved.entity) {
        let place = wall::place_at(field.layout(), wall.on_board, moved.uv);
        let place = place.filter(|&place| place < shelf.page(browsing.page).len());
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

fn choose<C: Classifier>(
    pressed: On<AimPressed>,
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    walls: Query<(&Field, &Wall)>,
    mut asks: MessageWriter<Ask>,
) {
    let Ok((field, wall)) = walls.get(pressed.entity) else {
        return;
    };
    let place = wall::place_at(field.layout(), wall.on_board, pressed.uv);
    if let Some(image) = place.and_then(|place| shelf.page(browsing.page).get(place)) {
        asks.write(Ask(Command::Watch(InputChoice::Test(*image))));
    }
}
