//! What is written of components anew when the language changes.

use bevy::{ecs::component::Mutable, prelude::*};

/// Components of which something is written when they change.
pub trait WrittenAgain {
    /// Has all of them count as changed when the language does.
    fn written_again<C: Component<Mutability = Mutable>>(&mut self) -> &mut Self;
}

impl WrittenAgain for App {
    fn written_again<C: Component<Mutability = Mutable>>(&mut self) -> &mut Self {
        let change = |mut all: Query<&mut C>| all.iter_mut().for_each(|mut one| one.set_changed());
        self.add_systems(Update, change.in_set(LanguageSystems))
    }
}

/// What happens when the language changes: once in a while, and then everything is written again.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct LanguageSystems;
