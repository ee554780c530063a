//! Offers: small buttons side by side that each stand for a value; those that hold stay lit.

use crate::words::Word;
use bevy::{
    ecs::system::{IntoObserverSystem, SystemParam},
    prelude::*,
    ui::Checked,
};

use super::{Activate, ButtonKind, button, mark};

/// The value that a button stands for.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<T>(pub T);

/// Writes a button for each offer: its stable name, what stands on it, and its value; `choose` makes the observer of
/// its press, and `dress` what is particular about its node.
pub fn offer<T: Copy + Send + Sync + 'static, O: IntoObserverSystem<Activate, (), M>, M>(
    line: &mut ChildSpawnerCommands,
    offers: &[(&'static str, Word, T)],
    dress: fn(&mut Node),
    choose: impl Fn(T) -> O,
) {
    for (name, label, value) in offers {
        let mut offer = line.spawn((button(name, label.text(), ButtonKind::Small), Offer(*value)));
        offer.entry::<Node>().and_modify(move |mut node| dress(&mut node));
        offer.observe(choose(*value));
    }
}

/// Shares the room of a line evenly: for [`offer`].
pub fn grow(node: &mut Node) {
    node.flex_grow = 1.0;
}

/// The offers of one kind, to light those that hold.
#[derive(SystemParam)]
pub struct Offers<'w, 's, T: Send + Sync + 'static> {
    offers: Query<'w, 's, (Entity, &'static Offer<T>, Has<Checked>)>,
    new: Query<'w, 's, (), Added<Offer<T>>>,
    commands: Commands<'w, 's>,
}

impl<T: Send + Sync + 'static> Offers<'_, '_, T> {
    /// Whether there are some that were never lit.
    pub fn are_new(&self) -> bool {
        !self.new.is_empty()
    }

    /// Lights those that hold, and no other.
    pub fn light(&mut self, holds: impl Fn(&T) -> bool) {
        for (button, offer, checked) in &self.offers {
            mark::<Checked>(&mut self.commands, button, checked, holds(&offer.0));
        }
    }
}
