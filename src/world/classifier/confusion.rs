//! The confusion matrix of the last test at or before the shown step: which class was taken for which.

use indicatif::HumanCount;
use std::sync::Arc;

use bevy::prelude::*;

use super::{
    Classifier, Of,
    browser::{Hangs, RunsOn, Wall},
    on_stage,
    sheet::{self, centred, from_left, from_right},
};
use crate::{
    images::TestSet,
    world::{
        WorldSystems,
        display::{CellAt, Field, Mark, confusion_matrix, show_counts, show_shares},
        interaction::aim::{AimLeft, AimMoved, Surface},
        link::ShownRun,
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{palette, panel::Hanger, while_pointed::while_pointed, words},
    },
};

/// The matrix on its sheet, in dmm: left, top, and side.
const MATRIX_DMM: (f32, f32, f32) = (55.0, 70.0, 126.0);
/// So many classes have room for their name; where there are more than twice as many, the first has and one below the
/// middle.
const NAMED: usize = 5;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.add_observer(hang_matrix::<C>).add_systems(
        Update,
        (lay_out_classes::<C>, show_matrix::<C>, write_words::<C>.run_if(sheet::seldom()))
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(on_stage::<C>()),
    );
}

/// The matrix, the counts it shows, and the cell that is pointed at.
#[derive(Component, Default)]
struct Confusion {
    /// Where the names of its classes are written, and how many there are.
    page: Option<Entity>,
    classes: usize,
    counts: Option<Arc<[u32]>>,
    pointed: Option<CellAt>,
}

/// What each line of words says.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum ConfusionText {
    /// The step of the test.
    Tested,
    /// Why there is no matrix yet.
    Waiting,
    /// The name of the answers' axis, or the count that is pointed at.
    Caption,
    /// The name of a class at the axis.
    Class(usize),
}

fn hang_matrix<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != C::EXHIBIT {
        return;
    }
    let spot = C::PLACES.confusion;
    let sheet = sheet::hang(&mut hanger, placed.entity, "Confusion", spot);
    hanger.commands.entity(sheet.panel).insert((Hangs::BesideExamples, Of::<C>::MARK));
    let (left, top, side) = MATRIX_DMM;
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn((words::figure(say!("classifier-confusion")), from_left(0.0, 0.0)));
        page.spawn((
            words::caption(""),
            TextLayout::no_wrap(),
            from_left(0.0, 34.0),
            ConfusionText::Tested,
            Of::<C>::MARK,
        ));
        let waiting = Node { width: px(side), ..from_left(left, top + side / 3.0) };
        page.spawn((
            words::caption(say!("classifier-after-the-first-epoch")),
            waiting,
            ConfusionText::Waiting,
            Of::<C>::MARK,
        ));
        // Turned about its middle, which stands before the middle of the rows.
        let turned = UiTransform { rotation: Rot2::degrees(-90.0), ..centred() };
        page.spawn((
            words::caption(say!("classifier-true-2")),
            from_left(17.0, top + side / 2.0 - 17.0),
            turned,
        ));
    });
    // The caption is wider than the matrix: it runs on below the wall of mistakes, which shows none meanwhile.
    let size = spot.size_m * sheet::DMM_PER_M;
    let wide = Rect::new(left, size.y - 35.0, left + 350.0, size.y);
    let caption = sheet.hang_before(&mut hanger, say!("classifier-confusion-caption"), wide);
    hanger.commands.entity(caption).with_children(|page| {
        page.spawn((
            words::caption(say!("classifier-said")),
            TextLayout::no_wrap(),
            ConfusionText::Caption,
            Of::<C>::MARK,
        ));
    });
    let field = confusion_matrix(1, side / sheet::DMM_PER_M);
    let surface = Surface { size: field.size() };
    hanger
        .commands
        .spawn((
            Name::new("Confusion matrix"),
            field,
            Of::<C>::MARK,
            Confusion { page: Some(sheet.root), ..Confusion::default() },
            RunsOn::default(),
            surface,
            sheet.place(Rect::new(left, top, left + side, top + side), sheet::BEFORE_M),
            Visibility::Hidden,
            ChildOf(sheet.panel),
        ))
        .observe(point)
        .observe(leave);
}

/// Makes a row and a column for each class once they are known.
fn lay_out_classes<C: Classifier>(
    run: Res<ShownRun>,
    lines: Query<(Entity, &ConfusionText), With<Of<C>>>,
    mut matrices: Query<(Entity, &ChildOf, &mut Confusion), With<Of<C>>>,
    mut commands: Commands,
) {
    let classes = run.0.material::<TestSet>().map_or(0, |set| set.classes.len());
    for (entity, sheet, mut matrix) in &mut matrices {
        if classes == 0 || matrix.classes == classes {
            continue;
        }
        *matrix = Confusion { page: matrix.page, classes, ..Confusion::default() };
        let field = confusion_matrix(classes, MATRIX_DMM.2 / sheet::DMM_PER_M);
        commands.entity(entity).insert(field);
        for (line, _) in lines.iter().filter(|(_, line)| matches!(line, ConfusionText::Class(_))) {
            commands.entity(line).despawn();
        }
        if let Some(page) = matrix.page {
            commands
                .entity(page)
                .with_children(|page| write_classes::<C>(page, sheet.parent(), classes));
        }
    }
}

