//! What is to be known of a run, such as what was left out of its data: a button says how much there is, where an exhibit has
//! room for it, and opens a page with all of it.

use bevy::prelude::*;

use crate::words::{Atom, Phrase, atoms};
use crate::world::{
    WorldSystems,
    interaction::back::{BackSystems, GoesBack},
    link::ShownRun,
    ui::{
        controls::{self, Activate, ButtonKind, ControlText, button},
        panel::{Foremost, Hanger, PanelPlan},
        sheet::write,
        words,
    },
};

/// Width and height of the page, in metres: at eye height, within reach, as the help.
const PAGE_M: Vec2 = vec2(2.0, 0.96);
const PAGE_PLACE_M: Vec3 = vec3(0.0, 1.55, -1.3);
const PAGE_READ_FROM_M: f32 = 2.0;
/// Lines of a page, and how wide a line is: a letter is two or more wide.
const LINES: usize = 9;
const WIDTH: usize = 130;
/// What stands before the first line of a remark, and before the others.
const BEFORE: [&str; 2] = ["–", "   "];

/// Adds the page, once for all who hang its button.
pub fn plugin(app: &mut App) {
    app.init_resource::<Reading>().add_systems(Startup, hang).add_systems(
        Update,
        (
            close.in_set(BackSystems::Remarks),
            show.run_if(resource_changed::<ShownRun>.or_eager(resource_changed::<Reading>))
                .in_set(WorldSystems::Show),
        ),
    );
}

/// Whether the remarks are read, and which page of them.
#[derive(Resource, Default)]
struct Reading {
    open: bool,
    page: usize,
}

/// The page.
#[derive(Component)]
struct Board;

/// A part of them.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum Part {
    Open,
    Heading,
    Lines,
    /// The way to the next page.
    Next,
}

fn hang(mut hanger: Hanger) {
    let page = hanger.hang(PanelPlan::plate("To know", PAGE_M, PAGE_READ_FROM_M));
    let place = Transform::from_translation(PAGE_PLACE_M);
    hanger.commands.entity(page.panel).insert((Board, Foremost, place, Visibility::Hidden));
    hanger.commands.entity(page.root).with_children(|page| {
        page.spawn(Node { column_gap: px(12), align_items: AlignItems::Center, ..default() })
            .with_children(|line| {
                line.spawn((words::heading(""), TextLayout::no_wrap(), Part::Heading));
                line.spawn(Node { flex_grow: 1.0, ..default() });
                line.spawn((
                    button("next-remarks", say!("desk-next"), ButtonKind::Plain),
                    Part::Next,
                ))
                .observe(|_: On<Activate>, mut reading: ResMut<Reading>| reading.page += 1);
                line.spawn(button("close-remarks", say!("desk-close"), ButtonKind::Plain))
                    .observe(|_: On<Activate>, mut reading: ResMut<Reading>| reading.open = false);
            });
        page.spawn((words::caption(""), TextLayout::no_wrap(), Part::Lines));
    });
}

/// The button that opens the page; it is there only if there is something to be known.
pub fn opener(line: &mut ChildSpawnerCommands) {
    line.spawn((button("remarks", say!("desk-to-know"), ButtonKind::Small), Part::Open))
        .observe(|_: On<Activate>, mut reading: ResMut<Reading>| reading.open = !reading.open);
}

/// Back closes the page.
fn close(mut back: GoesBack, mut reading: ResMut<Reading>) {
    if back.take(reading.open) {
        reading.open = false;
    }
}

