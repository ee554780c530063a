//! The strip above the rows: what spans their space, what their looks mean, and how many of them are drawn.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    attention::{Space, SpaceTurn, TableAttention, used_by_information},
    places::{FOOT_M, FOOT_READ_FROM_M, FOOT_SIZE_M, STRIP_M, STRIP_READ_FROM_M, STRIP_SIZE_M},
    samples::{Fitted, SampleSystems},
    samples_looks::{class_colour, sign_of},
    stepper::{Stepped, StepperSystems, StepperWords, next, stepper},
};
use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::Table},
    words::{Word, of_table},
    world::{
        stage::{OnStage, PlinthPlaced},
        ui::{
            controls::{Activate, Offers, offer, show},
            palette,
            panel::{Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// How far the space can be turned to either side, and by how much at a time, in degrees.
const MOST_TURN: f32 = 44.0;
const TURN_STEP: f32 = 17.0;
/// As many classes have a key.
const MOST_KEYS: usize = 5;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_strip).add_systems(
        Update,
        (write_strip, check_spaces)
            .in_set(StepperSystems)
            .after(SampleSystems)
            .in_set(OnStage(EXHIBIT_ID)),
    );
}

/// What the space can be spanned by.
const SPACES: [(&str, Word, Space); 2] = [
    ("space-components", key!("logistic-components"), Space::Components),
    ("space-features", key!("logistic-features"), Space::Features),
];

/// What a stepper goes through.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum Steps {
    Turn,
    Class,
    /// The feature to the right, 0, or away, 1.
    Across(usize),
}

/// What a text tells.
#[derive(Component, Clone, Copy)]
enum SpaceText {
    Class(usize),
    Drawn,
    Boundary,
}

/// What is seen only where it is of use.
#[derive(Component, Clone, Copy)]
enum OnlyFor {
    /// Two features span the floor.
    Features,
    TwoClasses,
    ManyClasses,
}

fn hang_strip(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let sign = hanger.hang(PanelPlan::clear("Rows in space", STRIP_SIZE_M, STRIP_READ_FROM_M));
    hanger
        .commands
        .entity(sign.panel)
        .insert((Transform::from_translation(STRIP_M), ChildOf(placed.entity)));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.row_gap = px(6);
        page.align_items = AlignItems::Center;
        page.justify_content = JustifyContent::End;
    });
    hanger.commands.entity(sign.root).with_children(|page| {
        page.spawn(centred_line()).with_children(spawn_spaces);
        page.spawn(centred_line()).with_children(|line| {
            let looks = |looks: &'static str| (words::caption(looks), TextLayout::no_wrap());
            let hollow = looks(say!("logistic-hollow-held-out"));
            for class in 0..MOST_KEYS {
                line.spawn((caption(class_colour(class)), SpaceText::Class(class)));
            }
            line.spawn(hollow);
            line.spawn(looks(say!("logistic-ring-told-wrongly")));
        });
    });
    hang_foot(placed.entity, &mut hanger);
}

/// Whose probability the boundary is of, with a choice where there are more than two classes.
fn hang_foot(exhibit: Entity, hanger: &mut Hanger) {
    let sign = hanger.hang(PanelPlan::clear("Foot of the space", FOOT_SIZE_M, FOOT_READ_FROM_M));
    hanger
        .commands
        .entity(sign.panel)
        .insert((Transform::from_translation(FOOT_M), ChildOf(exhibit)));
    hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(sign.root).with_children(|page| {
        page.spawn((centred_line(), OnlyFor::TwoClasses)).with_children(|line| {
            line.spawn((caption(palette::INK), SpaceText::Boundary));
        });
        page.spawn((centred_line(), OnlyFor::ManyClasses)).with_children(|line| {
            stepper(line, ["class-back", "class-on"], 190.0, Steps::Class).observe(step);
        });
    });
}

fn centred_line() -> Node {
    Node {
        column_gap: px(16),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    }
}

fn caption(ink: Color) -> impl Bundle {
    (words::set("", type_size::CAPTION, FontWeight::NORMAL, ink), TextLayout::no_wrap())
}

fn spawn_spaces(line: &mut ChildSpawnerCommands) {
    offer(
        line,
        &SPACES,
        |_| {},
        |space| {
            move |_: On<Activate>, mut attention: ResMut<TableAttention>| {
                if attention.space != space {
                    attention.space = space;
                }
            }
        },
    );
    stepper(line, ["turn-left", "turn-right"], 54.0, Steps::Turn).observe(step);
    for (place, names) in
        [["across-back", "across-on"], ["away-back", "away-on"]].into_iter().enumerate()
    {
        line.spawn((centred_line(), OnlyFor::Features)).with_children(|line| {
            stepper(line, names, 30.0, Steps::Across(place)).observe(step);
        });
    }
    line.spawn((caption(palette::INK_QUIET), SpaceText::Drawn));
}

