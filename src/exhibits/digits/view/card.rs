//! The card: beside a number that is pointed at, how it came to be, with the numbers of this very step.

use bevy::prelude::*;

use super::{
    DigitsAttention, Shows,
    architecture::Staged,
    detail_view::RIGHT_EDGE_M,
    naming::{colour, name_of},
    probe::{ProbeSystems, ShowsMap},
};
use crate::{
    exhibits::digits::{EXHIBIT_ID, INPUT, LOGITS, PROBABILITIES},
    images::TestSet,
    stream::{Snapshot, Step},
    world::{
        Head, WorldSystems,
        exhibit_sessions::Belongs,
        inspect::{self, Arithmetic, Product, Unit},
        interaction::aim::{AimedAt, Untouchable},
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls, palette,
            panel::{Ground, Hanger, Panel, PanelPlan},
            sheet::figure,
            type_size, words,
        },
    },
};

/// The distance that the card is made for, in metres; nearer or further it is scaled so that it looks as large.
const READ_FROM_M: f32 = 2.2;
/// Width and height, in metres at that distance.
const SIZE_M: Vec2 = Vec2::new(1.38, 0.84);
/// How far from the unit towards the head it hangs, as a share of the way.
const NEARER: f32 = 0.35;
/// Between the unit and the card's edge, as the tangent of the angle seen.
const ASIDE: f32 = 0.06;
/// Units further to the visitor's right than this, as a tangent, have the card on their left.
const TURN_OVER: f32 = 0.45;
/// The same for units of a map that came near.
const TURN_OVER_NEAR: f32 = 0.05;
/// Its middle stays between these heights, in metres.
const HEIGHTS_M: (f32, f32) = (1.05, 2.3);
/// Words change at most once in this time while the training goes on, in seconds.
const WRITE_EVERY_SECS: f32 = 0.1;
/// Least width of the plate, and of a column of its table, in dmm.
const LEAST_WIDTH_DMM: f32 = 330.0;
const COLUMN_DMM: f32 = 84.0;
/// Rows and columns of its table: no filter is larger.
const TABLE_SIDE: usize = 3;
/// Lines of text under the table.
const LINES: usize = 8;
/// The strongest maps that a class's sum names.
const NAMED_MAPS: usize = 5;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_card).add_systems(
        Update,
        (place_card, write_card)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE)
            .after(ProbeSystems),
    );
}

/// The panel, and for which unit it hangs where.
#[derive(Component, Default)]
struct Card {
    /// The unit, and the surface that it was pointed at on.
    of: Option<(Unit, Option<Entity>)>,
    at: Vec3,
}

/// A text of the card.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Layer,
    Place,
    Value,
    /// What is multiplied, at a row and column.
    Factors(usize, usize),
    /// What comes of it.
    Product(usize, usize),
    Line(usize),
}

/// A row of the table.
#[derive(Component)]
struct TableRow(usize);

/// The ground under the words.
#[derive(Component)]
struct Plate;

/// All that a card says.
#[derive(Clone, Debug, Default, PartialEq)]
struct CardContent {
    layer: String,
    place: String,
    value: String,
    /// Factors, product, and whether it is the one that counts.
    table: Vec<Vec<(String, String, bool)>>,
    lines: Vec<String>,
}

fn hang_card(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let card = hanger.hang(PanelPlan {
        name: "Arithmetic",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        // The plate is as large as its words, so it stands on nothing.
        ground: Ground::Clear,
    });
    // It hangs in world space, between the unit and whoever looks.
    hanger.commands.entity(card.panel).insert((
        Card::default(),
        Belongs::to(EXHIBIT_ID),
        Untouchable,
        Transform::default(),
        Visibility::Hidden,
    ));
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn((controls::card(), Plate));
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.min_width = px(LEAST_WIDTH_DMM);
            plate.row_gap = px(3);
        });
        plate.with_children(write_nothing);
    });
}

/// The texts of the card, all of them still empty.
fn write_nothing(page: &mut ChildSpawnerCommands) {
    page.spawn(Node {
        column_gap: px(20),
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Baseline,
        ..default()
    })
    .with_children(|line| {
        line.spawn((words::figure(""), Slot::Layer));
        line.spawn((in_ink(FontWeight::SEMIBOLD, palette::ACCENT_BRIGHT), Slot::Value));
    });
    page.spawn((words::caption(""), Slot::Place));
    for row in 0..TABLE_SIDE {
        page.spawn((
            TableRow(row),
            Node { margin: UiRect::top(px(4)), column_gap: px(16), ..default() },
        ))
        .with_children(|line| {
            for column in 0..TABLE_SIDE {
                line.spawn(Node {
                    min_width: px(COLUMN_DMM),
                    // Factors that need more room widen the plate rather than run into each other.
                    flex_shrink: 0.0,
                    flex_direction: FlexDirection::Column,
                    ..default()
                })
                .with_children(|cell| {
                    cell.spawn((
                        words::caption(""),
                        TextLayout::no_wrap(),
                        Slot::Factors(row, column),
                    ));
                    cell.spawn((
                        in_ink(FontWeight::SEMIBOLD, palette::INK),
                        TextLayout::no_wrap(),
                        Slot::Product(row, column),
                    ));
                });
            }
        });
    }
    for line in 0..LINES {
        page.spawn((in_ink(FontWeight::NORMAL, palette::INK), Slot::Line(line)));
    }
}