fn show(
    run: Res<ShownRun>,
    mut reading: ResMut<Reading>,
    mut boards: Query<&mut Visibility, With<Board>>,
    mut texts: Query<(&Part, &mut Text)>,
    mut buttons: Query<(&Part, &mut Node, &mut ControlText)>,
) {
    let remarks = run.0.remarks();
    if remarks.is_empty() && reading.open {
        *reading = Reading::default();
    }
    // They are worded only where somebody reads them.
    let pages = if reading.open { pages(remarks) } else { Vec::new() };
    for mut seen in &mut boards {
        let shown = !remarks.is_empty() && reading.open;
        seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
    let at = reading.page.checked_rem(pages.len()).unwrap_or(0);
    for (part, text) in &mut texts {
        match part {
            Part::Heading if pages.len() > 1 => {
                write(text, say!("desk-to-know-page-of", at = at + 1, pages_count = pages.len()));
            }
            Part::Heading => write(text, say!("desk-to-know").to_owned()),
            Part::Lines => {
                write(text, pages.get(at).map_or_else(String::new, |lines| lines.join("\n")));
            }
            Part::Open | Part::Next => {}
        }
    }
    for (part, mut node, mut label) in &mut buttons {
        match part {
            Part::Open => {
                controls::show(&mut node, !remarks.is_empty());
                label
                    .set_if_neq(ControlText(say!("desk-to-know-2", remarks_count = remarks.len())));
            }
            Part::Next => controls::show(&mut node, pages.len() > 1),
            Part::Heading | Part::Lines => {}
        }
    }
}

/// The lines of each page; a remark that has room on the next page is not parted.
fn pages(remarks: &[Phrase]) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    for remark in remarks {
        let lines = lines(&remark.to_string());
        match pages.last_mut() {
            Some(page) if page.len() + lines.len() <= LINES => page.extend(lines),
            _ => pages.extend(lines.chunks(LINES).map(<[String]>::to_vec)),
        }
    }
    pages
}

/// A remark in lines, broken between words or Chinese characters where that is possible.
fn lines(remark: &str) -> Vec<String> {
    let mut lines = vec![BEFORE[0].to_owned()];
    for Atom { spaced, text: word } in atoms(remark) {
        match lines.last_mut() {
            Some(line) if width(line) + 2 * usize::from(spaced) + width(&word) <= WIDTH => {
                line.extend(spaced.then_some(' '));
                line.push_str(&word);
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
    fn remarks() -> Vec<Phrase> {
        let mut all = vec![
            "Folded: its normalisations are part of its convolutions, so it does not learn as its author's did; export it \
             with torch.onnx.export(…, training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)"
                .into(),
            "Pixels: −1 to 1".into(),
            format!("Left out: {}.png", "W".repeat(300)).into(),
        ];
        all.extend((0..9).map(|at| format!("Outputs: only the first of {at} is looked at").into()));
        all
    }

    #[test]
    fn every_remark_stands_on_its_pages_in_full() {
        let pages = pages(&remarks());
        let said: String = pages.concat().concat();
        let plain = |text: &str| text.replace([' ', '–'], "");
        assert_eq!(
            plain(&said),
            plain(&remarks().iter().map(ToString::to_string).collect::<String>())
        );
        for page in &pages {
            assert!((1..=LINES).contains(&page.len()));
            assert!(page.iter().all(|line| width(line) <= WIDTH), "{page:?}");
        }
        assert!(super::pages(&[]).is_empty());
        let short = ["Pixels: −1 to 1", "Batch: one"].map(Phrase::from);
        assert_eq!(super::pages(&short).len(), 1);
    }

    #[test]
    fn the_board_is_there_while_there_are_remarks_and_cuts_none() {
        let mut app = headless::hall_with(|app| {
            app.insert_resource(ShownRun(Run::new(0)));
            plugin(app);
            app.add_systems(Startup, |mut hanger: Hanger| {
                let line = hanger.hang(PanelPlan::clear("Line", vec2(1.0, 0.4), 2.0));
                hanger.commands.entity(line.root).with_children(opener);
            });
        });
        headless::lay_out(&mut app);
        let seen = |app: &mut App| {
            let mut pages = app.world_mut().query_filtered::<&Visibility, With<Board>>();
            let page = *pages.single(app.world()).unwrap();
            let mut parts = app.world_mut().query::<(&Part, &Node)>();
            let mut openers = parts.iter(app.world()).filter(|(part, _)| **part == Part::Open);
            let opener = openers.next().unwrap().1.display;
            (opener != Display::None, page != Visibility::Hidden)
        };
        headless::frames(&mut app, 2);
        assert_eq!(seen(&mut app), (false, false));
        let all = remarks();
        let count = pages(&all).len();
        let material = Material { remarks: all, content: Payload::new(Nothing) };
        app.world_mut().resource_mut::<ShownRun>().0.take(Report::Material(material));
        headless::frames(&mut app, 2);
        assert_eq!(seen(&mut app), (true, false));
        app.world_mut().resource_mut::<Reading>().open = true;
        let mut told = String::new();
        for page in 0..count {
            app.world_mut().resource_mut::<Reading>().page = page;
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
        assert_eq!(seen(&mut app), (true, true));
        let plain = |text: &str| text.replace([' ', '–', '\n'], "");
        assert_eq!(
            plain(&told),
            plain(&remarks().iter().map(ToString::to_string).collect::<String>())
        );
    }
}