fn step(
    stepped: On<Stepped>,
    steps: Query<&Steps>,
    fitted: Res<Fitted>,
    mut attention: ResMut<TableAttention>,
    mut turn: ResMut<SpaceTurn>,
) {
    let (Ok(steps), Some((table, _))) = (steps.get(stepped.entity), &fitted.0) else {
        return;
    };
    match *steps {
        Steps::Turn => {
            let step = if stepped.on { TURN_STEP } else { -TURN_STEP };
            turn.set_if_neq(SpaceTurn((turn.0 + step).clamp(-MOST_TURN, MOST_TURN)));
        }
        Steps::Class => {
            attention.class = next(attention.class, table.classes.len(), stepped.on);
        }
        Steps::Across(place) => {
            let used = used_by_information(table);
            if let Some(feature) = attention.across.get_mut(place) {
                let at = used.iter().position(|known| known == feature).unwrap_or(0);
                *feature = used.get(next(at, used.len(), stepped.on)).copied().unwrap_or(0);
            }
        }
    }
}

fn write_strip(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    mut texts: Query<(&SpaceText, &mut Text, &mut Node), Without<OnlyFor>>,
    mut steppers: Query<(&Steps, &mut StepperWords)>,
    mut parts: Query<(&OnlyFor, &mut Node)>,
) {
    let Some((table, _)) = &fitted.0 else {
        return;
    };
    if !attention.is_changed() && !fitted.is_changed() {
        return;
    }
    for (tells, mut text, mut node) in &mut texts {
        let wanted = match *tells {
            SpaceText::Class(class) => class_words(table, class),
            SpaceText::Drawn => drawn_words(table),
            SpaceText::Boundary => boundary_words(table, &attention),
        };
        // What says nothing takes no room.
        show(&mut node, !wanted.is_empty());
        text.set_if_neq(Text(wanted));
    }
    for (steps, mut words) in &mut steppers {
        words.set_if_neq(StepperWords(step_words(table, &attention, *steps)));
    }
    for (only_for, mut node) in &mut parts {
        let of_use = match only_for {
            OnlyFor::Features => attention.space == Space::Features,
            OnlyFor::TwoClasses => table.classes.len() == 2,
            OnlyFor::ManyClasses => table.classes.len() > 2,
        };
        show(&mut node, of_use);
    }
}

fn check_spaces(attention: Res<TableAttention>, mut spaces: Offers<Space>) {
    if attention.is_changed() {
        spaces.light(|space| *space == attention.space);
    }
}

/// How many rows are drawn, where not all are.
fn drawn_words(table: &Table) -> String {
    if table.drawn.rows.len() == table.rows {
        return String::new();
    }
    let count = |count: usize| HumanCount(count as u64).to_string();
    say!(
        "logistic-of-rows-drawn",
        rows_count = count(table.drawn.rows.len()),
        rows = count(table.rows)
    )
}

fn class_words(table: &Table, class: usize) -> String {
    let left_out = table.classes.len().saturating_sub(MOST_KEYS);
    match table.classes.get(class) {
        Some(_) if class + 1 == MOST_KEYS && left_out > 0 => {
            say!("logistic-and-more", class = sign_of(class), left_out = left_out + 1)
        }
        Some(name) => format!("{} {}", sign_of(class), of_table(name)),
        None => String::new(),
    }
}

/// Which probabilities the boundary shows.
fn boundary_words(table: &Table, attention: &TableAttention) -> String {
    let class = &*table.class(attention.class);
    let threshold = attention.threshold;
    match attention.space {
        Space::Components => {
            say!("logistic-p-of-0-1-0", class, threshold = format_args!("{:.2}", threshold))
        }
        Space::Features => {
            say!("logistic-p-of-line-at", class, threshold = format_args!("{:.2}", threshold))
        }
    }
}

fn step_words(table: &Table, attention: &TableAttention, steps: Steps) -> String {
    match steps {
        Steps::Turn => say!("logistic-turn").to_owned(),
        Steps::Class => {
            let class = &*table.class(attention.class);
            say!("logistic-p-of", class)
        }
        Steps::Across(place) => {
            // What it leads to stands at the axis itself.
            ["→", "↗"].get(place).copied().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn the_strip_says_what_is_drawn_of_what() {
        let table = table();
        assert_eq!(drawn_words(&table), "4 of 6 rows drawn");
        let keys = [0, 1, 2].map(|class| class_words(&table, class));
        assert_eq!(keys, ["● benign", "◆ malignant", ""]);
        let attention = TableAttention { across: [1, 0], threshold: 0.3, ..default() };
        assert_eq!(boundary_words(&table, &attention), "Planes: p of malignant 0.1, 0.30, 0.9");
        assert_eq!(step_words(&table, &attention, Steps::Across(0)), "→");
        assert_eq!(step_words(&table, &attention, Steps::Class), "p of malignant");
    }

    #[test]
    fn many_classes_share_the_last_key() {
        let mut table = (*table()).clone();
        table.classes = (0..7).map(|class| format!("c{class}")).collect();
        assert_eq!(class_words(&table, 3), "▲ c3");
        assert_eq!(class_words(&table, 4), "● and 3 more");
    }
}
