//! Keys that hang before the visitor while a field takes letters, for hands that have no others.

mod caps;

use bevy::prelude::*;

use self::caps::KeyCap;
use super::{
    Head, WorldSystems,
    headset::worn,
    stage::plan::EYE_HEIGHT_M,
    ui::{
        controls::{
            Activate, ButtonKind, ControlName, ControlText, Field, KeepsTyping, Stroke, Typing,
            button, press_key,
        },
        panel::{Foremost, Hanger, Panel, PanelPlan},
    },
};

/// How far before the head the keys hang, and how far below it, in metres: where hands are.
const BEFORE_M: f32 = 0.75;
const BELOW_M: f32 = 0.42;
/// Width and height of the keys, in metres, and the distance that they are made for.
const SIZE_M: Vec2 = vec2(0.62, 0.215);
const READ_FROM_M: f32 = 0.86;

pub(crate) fn plugin(app: &mut App) {
    app.init_resource::<Keyboard>().add_systems(Startup, hang).add_systems(
        Update,
        (
            bring_for_hands
                .run_if(resource_exists_and_changed::<Typing>.and_eager(worn))
                .in_set(WorldSystems::Steer),
            show_keys
                .run_if(
                    resource_exists_and_changed::<Typing>.or_eager(resource_changed::<Keyboard>),
                )
                .in_set(WorldSystems::Arrange),
        ),
    );
}

/// Whether the keys hang there, and what they write.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Keyboard {
    /// Whether somebody wants them.
    wanted: bool,
    /// Whether they show letters or figures.
    figures: bool,
    /// Whether the next letter is a capital.
    capital: bool,
    /// Whether they can be seen: they are wanted, and a field takes letters.
    shown: bool,
}

/// The panel of the keys.
#[derive(Component)]
struct Keys;

fn hang(mut hanger: Hanger) {
    let keys = hanger.hang(PanelPlan::plate("Keys", SIZE_M, READ_FROM_M));
    let hidden = (Keys, KeepsTyping, Foremost, Transform::default(), Visibility::Hidden);
    hanger.commands.entity(keys.panel).insert(hidden);
    hanger.commands.entity(keys.root).entry::<Node>().and_modify(|mut page| {
        page.row_gap = px(caps::KEY_GAP_DMM);
        page.justify_content = JustifyContent::Center;
        page.padding = UiRect::all(px(caps::KEY_GAP_DMM));
    });
    hanger.commands.entity(keys.root).with_children(caps::write);
}

/// A button that gives a field the keyboard and brings keys for it, or takes them away.
pub fn opener(line: &mut ChildSpawnerCommands, name: &'static str, field: &'static str) {
    line.spawn(button(name, say!("keyboard-keys"), ButtonKind::Small)).observe(
        move |_: On<Activate>,
              fields: Query<(Entity, &ControlName), With<Field>>,
              mut typing: ResMut<Typing>,
              mut keyboard: ResMut<Keyboard>| {
            if keyboard.shown {
                *keyboard = Keyboard::default();
            } else if let Some((field, _)) = fields.iter().find(|(_, of)| of.0 == field) {
                typing.set_if_neq(Typing(Some(field)));
                keyboard.wanted = true;
            }
        },
    );
}

fn press(
    press: On<Activate>,
    caps: Query<&KeyCap>,
    mut fields: Query<&mut Field>,
    mut typing: ResMut<Typing>,
    mut keyboard: ResMut<Keyboard>,
    mut commands: Commands,
) {
    let (Ok(cap), Some(field)) = (caps.get(press.entity), typing.0) else {
        return;
    };
    let stroke = match *cap {
        KeyCap::Letter(_) => Stroke::Letters(cap.label(*keyboard)),
        KeyCap::Backspace => Stroke::Backspace,
        KeyCap::Space => Stroke::Letters(" ".to_owned()),
        KeyCap::Done => Stroke::Done,
        KeyCap::Figures => {
            keyboard.figures = !keyboard.figures;
            return;
        }
        KeyCap::Shift => {
            keyboard.capital = !keyboard.capital;
            return;
        }
    };
    if keyboard.capital {
        keyboard.capital = false;
    }
    press_key(&mut commands, &mut fields, field, &stroke);
    if stroke == Stroke::Done {
        typing.0 = None;
    }
}

/// Whoever wears a headset has no other keys.
fn bring_for_hands(typing: Res<Typing>, mut keyboard: ResMut<Keyboard>) {
    if typing.0.is_some() && !keyboard.wanted {
        keyboard.wanted = true;
    }
}

/// Where the keys hang for a head that writes on a panel: below the way to it, facing the head.
fn before(head: Vec3, panel: Vec3) -> Transform {
    let way = (panel - head).with_y(0.0).normalize_or(Vec3::NEG_Z);
    let place = head + way * BEFORE_M - Vec3::Y * BELOW_M;
    Transform::from_translation(place).looking_to(place - head, Vec3::Y)
}

fn show_keys(
    typing: Res<Typing>,
    mut keyboard: ResMut<Keyboard>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    parents: Query<&ChildOf>,
    panels: Query<(&Panel, &GlobalTransform)>,
    mut keys: Query<(&mut Transform, &mut Visibility), With<Keys>>,
    mut caps: Query<(&KeyCap, &mut ControlText)>,
) {
    let field = typing.0.filter(|_| keyboard.wanted);
    let now = Keyboard { wanted: field.is_some(), shown: field.is_some(), ..*keyboard };
    let comes = now.shown && !keyboard.shown;
    keyboard.set_if_neq(now);
    for (mut place, mut seen) in &mut keys {
        if comes {
            let head = head.as_ref().map_or(Vec3::Y * EYE_HEIGHT_M, |head| head.translation());
            let root = field.map(|field| parents.root_ancestor(field));
            let panel = panels.iter().find(|(panel, _)| Some(panel.root) == root);
            let panel = panel.map_or(head + Vec3::NEG_Z, |(_, place)| place.translation());
            place.set_if_neq(before(head, panel));
        }
        seen.set_if_neq(if now.shown { Visibility::Inherited } else { Visibility::Hidden });
    }
    for (cap, mut words) in &mut caps {
        words.set_if_neq(ControlText(cap.label(now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hang_where_hands_are_and_face_the_head() {
        let head = vec3(0.2, 1.6, 0.3);
        let place = before(head, vec3(1.4, 0.8, -0.9));
        assert!((place.translation.distance(head) - BEFORE_M.hypot(BELOW_M)).abs() < 1e-5);
        assert!(place.translation.y < head.y && place.translation.x > head.x);
        let towards = (head - place.translation).normalize();
        assert!(place.back().dot(towards) > 0.999);
        // Whoever stands in the panel itself has them ahead.
        assert!(before(head, head).translation.z < head.z);
    }

    #[test]
    fn capitals_and_figures_are_other_layers_of_the_same_keys() {
        let [plain, capital, figures] = [(false, false), (true, false), (true, true)]
            .map(|(capital, figures)| Keyboard { capital, figures, ..default() });
        let labels = [plain, capital, figures].map(|keyboard| KeyCap::Letter(0).label(keyboard));
        assert_eq!(labels, ["q", "Q", "1"]);
    }
}
