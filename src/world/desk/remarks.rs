//! What is to be known of a run, such as what was left out of its data: a board beside the desk for exhibits that have room
//! for it, there only if there is something; what has no room on one page is on the next.

use std::f32::consts::PI;

use bevy::prelude::*;

use crate::world::{
    WorldSystems,
    link::ShownRun,
    ui::{
        controls::{self, Activate, ButtonKind, button},
        panel::{Hanger, PanelPlan},
        words,
    },
};

/// Width and height of the board, in metres: below what hangs behind it.
const SIZE_M: Vec2 = vec2(1.06, 0.76);
/// Where its middle is, and how far it is turned to the right and leans back, in radians.
const PLACE_M: Vec3 = vec3(-1.58, 0.80, -0.74);
const TURN: f32 = 35.0 / 180.0 * PI;
const LEAN: f32 = -45.0 / 180.0 * PI;
/// The distance it is set for, in metres: further than it is, for those who sit.
const READ_FROM_M: f32 = 2.34;
/// Lines of a page, and how wide a line is: a letter is two or more wide.
const LINES: usize = 6;
const WIDTH: usize = 54;
/// What stands before the first line of a remark, and before the others.
const BEFORE: [&str; 2] = ["–", "   "];

/// Fills the boards that were [hung](hang).
pub fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        write
            .run_if(resource_changed::<ShownRun>.or_else(resource_changed::<Page>))
            .in_set(WorldSystems::Show),
    );
    app.init_resource::<Page>();
}

/// Which page is seen.
#[derive(Resource, Default)]
struct Page(usize);

/// The board.
#[derive(Component)]
struct Board;

/// A part of it.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Lines,
    /// The way to the next page.
    Next,
}

/// Hangs a board at the place of an exhibit.
pub fn hang(hanger: &mut Hanger, exhibit: Entity) {
    let board = hanger.hang(PanelPlan::plate("To know", SIZE_M, READ_FROM_M));
    let turn = Quat::from_rotation_y(TURN) * Quat::from_rotation_x(LEAN);
    let place = Transform::from_translation(PLACE_M).with_rotation(turn);
    hanger.commands.entity(board.panel).insert((
        Board,
        place,
        Visibility::Hidden,
        ChildOf(exhibit),
    ));
    hanger.commands.entity(board.root).with_children(|page| {
        page.spawn(Node {
            justify_content: JustifyContent::SpaceBetween,
            align_items: AlignItems::Center,
            ..default()
        })
        .with_children(|line| {
            line.spawn((words::figure(""), TextLayout::no_wrap(), Part::Heading));
            line.spawn((button("next-remarks", "Next", ButtonKind::Small), Part::Next))
                .observe(|_: On<Activate>, mut page: ResMut<Page>| page.0 += 1);
        });
        page.spawn((words::caption(""), TextLayout::no_wrap(), Part::Lines));
    });
}

fn write(
    run: Res<ShownRun>,
    page: Res<Page>,
    mut boards: Query<&mut Visibility, With<Board>>,
    mut texts: Query<(&Part, &mut Text)>,
    mut buttons: Query<(&Part, &mut Node), Without<Text>>,
) {
    let pages = pages(run.0.remarks());
    let seen = if pages.is_empty() { Visibility::Hidden } else { Visibility::Inherited };
    for mut board in &mut boards {
        board.set_if_neq(seen);
    }
    let at = page.0.checked_rem(pages.len()).unwrap_or(0);
    for (part, text) in &mut texts {
        let wanted = match part {
            Part::Heading if pages.len() > 1 => format!("To know, {} of {}", at + 1, pages.len()),
            Part::Heading => "To know".to_owned(),
            Part::Lines => pages.get(at).map_or_else(String::new, |lines| lines.join("\n")),
            Part::Next => continue,
        };
        crate::world::ui::sheet::write(text, wanted);
    }
    for (part, mut node) in &mut buttons {
        if *part == Part::Next {
            controls::show(&mut node, pages.len() > 1);
        }
    }
}

/// The lines of each page; a remark that has room on the next page is not parted.
fn pages(remarks: &[String]) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    for remark in remarks {
        let lines = lines(remark);
        match pages.last_mut() {
            Some(page) if page.len() + lines.len() <= LINES => page.extend(lines),
            _ => pages.extend(lines.chunks(LINES).map(<[String]>::to_vec)),
        }
    }
    pages
}