/// Small text that does not step back.
fn in_ink(weight: FontWeight, ink: Color) -> impl Bundle {
    words::set("", type_size::CAPTION, weight, ink)
}

/// Where a card hangs for a unit at `unit`, seen from `head`, how large, and whether it is to the right of the unit.
///
/// `covered`: so many metres to the right of the unit must stay free too.
fn beside(unit: Vec3, head: Vec3, covered: Option<f32>) -> (Vec3, f32, bool) {
    let way = unit - head;
    let ahead = way.normalize_or(Vec3::NEG_Z);
    let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
    let distance = way.length() * (1.0 - NEARER);
    let half_width = SIZE_M.x / 2.0 / READ_FROM_M;
    // "Right" is meant in the hall, whose exhibit lies straight ahead of its middle.
    let bearing = unit.x / (-unit.z).max(0.1);
    let on_the_right = bearing <= if covered.is_some() { TURN_OVER_NEAR } else { TURN_OVER };
    let aside = half_width + ASIDE;
    let aside =
        if on_the_right { aside + covered.unwrap_or(0.0) / way.length().max(0.1) } else { -aside };
    let mut at = head + (ahead + right * aside) * distance;
    at.y = at.y.clamp(HEIGHTS_M.0, HEIGHTS_M.1);
    (at, distance / READ_FROM_M, on_the_right)
}

fn place_card(
    attention: Res<DigitsAttention>,
    aims: Query<&AimedAt>,
    layers: Query<(), Or<(With<Shows>, With<ShowsMap>)>>,
    panels: Query<(), With<Panel>>,
    near: Query<&ChildOf, With<ShowsMap>>,
    places: Query<&GlobalTransform>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    card: Option<Single<(&mut Card, &mut Transform, &mut Visibility)>>,
    mut plates: Query<&mut Node, With<Plate>>,
) {
    let (Some(head), Some(card)) = (head, card) else {
        return;
    };
    let (mut card, mut transform, mut seen) = card.into_inner();
    let head = head.translation();
    // Several aims may be in the hall: the unit is where the first of them is on a layer, or else on no panel.
    let hits = || aims.iter().filter_map(|aim| aim.0);
    let hit = hits()
        .find(|hit| layers.contains(hit.surface))
        .or_else(|| hits().find(|hit| !panels.contains(hit.surface)));
    let of = attention.pointed.map(|unit| (unit, hit.map(|hit| hit.surface)));
    if card.of != of {
        card.of = of;
        if let (Some(_), Some(hit)) = (of, hit) {
            // To the right of a map that came near are its filter and its button.
            let covered = near.get(hit.surface).ok().and_then(|parent| {
                let loupe = places.get(parent.parent()).ok()?;
                let along = loupe.affine().inverse().transform_point3(hit.point).x;
                Some((RIGHT_EDGE_M - along).max(0.0))
            });
            let (at, scale, on_the_right) = beside(hit.point, head, covered);
            // The plate stands at that edge of the panel that is next to the unit.
            let edge = if on_the_right { AlignSelf::Start } else { AlignSelf::End };
            for mut plate in plates.iter_mut().filter(|plate| plate.align_self != edge) {
                plate.align_self = edge;
            }
            card.at = at;
            transform.scale = Vec3::splat(scale);
        }
        seen.set_if_neq(if of.is_some() { Visibility::Inherited } else { Visibility::Hidden });
    }
    if card.of.is_some() {
        let wanted = Transform::from_translation(card.at)
            .with_scale(transform.scale)
            .looking_to(card.at - head, Vec3::Y);
        transform.set_if_neq(wanted);
    }
}

/// What was written last, and when it may be written again.
#[derive(Default)]
struct LastWritten {
    what: Option<(Unit, Step)>,
    input: Option<crate::stream::InputChoice>,
    next_secs: f32,
}

