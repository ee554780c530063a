//! How often what was predicted: true stars upwards, predicted stars to the right.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{LearningPage, evaluate::Heard, facts::stars_words, judged::CrossValidation};
use crate::{
    exhibits::recommender::payload::StarScale,
    world::{
        display::{CellAt, Field, Mark, confusion_matrix, show_counts},
        interaction::aim::{AimLeft, AimMoved, Landmark, Surface},
        link::ShownRun,
        ui::{
            canvas::{self, Canvas, LINE_DMM},
            palette,
            panel::Hanger,
            sheet::{self, from_left},
            tabs::{Leaf, on_page, whole_page},
            type_size, words,
        },
    },
};

/// The matrix on its page.
const MATRIX: Rect = Rect { min: vec2(426.0, 36.0), max: vec2(586.0, 196.0) };
/// An axis has room for so many names.
const MOST_NAMES: usize = 5;
/// The top of the words on what is pointed at.
const CAPTION_TOP: f32 = 222.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        on_page(
            LearningPage::Evaluate,
            (show_matrix.run_if(sheet::seldom()), write_caption).chain(),
        ),
    );
}

/// The matrix, what it shows, and the cell that is pointed at.
#[derive(Component, Default)]
struct Matrix {
    heard: Option<Heard>,
    scale: StarScale,
    counts: Vec<u32>,
    pointed: Option<CellAt>,
}

/// The names of stars at the axes.
#[derive(Component)]
struct StarNames;

/// What is pointed at, or else how the picture is read.
#[derive(Component)]
struct Caption;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn((whole_page(), StarNames));
        let line = Node {
            width: percent(100),
            justify_content: JustifyContent::FlexEnd,
            ..from_left(0.0, CAPTION_TOP)
        };
        let words = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK);
        page.spawn(line).with_child((words, TextLayout::no_wrap(), Caption));
    });
    let field = confusion_matrix(StarScale::default().count(), leaf.metres(MATRIX.size()).x);
    let surface = Surface { size: field.size() };
    hanger
        .commands
        .spawn((
            Name::new("True and predicted stars"),
            field,
            Matrix::default(),
            surface,
            Landmark("predicted"),
            leaf.place(MATRIX),
            Visibility::Hidden,
            ChildOf(leaf.displays),
        ))
        .observe(point)
        .observe(leave);
}

fn show_matrix(
    run: Res<ShownRun>,
    mut matrices: Query<(Entity, &mut Field, &mut Matrix, &mut Visibility)>,
    names: Query<Entity, With<StarNames>>,
    mut commands: Commands,
) {
    let now = Heard::of(&run.0);
    for (entity, mut field, mut matrix, mut seen) in &mut matrices {
        if matrix.heard == Some(now) {
            continue;
        }
        let judged = CrossValidation::of(&run.0);
        let (scale, counts) = (judged.scale, judged.counts);
        let there = !counts.is_empty();
        if there && scale.count() != field.layout().rows {
            // Another scale has another number of cells.
            let mut other = confusion_matrix(scale.count(), field.size().x);
            show_counts(&mut other, &upwards(&counts, scale.count()));
            commands.entity(entity).insert(other);
        } else if there && matrix.counts != counts {
            show_counts(&mut field, &upwards(&counts, scale.count()));
        }
        seen.set_if_neq(if there { Visibility::Inherited } else { Visibility::Hidden });
        *matrix = Matrix { heard: Some(now), scale, counts, pointed: None };
        field.marks.clear();
        for names in &names {
            canvas::rewrite(&mut commands, names, |canvas| {
                if there {
                    write_names(canvas, scale);
                }
            });
        }
    }
}

/// Rows from the most stars down to the fewest, as a chart has its values.
fn upwards(counts: &[u32], stars: usize) -> Vec<u32> {
    counts.chunks(stars.max(1)).rev().flatten().copied().collect()
}

fn write_names(canvas: &mut Canvas, scale: StarScale) {
    canvas.figure(MATRIX.min.x - 72.0, 0.0, say!("recommender-true-and-predicted"));
    let pitch = MATRIX.width() / scale.count() as f32;
    let each = scale.count().div_ceil(MOST_NAMES);
    // The greatest is always named.
    for place in (0..scale.count()).rev().step_by(each) {
        let name = scale.stars(place).to_string();
        let along = (place as f32 + 0.5) * pitch;
        canvas.middle(MATRIX.min.x + along, MATRIX.max.y + 1.0, name.clone(), palette::INK_QUIET);
        let middle = MATRIX.max.y - along;
        let right = MATRIX.min.x - 8.0;
        canvas.number(right, middle - LINE_DMM / 2.0, name, palette::INK_QUIET);
    }
    canvas.turned(MATRIX.min.x - 66.0, MATRIX.center().y, say!("recommender-true"));
}

fn write_caption(
    matrices: Query<&Matrix, Changed<Matrix>>,
    mut captions: Query<&mut Text, With<Caption>>,
) {
    let Ok(matrix) = matrices.single() else {
        return;
    };
    for text in &mut captions {
        sheet::write(text, caption(matrix));
    }
}

fn caption(matrix: &Matrix) -> String {
    let stars = matrix.scale.count();
    let pointed = matrix.pointed.and_then(|cell| {
        let truth = stars.checked_sub(cell.row + 1)?;
        Some((truth, cell.column, *matrix.counts.get(truth * stars + cell.column)?))
    });
    let name = |place| stars_words(matrix.scale, matrix.scale.stars(place));
    match (pointed, matrix.counts.iter().max()) {
        (Some((truth, said, count)), _) => {
            let count = HumanCount(u64::from(count));
            say!("recommender-true-predicted", truth = name(truth), said = name(said), count)
        }
        (None, Some(most)) => {
            say!("recommender-predicted-brightest", most = HumanCount(u64::from(*most)))
        }
        (None, None) => String::new(),
    }
}

fn point(moved: On<AimMoved>, mut matrices: Query<(&mut Field, &mut Matrix)>) {
    if let Ok((mut field, mut matrix)) = matrices.get_mut(moved.entity) {
        let cell = field.layout().cell_at(moved.uv);
        if cell != matrix.pointed {
            matrix.pointed = cell;
            field.marks = cell.map(|cell| mark(&field, cell)).into_iter().collect();
        }
    }
}

fn mark(field: &Field, cell: CellAt) -> Mark {
    let (rows, columns) = (cell.row..cell.row + 1, cell.column..cell.column + 1);
    Mark::new(field.layout().cells_rect(cell.map, rows, columns), palette::ACCENT)
}

fn leave(left: On<AimLeft>, mut matrices: Query<(&mut Field, &mut Matrix)>) {
    if let Ok((mut field, mut matrix)) = matrices.get_mut(left.entity) {
        matrix.pointed = None;
        field.marks.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointed_cell_says_truth_prediction_and_count() {
        let scale = StarScale::default();
        let mut counts = vec![0; 100];
        counts[7 * 10 + 6] = 2310;
        let field = confusion_matrix(10, 1.0);
        // The row of four stars is the third from the top.
        let pointed = field.layout().cell(0, 2, 6);
        let mut matrix = Matrix { heard: None, scale, counts, pointed };
        assert_eq!(caption(&matrix), "true 4.0, predicted 3.5: 2,310");
        matrix.pointed = None;
        assert_eq!(caption(&matrix), "predicted; brightest 2,310");
        assert_eq!(caption(&Matrix::default()), "");
    }

    #[test]
    fn most_stars_are_on_top() {
        assert_eq!(upwards(&[1, 2, 3, 4], 2), [3, 4, 1, 2]);
    }
}
