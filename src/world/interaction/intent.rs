//! What a visitor wants, whatever the device that said it.

use bevy::prelude::*;

use crate::world::WorldSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Intent>().configure_sets(
        Update,
        IntentSystems.before(WorldSystems::Receive).ambiguous_with(IntentSystems),
    );
}

/// Devices say what the visitor wants, each for itself, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IntentSystems;

/// A wish that is not aimed at anything in particular.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub enum Intent {
    /// Pause the training, or let it go on.
    TogglePause,
    /// Take one optimiser step and stay paused.
    OneStep,
    /// Allow more steps per second.
    Faster,
    /// Allow fewer steps per second.
    Slower,
    /// Leave what one looks at closely.
    Back,
    /// Open or close the help.
    Help,
    /// Open or close the board of what makes the hall easier to read and to press.
    Access,
    /// Stand in the middle again and face the exhibit.
    Recentre,
    /// Turn to an exhibit, counted from 0.
    Visit(usize),
    /// Stand elsewhere and look at something there, such as before a plate.
    StandBefore {
        /// The point (x, z) of the floor, in metres.
        place: Vec2,
        /// What lies ahead there.
        look_at: Vec3,
    },
    /// Look inside the model of an exhibit, counted from 0.
    LookInside(usize),
    /// Look for something by its name, where the exhibit has a field for it.
    Find,
    /// Show an exhibit, counted from 0, to the spectators, and tell the visitor in the headset of it.
    Show(usize),
    /// Let the spectators see the exhibit whole again.
    Overview,
    /// Let the spectators see with the next of their views.
    NextView,
    /// Raise the cells of layers by their value, or lay them flat.
    ToggleRelief,
    /// Raise what is dragged over: from now on, or no longer.
    Raise(bool),
    /// Lower what is dragged over: from now on, or no longer.
    Lower(bool),
    /// Speak the next language.
    NextLanguage,
    /// Switch sound on, or off.
    ToggleSound,
    /// Save what is seen as a PNG.
    Picture,
    /// Say how long frames take, which were missed, and what is given up for them.
    FrameTimes,
    /// Put on the headset, if one answers.
    EnterHeadset,
    /// Leave the headset's hall for the window.
    LeaveHeadset,
    /// Open or close the menu on the wrist.
    Menu,
    /// Put exhibits that were moved, turned or scaled back where they belong.
    PutBack,
}