fn write_card(
    time: Res<Time<Real>>,
    attention: Res<DigitsAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    staged: Res<Staged>,
    mut last: Local<LastWritten>,
    mut texts: Query<(&Slot, &mut Text, &mut TextColor, &mut Node), Without<TableRow>>,
    mut rows: Query<(&TableRow, &mut Node), Without<Slot>>,
) {
    let (Some(unit), Some(snapshot)) = (attention.pointed, shown.get()) else {
        return;
    };
    let what = Some((unit, snapshot.step));
    if last.what == what && last.input.as_ref() == Some(&snapshot.input) {
        return;
    }
    let same_unit = last.what.is_some_and(|(before, _)| before == unit);
    if same_unit && time.elapsed_secs() < last.next_secs {
        return;
    }
    last.what = what;
    last.input = Some(snapshot.input.clone());
    last.next_secs = time.elapsed_secs() + WRITE_EVERY_SECS;
    let classes = run.0.material::<TestSet>().map(|set| set.classes.clone());
    let page = page_of(&staged, snapshot, unit, |class| {
        classes
            .as_ref()
            .and_then(|classes| classes.get(class))
            .cloned()
            .unwrap_or_else(|| class.to_string())
    });
    let cell = |row: usize, column: usize| page.table.get(row).and_then(|row| row.get(column));
    for (row, mut node) in &mut rows {
        show(&mut node, row.0 < page.table.len());
    }
    for (slot, mut text, mut colour, mut node) in &mut texts {
        let (wanted, strong) = match *slot {
            Slot::Layer => (Some(&page.layer), false),
            Slot::Place => (Some(&page.place), false),
            Slot::Value => (Some(&page.value), false),
            Slot::Factors(row, column) => (cell(row, column).map(|cell| &cell.0), false),
            Slot::Product(row, column) => (
                cell(row, column).map(|cell| &cell.1),
                cell(row, column).is_some_and(|cell| cell.2),
            ),
            Slot::Line(line) => (page.lines.get(line), false),
        };
        let wanted = wanted.map_or("", String::as_str);
        show(&mut node, !wanted.is_empty());
        if text.0 != wanted {
            wanted.clone_into(&mut text.0);
        }
        if matches!(slot, Slot::Product(..)) {
            colour.set_if_neq(TextColor(if strong {
                palette::ACCENT_BRIGHT
            } else {
                palette::INK
            }));
        }
    }
}

/// What has nothing to say takes no room.
fn show(node: &mut Mut<Node>, shown: bool) {
    let display = if shown { Display::Flex } else { Display::None };
    if node.display != display {
        node.display = display;
    }
}

fn page_of(
    staged: &Staged,
    snapshot: &Snapshot,
    unit: Unit,
    class: impl Fn(usize) -> String,
) -> CardContent {
    let Some(sizes) = staged.sizes() else {
        return CardContent::default();
    };
    let (name, place) = name_of(unit, sizes, class);
    let layer = unit.layer;
    let value = inspect::value(snapshot, unit);
    let mut page = CardContent {
        layer: name,
        place: format!("{place}, step {}", snapshot.step),
        value: value.map_or_else(|| "?".to_owned(), figure),
        ..CardContent::default()
    };
    let graph = staged.graph();
    if let Some(arithmetic) = inspect::arithmetic(graph, snapshot, unit) {
        explain_on(&mut page, unit, value.unwrap_or(f32::NAN), &arithmetic);
    }
    if layer == PROBABILITIES
        && let Some(dense) = inspect::arithmetic(graph, snapshot, Unit { layer: LOGITS, ..unit })
    {
        explain_on(&mut page, Unit { layer: LOGITS, ..unit }, f32::NAN, &dense);
    }
    page
}

