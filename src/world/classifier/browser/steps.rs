//! Orders to choose from, and steps through classes and pages: one at a time, and far.

use bevy::{prelude::*, ui::Checked, ui::InteractionDisabled};

use super::{Browsing, order::Order, shelf::Shelf};
use crate::{
    sentence::grouped,
    world::{
        classifier::{Classifier, Of},
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            type_size, words,
        },
    },
};

/// Letters of a class's name that have room between the buttons.
const LETTERS: usize = 12;
/// Room for them, in dmm.
const WORDS_DMM: f32 = 166.0;
/// Far is a tenth of the way.
const FAR: usize = 10;

/// What one steps through.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    Classes,
    Pages,
}

/// Where a button leads.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    FarBack,
    Back,
    On,
    FarOn,
}

impl Way {
    const ALL: [(Self, &str); 4] =
        [(Self::FarBack, "«"), (Self::Back, "‹"), (Self::On, "›"), (Self::FarOn, "»")];

    /// The stop that it leads to, of so many.
    fn from(self, at: usize, stops: usize) -> usize {
        let far = (stops / FAR).max(2);
        let to = match self {
            Self::FarBack => at.saturating_sub(far),
            Self::Back => at.saturating_sub(1),
            Self::On => at + 1,
            Self::FarOn => at + far,
        };
        to.min(stops.saturating_sub(1))
    }
}

/// The words between the buttons.
#[derive(Component, Clone, Copy)]
pub(super) struct StepWords(Through);

/// A button that orders the images.
#[derive(Component, Clone, Copy)]
pub(super) struct Orders(Order);

/// Writes a button for each order.
pub(super) fn write_orders<C: Classifier>(line: &mut ChildSpawnerCommands) {
    for (name, order) in C::NAMES.browser.orders.into_iter().zip(Order::ALL) {
        let mut offer = line.spawn((
            button(name, order.label(), ButtonKind::Small),
            Orders(order),
            Of::<C>::MARK,
        ));
        offer.entry::<Node>().and_modify(|mut node| {
            node.flex_grow = 1.0;
            node.padding = UiRect::axes(px(3), px(0));
        });
        offer.observe(move |_: On<Activate>, mut browsing: ResMut<Browsing<C>>| {
            (browsing.order, browsing.page) = (order, 0);
        });
    }
}

/// Writes the buttons that step through classes or pages.
pub(super) fn write_steps<C: Classifier>(line: &mut ChildSpawnerCommands, through: Through) {
    let names = match through {
        Through::Classes => C::NAMES.browser.classes,
        Through::Pages => C::NAMES.browser.pages,
    };
    for (name, (way, label)) in names.into_iter().zip(Way::ALL) {
        if way == Way::On {
            let room = Node {
                width: px(WORDS_DMM),
                height: px(type_size::ROW),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                ..default()
            };
            line.spawn(room).with_child((
                words::caption(""),
                TextLayout::no_wrap(),
                StepWords(through),
                Of::<C>::MARK,
            ));
        }
        let mut step =
            line.spawn((button(name, label, ButtonKind::Small), through, way, Of::<C>::MARK));
        step.observe(
            move |_: On<Activate>, mut browsing: ResMut<Browsing<C>>, shelf: Res<Shelf<C>>| {
                let (at, stops) = standing(&browsing, &shelf, through);
                let to = way.from(at, stops);
                match through {
                    Through::Classes => {
                        (browsing.class, browsing.page) = (to.checked_sub(1), 0);
                    }
                    Through::Pages => browsing.page = to,
                }
            },
        );
    }
}

/// At which stop one is, and of how many: the first of the classes is all of them.
fn standing<C: Classifier>(
    browsing: &Browsing<C>,
    shelf: &Shelf<C>,
    through: Through,
) -> (usize, usize) {
    match through {
        Through::Classes => {
            let classes = shelf.set.as_ref().map_or(0, |set| set.classes.len());
            (browsing.class.map_or(0, |class| class + 1), classes + 1)
        }
        Through::Pages => (browsing.page, shelf.pages()),
    }
}

type Steps<'w, 's, C> =
    Query<'w, 's, (Entity, &'static Through, &'static Way, Has<InteractionDisabled>), With<Of<C>>>;

/// Lights the order that holds, says where one is, and puts out buttons that lead nowhere.
pub(super) fn dress<C: Classifier>(
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    orders: Query<(Entity, &Orders, Has<Checked>), With<Of<C>>>,
    steps: Steps<C>,
    mut texts: Query<(&StepWords, &mut Text), With<Of<C>>>,
    mut commands: Commands,
) {
    if !browsing.is_changed() && !shelf.is_changed() {
        return;
    }
    for (entity, orders, is) in &orders {
        mark::<Checked>(&mut commands, entity, is, orders.0 == browsing.order);
    }
    for (entity, through, way, disabled) in &steps {
        let (at, stops) = standing(&browsing, &shelf, *through);
        let leads = way.from(at, stops) != at;
        mark::<InteractionDisabled>(&mut commands, entity, disabled, !leads);
    }
    for (of, mut text) in &mut texts {
        let (at, stops) = standing(&browsing, &shelf, of.0);
        let wanted = match (of.0, &shelf.set) {
            (Through::Pages, _) => {
                say!("classifier-page", at = grouped(at + 1), stops = grouped(stops))
            }
            (Through::Classes, Some(set)) if at > 0 => {
                let name = set.classes.get(at - 1).map_or("", String::as_str);
                // A number alone would say nothing.
                let called = say!("classifier-class", name);
                let has_room = called.chars().count() <= LETTERS;
                if has_room { called } else { words::squeezed(name, LETTERS) }
            }
            (Through::Classes, _) => say!("classifier-every-class").to_owned(),
        };
        text.set_if_neq(Text(wanted));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_what_there_is() {
        let of = |at, stops| Way::ALL.map(|(way, _)| way.from(at, stops));
        assert_eq!(of(0, 834), [0, 0, 1, 83]);
        assert_eq!(of(800, 834), [717, 799, 801, 833]);
        assert_eq!(of(5, 11), [3, 4, 6, 7]);
        assert_eq!(of(0, 1), [0; 4]);
        assert_eq!(of(0, 0), [0; 4]);
    }
}
