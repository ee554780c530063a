//! Furnishes the page: the input with the lever beside it, and each map as it is and with layers or labels shuffled.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::Told;
use crate::{
    inside::Shuffled,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter::{
                    self, BESIDE_DMM, HEAD_DMM, LINE_DMM, SIDE_DMM, TARGET_DMM, WIDTH_DMM, corner,
                    of_map,
                },
                seen::What,
                state::{ALL_LAYERS, Inside, MAPS},
            },
        },
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            palette,
            panel::Hanger,
            sheet::from_left,
            type_size, words,
        },
    },
};

/// The most that each of two maps takes beside the other.
const MAP_DMM: f32 = 146.0;
/// Lines beside two maps: what a number is, and the number, for each sign and for sizes alone.
pub(super) const LINES: usize = 4;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrustText {
    /// What is shuffled.
    Lever,
    /// How far the lever is pulled.
    Layers,
    /// Which layers are shuffled, or that the network was trained again.
    Names,
    Heading(usize),
    Line(usize, usize),
    /// Why there is no map.
    Refused(usize),
}

/// What a button does to the lever.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lever {
    None,
    Fewer,
    More,
    All,
    Labels,
}

impl Lever {
    fn label(self) -> &'static str {
        match self {
            Self::None => say!("boards-none"),
            Self::Fewer => "‹",
            Self::More => "›",
            Self::All => say!("boards-all-2"),
            Self::Labels => say!("boards-labels-2"),
        }
    }

    /// What is shuffled then, where `count` layers were and `wanted` is asked for.
    pub(super) fn pull(self, wanted: Option<Shuffled>, count: usize) -> Option<Shuffled> {
        let wanted = match (self, wanted) {
            (Self::Labels, Some(Shuffled::Labels)) => return None,
            (Self::Labels, _) => return Some(Shuffled::Labels),
            (_, Some(Shuffled::Layers(layers))) => layers,
            (_, None | Some(Shuffled::Labels)) => 0,
        };
        let layers = self.layers(wanted, count);
        (layers > 0).then_some(Shuffled::Layers(layers))
    }

    /// How many layers are shuffled then.
    fn layers(self, wanted: usize, count: usize) -> usize {
        // More were asked for than there are.
        let now = if count > 0 { wanted.min(count) } else { wanted };
        match self {
            Self::None | Self::Labels => 0,
            Self::Fewer => now.saturating_sub(1),
            Self::More if wanted > now => wanted,
            Self::More => now + 1,
            Self::All => ALL_LAYERS,
        }
    }
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf) {
    let under = |quarter: usize| corner(quarter) + vec2(0.0, HEAD_DMM);
    let commands = &mut hanger.commands;
    quarter::hang_field::<C>(
        commands,
        leaf,
        say!("boards-input-that-is-trusted"),
        What::Input,
        under(0),
        SIDE_DMM,
    );
    let names = [
        (say!("boards-learned-1"), say!("boards-shuffled-1")),
        (say!("boards-learned-2"), say!("boards-shuffled-2")),
        (say!("boards-learned-3"), say!("boards-shuffled-3")),
    ];
    for (place, (learned, shuffled)) in names.into_iter().enumerate() {
        let at = under(of_map(place));
        let beside = at + vec2(MAP_DMM + BESIDE_DMM, 0.0);
        quarter::hang_field::<C>(commands, leaf, learned, What::Map(place), at, MAP_DMM);
        quarter::hang_field::<C>(commands, leaf, shuffled, What::Shuffled(place), beside, MAP_DMM);
    }
    commands.entity(leaf.node).with_children(|page| {
        page.spawn((quarter::heading(0), TrustText::Lever, Of::<C>::MARK));
        write_lever::<C>(page);
        for place in 0..MAPS {
            write_maps::<C>(page, place);
        }
    });
}