/// Adds the table and the lines of one calculation.
fn explain_on(page: &mut CardContent, unit: Unit, value: f32, arithmetic: &Arithmetic) {
    match arithmetic {
        Arithmetic::Given => page.lines.push(
            match unit.layer {
                INPUT => "The brightness of this pixel, from 0 to 1",
                _ => "Learned: each step moves it against its gradient",
            }
            .to_owned(),
        ),
        Arithmetic::Convolution { products, bias, sum } => {
            let sums: Vec<f32> = products.iter().map(|of| sum_of(of)).collect();
            // Of several channels, the one that adds or takes most is shown whole.
            let most = sums.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            let shown = most.map_or(0, |(channel, _)| channel);
            page.table = products.get(shown).map(|of| table(of)).unwrap_or_default();
            if sums.len() > 1 {
                let told = sums.iter().enumerate();
                let told =
                    told.map(|(channel, sum)| format!("{} {}", colour(channel), figure(*sum)));
                page.lines.push(format!(
                    "{}: shown, of {}",
                    colour(shown),
                    told.collect::<Vec<_>>().join(", ")
                ));
            }
            page.lines.push(format!(
                "Σ {} + bias {} = {}",
                figure(sum - bias),
                figure(*bias),
                figure(*sum)
            ));
        }
        Arithmetic::Relu { before } => {
            page.lines.push(format!("max(0, {}) = {}", figure(*before), figure(before.max(0.0))));
        }
        Arithmetic::MaxPooling { of } => {
            let count = of.iter().map(Vec::len).sum::<usize>();
            let largest = of.iter().flatten().copied().fold(f32::NEG_INFINITY, f32::max);
            page.table = of
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|number| (String::new(), figure(*number), *number == largest))
                        .collect()
                })
                .collect();
            page.lines.push(format!("The largest of the {}: {}", counted(count), figure(largest)));
        }
        Arithmetic::Linear { parts, bias, sum } => {
            let (named, others) = parts.split_at(NAMED_MAPS.min(parts.len()));
            let rest: f32 = others.iter().map(|(_, part)| part).sum();
            let mut lines: Vec<String> =
                named.iter().map(|(map, part)| format!("map {map}: {}", figure(*part))).collect();
            lines.insert(0, format!("bias: {}", figure(*bias)));
            // Two to a line, so that the card stays small.
            page.lines.extend(lines.chunks(2).map(|pair| pair.join(",  ")));
            if !others.is_empty() {
                page.lines.push(format!("the other {} maps: {}", others.len(), figure(rest)));
            }
            page.lines.push(format!("together the logit z = {}", figure(*sum)));
        }
        Arithmetic::Softmax { logit, total, largest, of } => {
            let share = (logit - largest).exp();
            // The largest logit is taken off everywhere, which changes no share and keeps e^z finite.
            page.lines.push(format!(
                "e^(z − largest) = e^({} − {}) = {}",
                figure(*logit),
                figure(*largest),
                figure(share)
            ));
            page.lines.push(format!(
                "its share of all {}: {} / {} = {}",
                counted(*of),
                figure(share),
                figure(*total),
                figure(value)
            ));
        }
        Arithmetic::LinearProduct(product) => {
            page.lines.push("pooled unit × this weight".to_owned());
            page.lines.push(format!(
                "{} × {} = {}",
                figure(product.input),
                figure(product.weight),
                figure(product.value())
            ));
            page.lines.push("is what it adds to the logit".to_owned());
        }
    }
}

/// The products of one window, with what comes of each.
fn table(products: &[Vec<Product>]) -> Vec<Vec<(String, String, bool)>> {
    let cell = |product: &Product| {
        let factors = format!("{} × {}", figure(product.input), figure(product.weight));
        (factors, format!("= {}", figure(product.value())), false)
    };
    products.iter().map(|row| row.iter().map(cell).collect()).collect()
}

fn sum_of(products: &[Vec<Product>]) -> f32 {
    products.iter().flatten().map(|product| product.value()).sum()
}

/// A number of things, in a word where it is short.
fn counted(count: usize) -> String {
    const WORDS: [&str; 11] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::digits::ACTIVATION;

    #[test]
    fn the_card_never_hides_its_unit_and_looks_equally_large_everywhere() {
        let head = Vec3::new(0.0, 1.6, 0.9);
        for unit in
            [Vec3::new(-2.7, 2.2, -2.2), Vec3::new(0.4, 1.1, -3.4), Vec3::new(2.4, 0.9, -2.5)]
        {
            let (at, scale, _) = beside(unit, head, None);
            let (to_card, to_unit) = (at - head, unit - head);
            let flat = |way: Vec3| Vec2::new(way.x, way.z);
            let apart = flat(to_card).angle_to(flat(to_unit)).abs();
            let half = (SIZE_M.x / 2.0 * scale / flat(to_card).length()).atan();
            assert!(apart > half, "{unit}: {apart} {half}");
            assert!(to_card.length() < to_unit.length());
        }
    }

    #[test]
    fn words_are_the_numbers_of_the_calculation() {
        let unit = Unit { layer: ACTIVATION, map: 7, row: 3, column: 12 };
        let mut page = CardContent::default();
        explain_on(&mut page, unit, 0.0, &Arithmetic::Relu { before: -0.31 });
        assert_eq!(page.lines, ["max(0, −0.31) = 0"]);

        let mut page = CardContent::default();
        let parts = (0..32).map(|map| (map, 32.0 - map as f32)).collect();
        explain_on(&mut page, unit, 0.0, &Arithmetic::Linear { parts, bias: 0.5, sum: 528.5 });
        assert_eq!(page.lines[0], "bias: 0.50,  map 0: 32.0");
        assert_eq!(page.lines[3], "the other 27 maps: 378");
        assert_eq!(page.lines[4], "together the logit z = 528");

        let mut page = CardContent::default();
        explain_on(
            &mut page,
            unit,
            2.0,
            &Arithmetic::MaxPooling { of: vec![vec![0.0, 2.0], vec![1.0, 0.5]] },
        );
        let marked: Vec<_> =
            page.table.iter().flatten().filter(|cell| cell.2).map(|cell| &cell.1).collect();
        assert_eq!(marked, ["2.00"]);
    }
}