/// A remark in lines, broken between words where that is possible.
fn lines(remark: &str) -> Vec<String> {
    let mut lines = vec![BEFORE[0].to_owned()];
    for word in remark.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 2 + width(word) <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let mut line = BEFORE[1].to_owned();
                for letter in word.chars() {
                    if width(&line) + width_of(letter) > WIDTH {
                        lines.push(std::mem::replace(&mut line, BEFORE[1].to_owned()));
                    }
                    line.push(letter);
                }
                lines.push(line);
            }
        }
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// About how wide a letter is, in quarters of its height; what is not known is as wide as high.
const fn width_of(letter: char) -> usize {
    match letter {
        'W' | 'M' | '@' | '%' | '…' | '—' => 4,
        'A'..='Z' | 'm' | 'w' => 3,
        _ if letter as u32 > 0x2fff => 4,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use bevy::{text::TextLayoutInfo, ui::UiGlobalTransform};

    use super::*;
    use crate::{
        history::Run,
        stream::{Content, Material, Payload, Report},
        world::{headless, ui::panel::Panel},
    };

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Nothing;

    impl Content for Nothing {
        const KIND: &'static str = "test.nothing";
    }

    /// The longest that networks have, a name without a space, and many of them.
    fn remarks() -> Vec<String> {
        let mut all = vec![
            "Folded: its normalisations are part of its convolutions, so it does not learn as its author's did; export it \
             with torch.onnx.export(…, training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)"
                .to_owned(),
            "Pixels: −1 to 1".to_owned(),
            format!("Left out: {}.png", "W".repeat(300)),
        ];
        all.extend((0..9).map(|at| format!("Outputs: only the first of {at} is looked at")));
        all
    }

    #[test]
    fn every_remark_stands_on_its_pages_in_full() {
        let pages = pages(&remarks());
        let said: String = pages.concat().concat();
        let plain = |text: &str| text.replace([' ', '–'], "");
        assert_eq!(plain(&said), plain(&remarks().concat()));
        for page in &pages {
            assert!((1..=LINES).contains(&page.len()));
            assert!(page.iter().all(|line| width(line) <= WIDTH), "{page:?}");
        }
        assert!(super::pages(&[]).is_empty());
        let short = ["Pixels: −1 to 1".to_owned(), "Batch: one".to_owned()];
        assert_eq!(super::pages(&short).len(), 1);
    }

    #[test]
    fn the_board_is_there_while_there_are_remarks_and_cuts_none() {
        let mut app = headless::hall_with(|app| {
            app.insert_resource(ShownRun(Run::new(0)));
            plugin(app);
            app.add_systems(Startup, |mut hanger: Hanger| {
                let exhibit = (Transform::default(), Visibility::default());
                let exhibit = hanger.commands.spawn(exhibit).id();
                hang(&mut hanger, exhibit);
            });
        });
        headless::lay_out(&mut app);
        let seen = |app: &mut App| {
            let mut boards = app.world_mut().query_filtered::<&Visibility, With<Board>>();
            *boards.single(app.world()).unwrap()
        };
        assert_eq!(seen(&mut app), Visibility::Hidden);
        let all = remarks();
        let count = pages(&all).len();
        let material = Material { remarks: all, content: Payload::new(Nothing) };
        app.world_mut().resource_mut::<ShownRun>().0.take(Report::Material(material));
        let mut told = String::new();
        for page in 0..count {
            app.world_mut().resource_mut::<Page>().0 = page;
            headless::frames(&mut app, 4);
            let mut panels = app.world_mut().query_filtered::<&Panel, With<Board>>();
            let room = panels.single(app.world()).unwrap().size_dmm;
            let mut texts =
                app.world_mut()
                    .query::<(&Part, &Text, &TextLayoutInfo, &ComputedNode, &UiGlobalTransform)>();
            for (part, text, letters, node, place) in texts.iter(app.world()) {
                let scale = node.inverse_scale_factor();
                let half = node.size() * scale / 2.0;
                let (wide, room_dmm) = (letters.size.x * scale, node.size().x * scale);
                assert!(wide <= room_dmm + 1.0, "{}: {wide} in {room_dmm}", text.0);
                let middle = place.translation * scale;
                let (least, most) = (middle - half, middle + half);
                assert!(
                    least.min_element() >= 0.0 && most.cmple(room - 20.0).all(),
                    "{}: {least} to {most} of {room}",
                    text.0
                );
                if *part == Part::Lines {
                    told.push_str(&text.0);
                }
            }
        }
        assert_eq!(seen(&mut app), Visibility::Inherited);
        let plain = |text: &str| text.replace([' ', '–', '\n'], "");
        assert_eq!(plain(&told), plain(&remarks().concat()));
    }
}