fn write_lever<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let corner = corner(0) + vec2(SIDE_DMM + BESIDE_DMM, HEAD_DMM);
    let width = WIDTH_DMM - SIDE_DMM - BESIDE_DMM;
    let line = |line: f32| Node {
        width: px(width),
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        column_gap: px(type_size::GAP),
        ..from_left(corner.x, corner.y + line * quarter::TARGETS_DMM)
    };
    let [none, fewer, more, all, labels] = C::NAMES.inside.layers;
    let write = |line: &mut ChildSpawnerCommands, name: &'static str, lever: Lever, grow: f32| {
        let button = button(name, lever.label(), ButtonKind::Small);
        let mut button = line.spawn((button, lever, Of::<C>::MARK));
        button.entry::<Node>().and_modify(quarter::as_target).and_modify(move |mut node| {
            node.flex_grow = grow;
        });
        button.observe(
            move |_: On<Activate>, mut inside: ResMut<Inside<C>>, told: Res<Told<C>>| {
                let count = told.layers(&inside).len();
                inside.wanted.shuffled = lever.pull(inside.wanted.shuffled, count);
            },
        );
    };
    page.spawn(line(0.0)).with_children(|line| {
        write(line, fewer, Lever::Fewer, 0.0);
        line.spawn((words::caption(""), TextLayout::no_wrap(), TrustText::Layers, Of::<C>::MARK));
        write(line, more, Lever::More, 0.0);
    });
    page.spawn(line(1.0)).with_children(|line| {
        write(line, none, Lever::None, 1.0);
        write(line, all, Lever::All, 1.0);
        write(line, labels, Lever::Labels, 1.0);
    });
    let place = from_left(corner.x, corner.y + SIDE_DMM - TARGET_DMM + 9.0);
    page.spawn((words::caption(""), TextLayout::no_wrap(), place, TrustText::Names, Of::<C>::MARK));
}

fn write_maps<C: Classifier>(page: &mut ChildSpawnerCommands, place: usize) {
    let quarter = of_map(place);
    let corner = corner(quarter) + vec2(0.0, HEAD_DMM);
    page.spawn((quarter::heading(quarter), TrustText::Heading(place), Of::<C>::MARK));
    if let Some(name) = C::NAMES.inside.trust_methods.get(place) {
        let next = quarter::hang_next(page, name, quarter);
        page.commands().entity(next).observe(
            move |_: On<Activate>, mut inside: ResMut<Inside<C>>| inside.wanted.next_method(place),
        );
    }
    let left = corner.x + 2.0 * (MAP_DMM + BESIDE_DMM);
    for line in 0..LINES {
        let top = corner.y + line as f32 * (LINE_DMM + 5.0);
        let node = from_left(left, top);
        let text = TrustText::Line(place, line);
        if line % 2 == 0 {
            page.spawn((words::caption(""), TextLayout::no_wrap(), node, text, Of::<C>::MARK));
        } else {
            page.spawn((words::figure(""), TextLayout::no_wrap(), node, text, Of::<C>::MARK));
        }
    }
    let room = Node { width: px(WIDTH_DMM), ..from_left(corner.x, corner.y) };
    let refused = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::AMBER);
    page.spawn((refused, room, TrustText::Refused(place), Of::<C>::MARK));
}

type Levers<'w, 's, C> =
    Query<'w, 's, (Entity, &'static Lever, Has<InteractionDisabled>, Has<Checked>), With<Of<C>>>;

/// Puts out what would change nothing, and lights the labels while they are shuffled.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    levers: Levers<C>,
    mut commands: Commands,
) {
    if !inside.is_changed() && !told.is_changed() {
        return;
    }
    let (wanted, count) = (inside.wanted.shuffled, told.layers(&inside).len());
    for (entity, lever, disabled, checked) in &levers {
        let idle = lever.pull(wanted, count) == wanted;
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
        let lit = *lever == Lever::Labels && wanted == Some(Shuffled::Labels);
        mark::<Checked>(&mut commands, entity, checked, lit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lever_goes_from_no_layer_to_all_and_back() {
        let layers = |count| Some(Shuffled::Layers(count));
        assert_eq!(Lever::More.pull(None, 0), layers(1));
        assert_eq!(Lever::More.pull(layers(1), 1), layers(2));
        assert_eq!(Lever::More.pull(layers(3), 2), layers(3), "there are but two");
        assert_eq!(Lever::Fewer.pull(layers(3), 2), layers(1));
        assert_eq!(Lever::All.pull(layers(1), 1), layers(ALL_LAYERS));
        assert_eq!(Lever::Fewer.pull(layers(ALL_LAYERS), 5), layers(4));
        assert_eq!(Lever::None.pull(layers(ALL_LAYERS), 5), None);
        assert_eq!(Lever::Fewer.pull(None, 0), None);
    }

    #[test]
    fn labels_are_shuffled_instead_of_layers_and_a_second_press_lets_go() {
        let labels = Some(Shuffled::Labels);
        assert_eq!(Lever::Labels.pull(None, 0), labels);
        assert_eq!(Lever::Labels.pull(Some(Shuffled::Layers(2)), 2), labels);
        assert_eq!(Lever::Labels.pull(labels, 1), None);
        assert_eq!(Lever::None.pull(labels, 1), None);
        assert_eq!(Lever::More.pull(labels, 1), Some(Shuffled::Layers(1)));
        assert_eq!(Lever::All.pull(labels, 1), Some(Shuffled::Layers(ALL_LAYERS)));
    }
}
