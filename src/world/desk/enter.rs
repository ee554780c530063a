//! The way into the headset from the window: a button on the desk while one may be entered, and why it was lost.

use bevy::{prelude::*, ui::InteractionDisabled};

use super::trouble::post_trouble;
use crate::world::{
    WorldSystems,
    headset::Headset,
    interaction::intent::Intent,
    ui::{
        controls::{Activate, ButtonKind, ControlText, button, mark, show},
        notice::{Notice, Severity},
        words,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (show_the_way, say_why.after(post_trouble)).in_set(WorldSystems::Show));
}

#[derive(Component)]
struct EnterButton;

/// Stands where the button comes.
#[derive(Component)]
struct HelpHint;

/// The button, and the hint that gives way to it.
pub(super) fn spawn(line: &mut ChildSpawnerCommands) {
    line.spawn((button("enter-vr", say!("desk-enter-vr"), ButtonKind::Small), EnterButton))
        .observe(|_: On<Activate>, mut intents: MessageWriter<Intent>| {
            intents.write(Intent::EnterHeadset);
        });
    line.spawn((HelpHint, words::caption(say!("desk-f1-help")), TextLayout::no_wrap()))
        .insert(Node { margin: UiRect::left(auto()), ..default() });
}

/// What the button says, and whether it can be pressed; none where there is nothing to enter.
fn label(headset: Option<&Headset>) -> Option<(&'static str, bool)> {
    match headset? {
        Headset::Away | Headset::Ready | Headset::Lost(_) => Some((say!("desk-enter-vr"), true)),
        Headset::Entering => Some((say!("desk-entering"), false)),
        Headset::Worn { .. } | Headset::Leaving => None,
    }
}

fn show_the_way(
    headset: Option<Res<Headset>>,
    mut buttons: Query<
        (Entity, &mut ControlText, &mut Node, Has<InteractionDisabled>),
        With<EnterButton>,
    >,
    mut hints: Query<&mut Node, (With<HelpHint>, Without<EnterButton>)>,
    mut commands: Commands,
) {
    let label = label(headset.as_deref());
    for (entity, mut words, mut node, disabled) in &mut buttons {
        show(&mut node, label.is_some());
        let Some((label, possible)) = label else {
            continue;
        };
        if words.0 != label {
            words.0 = label.to_owned();
        }
        mark::<InteractionDisabled>(&mut commands, entity, disabled, !possible);
    }
    for mut node in &mut hints {
        show(&mut node, label.is_none());
    }
}

/// Says once why the headset was lost.
fn say_why(
    headset: Option<Res<Headset>>,
    mut last: Local<Option<String>>,
    mut notices: MessageWriter<Notice>,
) {
    let why = match headset.as_deref() {
        Some(Headset::Lost(why)) => Some(why),
        _ => None,
    };
    if last.as_ref() == why {
        return;
    }
    *last = why.cloned();
    if let Some(why) = why {
        notices.write(Notice { severity: Severity::Amber, text: why.as_str().into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_in_is_open_unless_one_is_in() {
        assert_eq!(label(None), None);
        let ways = [
            (Headset::Away, Some(("Enter VR", true))),
            (Headset::Ready, Some(("Enter VR", true))),
            (Headset::Lost("gone".into()), Some(("Enter VR", true))),
            (Headset::Entering, Some(("Entering…", false))),
            (Headset::Worn { visible: true, focused: true }, None),
            (Headset::Leaving, None),
        ];
        for (headset, expected) in ways {
            assert_eq!(label(Some(&headset)), expected, "{headset:?}");
        }
    }

    #[test]
    fn a_loss_is_said_once() {
        let mut app = App::new();
        app.add_message::<Notice>().add_systems(Update, say_why);
        let said = |app: &mut App, headset: Headset| {
            app.insert_resource(headset);
            app.update();
            app.update();
            app.world_mut().resource_mut::<Messages<Notice>>().drain().count()
        };
        assert_eq!(said(&mut app, Headset::Ready), 0);
        assert_eq!(said(&mut app, Headset::Lost("gone".into())), 1);
        assert_eq!(said(&mut app, Headset::Lost("gone again".into())), 1);
        assert_eq!(said(&mut app, Headset::Entering), 0);
        assert_eq!(said(&mut app, Headset::Lost("gone again".into())), 1);
    }
}
