//! The class that a visitor attends to: the one that is pressed, or else the one that the network says.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::{AttentionSystems, Classifier, on_stage};
use crate::world::link::ShownSnapshot;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.init_resource::<ClassAttention<C>>().add_systems(
        Update,
        follow_the_answer::<C>.in_set(AttentionSystems).in_set(on_stage::<C>()),
    );
}

/// The class that is attended to in a classifier; the bars of its outputs write it, every other part may follow it.
#[derive(Resource)]
pub struct ClassAttention<C: Classifier> {
    /// The class that is looked at: the one held, or else the one with the highest probability.
    pub class: usize,
    /// Whether the visitor chose that class, so that it stays.
    pub held: bool,
    /// The class whose bar an aim is on.
    pub pointed: Option<usize>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for ClassAttention<C> {
    fn default() -> Self {
        Self { class: 0, held: false, pointed: None, of: PhantomData }
    }
}

impl<C: Classifier> ClassAttention<C> {
    /// Pressing a class holds it; pressing it again lets it go.
    pub(super) fn press(&mut self, class: usize) {
        self.held = !(self.held && self.class == class);
        self.class = class;
    }
}

/// Unless the visitor holds a class, the one that is looked at is what the network says.
fn follow_the_answer<C: Classifier>(
    shown: Res<ShownSnapshot>,
    mut attention: ResMut<ClassAttention<C>>,
) {
    if !shown.is_changed() || attention.held {
        return;
    }
    let Some(shares) = shown.layer(C::PROBABILITIES) else {
        return;
    };
    let said = shares.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    if let Some((said, _)) = said.filter(|(said, _)| *said != attention.class) {
        attention.class = said;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::classifier::tests::First;

    #[test]
    fn a_class_is_held_until_it_is_pressed_again() {
        let mut attention = ClassAttention::<First>::default();
        attention.press(4);
        assert_eq!((attention.held, attention.class), (true, 4));
        attention.press(7);
        assert_eq!((attention.held, attention.class), (true, 7));
        attention.press(7);
        assert!(!attention.held);
    }
}