/// The names of the classes beside rows and columns while one points at them; of many, as many as there is room for.
fn write_classes<C: Classifier>(page: &mut ChildSpawnerCommands, sheet: Entity, classes: usize) {
    let (left, top, side) = MATRIX_DMM;
    let pitch = side / classes as f32;
    let every = if classes > 2 * NAMED { classes * 3 / 4 } else { classes.div_ceil(NAMED) };
    for class in (0..classes).step_by(every.max(1)) {
        let middle = (class as f32 + 0.5) * pitch;
        let right = C::PLACES.confusion.size_m.x * sheet::DMM_PER_M - left + 6.0;
        let beside = from_right(right, top + middle - 17.0);
        let name = || {
            let text = (words::caption(""), ConfusionText::Class(class), Of::<C>::MARK);
            (text, while_pointed(sheet))
        };
        page.spawn((name(), beside));
        let below = from_left(left + middle, top + side + 1.0);
        page.spawn((name(), below, centred()));
    }
}

fn show_matrix<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut matrices: Query<(&mut Field, &mut Confusion, &mut RunsOn, &mut Visibility), With<Of<C>>>,
) {
    let test = run.0.test_at(timeline.shown_step(&run.0));
    for (mut field, mut matrix, mut caption, mut seen) in &mut matrices {
        caption.set_if_neq(RunsOn(matrix.pointed.is_some()));
        let wanted = if test.is_some() { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
        let counts = test.map(|test| &test.confusion);
        let same = match (&matrix.counts, counts) {
            (Some(shown), Some(counts)) => Arc::ptr_eq(shown, counts),
            (None, None) => true,
            _ => false,
        };
        if !same {
            matrix.counts = counts.cloned();
            match counts {
                // Of many classes some are seldom, and would be dark beside the others.
                Some(counts) if matrix.classes > 2 * NAMED => show_shares(&mut field, counts),
                Some(counts) => show_counts(&mut field, counts),
                None => field.clear(),
            }
        }
    }
}

fn write_words<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    matrices: Query<&Confusion, With<Of<C>>>,
    walls: Query<&Wall, With<Of<C>>>,
    mut lines: Query<(&ConfusionText, &mut Text), With<Of<C>>>,
) {
    let classes = run.0.material::<TestSet>().map(|set| &*set.classes).unwrap_or_default();
    let epoch = run.0.epoch_at(timeline.shown_step(&run.0));
    let test = epoch.and_then(|epoch| epoch.test.as_ref());
    for (line, text) in &mut lines {
        let wanted = match *line {
            ConfusionText::Tested => {
                epoch.filter(|_| test.is_some()).map_or_else(String::new, |epoch| {
                    say!("classifier-tested-at", step = HumanCount(epoch.step.0))
                })
            }
            ConfusionText::Waiting if test.is_some() => String::new(),
            ConfusionText::Waiting => say!("classifier-after-the-first-epoch").to_owned(),
            // The caption of an image stands there.
            ConfusionText::Caption if walls.iter().any(Wall::tells_below) => String::new(),
            ConfusionText::Caption => matrices
                .iter()
                .find_map(|matrix| caption(matrix, classes))
                .unwrap_or_else(|| say!("classifier-said").to_owned()),
            ConfusionText::Class(class) if test.is_some() => sheet::short_class(classes, class),
            ConfusionText::Class(_) => String::new(),
        };
        sheet::write(text, wanted);
    }
}

/// What a pointed cell counts: a row is a true class, a column what the network said.
fn caption(matrix: &Confusion, classes: &[String]) -> Option<String> {
    let (cell, counts) = (matrix.pointed?, matrix.counts.as_ref()?);
    let count = *counts.get(cell.row * matrix.classes + cell.column)?;
    let (truth, said) =
        (sheet::class_name(classes, cell.row), sheet::class_name(classes, cell.column));
    let images = if count == 1 { say!("classifier-image") } else { say!("classifier-images") };
    Some(say!(
        "classifier-true-read-as-2",
        truth,
        said,
        count = HumanCount(u64::from(count)),
        images
    ))
}

fn point(moved: On<AimMoved>, mut matrices: Query<(&mut Field, &mut Confusion)>) {
    if let Ok((mut field, mut matrix)) = matrices.get_mut(moved.entity) {
        let cell = field.layout().cell_at(moved.uv);
        if cell != matrix.pointed {
            matrix.pointed = cell;
            field.marks = cell.map(|cell| mark(&field, cell)).into_iter().collect();
        }
    }
}

fn mark(field: &Field, cell: CellAt) -> Mark {
    let rect =
        field.layout().cells_rect(cell.map, cell.row..cell.row + 1, cell.column..cell.column + 1);
    Mark::new(rect, palette::ACCENT)
}

fn leave(left: On<AimLeft>, mut matrices: Query<(&mut Field, &mut Confusion)>) {
    if let Ok((mut field, mut matrix)) = matrices.get_mut(left.entity) {
        matrix.pointed = None;
        field.marks.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointed_cell_says_truth_answer_and_count() {
        let classes: Vec<String> = (0..10).map(|class| class.to_string()).collect();
        let mut counts = vec![0; 100];
        counts[49] = 1200;
        counts[94] = 1;
        let field = confusion_matrix(10, 1.0);
        let at = |row, column| Confusion {
            page: None,
            classes: 10,
            counts: Some(counts.clone().into()),
            pointed: field.layout().cell(0, row, column),
        };
        assert_eq!(caption(&at(4, 9), &classes).unwrap(), "true 4, read as 9: 1,200 images");
        assert_eq!(caption(&at(9, 4), &classes).unwrap(), "true 9, read as 4: 1 image");
        assert_eq!(caption(&Confusion::default(), &classes), None);
    }
}
