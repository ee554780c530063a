//! The wrist menu: it comes by the menu button or a look at the wrist, then hangs still in the room until it is done.

mod comfort_page;
mod first_page;
mod opening;
mod place;
#[cfg(test)]
mod tests;

use bevy::prelude::*;

use crate::world::draw::MeshMaterial3d;

use self::opening::{MenuChange, MenuWish, Opening, Seen};
use super::{Comfort, Grabbing, Hand, HandInput, Rig, Side, Teleporting};
use crate::world::{
    Head, WorldSystems,
    headset::Headset,
    interaction::{
        aim::{AimedAt, Untouchable},
        back::{BackSystems, GoesBack},
        intent::Intent,
    },
    stage::ExhibitList,
    ui::panel::{Foremost, Ground, Hanger, PanelMaterial, PanelPlan},
};

/// Width and height in metres.
const SIZE_M: Vec2 = vec2(0.36, 0.35);
/// The furthest that it is read from, in metres; nearer, everything on it only looks larger.
const READ_FROM_M: f32 = place::DISTANCES_M.1;
/// How long it follows the hand while it opens, how long it takes to come, and to go, in seconds.
const FOLLOW_SECS: f32 = 0.25;
const COME_SECS: f32 = 0.2;
const GO_SECS: f32 = 0.15;
/// After this time 95 % of the way to where the hand wants it is gone, in seconds.
const EASE_SECS: f32 = 0.12;
/// A hand that presses or squeezes more than this is busy, and its wrist calls nothing.
const BUSY: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Dismiss>().add_systems(Startup, hang_menu).add_systems(
        Update,
        (
            open_and_close.in_set(BackSystems::Menu),
            follow_hand.in_set(WorldSystems::Arrange),
            (appear, turn_pages).in_set(WorldSystems::Show),
        ),
    );
    comfort_page::plugin(app);
}

/// The panel of the menu.
#[derive(Component, Default)]
struct WristMenu {
    opening: Opening,
    /// Since it opened, in seconds.
    open_secs: f32,
    /// From 0, gone, to 1, there.
    presence: f32,
    page: MenuPage,
}

/// A page of the menu; also marks the node that holds it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum MenuPage {
    #[default]
    First,
    Comfort,
}

/// The menu has done what was asked of it.
#[derive(Message, Clone, Copy, Debug)]
struct Dismiss;

fn hang_menu(mut hanger: Hanger, listed: Option<Res<ExhibitList>>, comfort: Res<Comfort>) {
    let hung = hanger.hang(PanelPlan {
        name: "Wrist menu",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(hung.panel).insert((
        WristMenu::default(),
        Foremost,
        Visibility::Hidden,
        Untouchable,
        Transform::default(),
    ));
    let placed = listed.as_ref().map_or(&[][..], |listed| &listed.0);
    hanger.commands.entity(hung.root).with_children(|root| {
        root.spawn((MenuPage::First, page_node())).with_children(|page| {
            first_page::write(page, placed);
        });
        root.spawn((MenuPage::Comfort, page_node())).with_children(|page| {
            comfort_page::write(page, &comfort);
        });
    });
}

fn page_node() -> Node {
    Node {
        flex_direction: FlexDirection::Column,
        row_gap: px(12),
        width: percent(100),
        height: percent(100),
        ..default()
    }
}

/// The head in the space of the rig.
fn head_in_rig(head: &GlobalTransform, rig: &GlobalTransform) -> Transform {
    head.reparented_to(rig)
}

type HeadPlace<'w, 's> = Option<Single<'w, 's, &'static GlobalTransform, With<Head>>>;
type RigPlace<'w, 's> = Option<Single<'w, 's, (Entity, &'static GlobalTransform), With<Rig>>>;

fn open_and_close(
    time: Res<Time<Real>>,
    headset: Option<Res<Headset>>,
    comfort: Res<Comfort>,
    mut intents: MessageReader<Intent>,
    mut back: GoesBack,
    mut dismissals: MessageReader<Dismiss>,
    head: HeadPlace,
    rig: RigPlace,
    hands: Query<(&Hand, &HandInput, Has<Grabbing>, Has<Teleporting>)>,
    aims: Query<&AimedAt>,
    menu: Option<Single<(Entity, &mut WristMenu, &Transform)>>,
    mut commands: Commands,
) {
    let wish = intents
        .read()
        .filter_map(|intent| match intent {
            Intent::Menu => Some(MenuWish::Toggle),
            _ => None,
        })
        .last();
    let wish = dismissals.read().last().map(|_| MenuWish::Close).or(wish);
    let (Some(menu), Some(head), Some(rig)) = (menu, head, rig) else {
        return;
    };
    let (panel, mut menu, place) = menu.into_inner();
    let worn = headset.is_some_and(|headset| headset.is_worn());
    let leaves = back.take(menu.opening.is_open());
    let wish = wish.or(leaves.then_some(MenuWish::Close));
    let head = head_in_rig(&head, rig.1);
    let inputs = || hands.iter().map(|(hand, input, ..)| (hand.0, input));
    let bearer = bearer(&comfort, inputs());
    let seen = if worn {
        Seen {
            wrist_turned: hands.iter().any(|(hand, input, grabs, teleports)| {
                Some(hand.0) == bearer
                    && !(grabs || teleports)
                    && input.trigger < BUSY
                    && input.squeeze < BUSY
                    && place::is_turned_to_face(&head, &input.grip)
            }),
            pointed_at: aims.iter().any(|aim| aim.0.is_some_and(|hit| hit.surface == panel)),
            in_view: place::is_in_view(&head, place),
            wish,
        }
    } else {
        Seen { wish: Some(MenuWish::Close), ..default() }
    };
    match menu.opening.note(seen, time.delta_secs()) {
        MenuChange::Opens => {
            menu.open_secs = 0.0;
            // Where it was before is no place to ease from.
            menu.presence = 0.0;
            menu.page = MenuPage::First;
            commands.entity(panel).remove::<Untouchable>();
        }
        MenuChange::Closes => {
            commands.entity(panel).insert(Untouchable);
        }
        MenuChange::Stays => menu.open_secs += time.delta_secs(),
    }
}

/// The hand on whose wrist the menu is: the other one than the main hand, or the only one there is. It hangs still once it
/// is open, so that the same hand can point at it.
fn bearer<'a>(
    comfort: &Comfort,
    hands: impl Iterator<Item = (Side, &'a HandInput)>,
) -> Option<Side> {
    let there: Vec<Side> = hands.filter(|(_, input)| input.tracked).map(|(side, _)| side).collect();
    let other = comfort.main_hand.other();
    if there.contains(&other) { Some(other) } else { there.first().copied() }
}

/// While it opens it goes with the hand; then it stays in the room, so that words never stick to hand or face.
fn follow_hand(
    time: Res<Time<Real>>,
    comfort: Res<Comfort>,
    head: HeadPlace,
    rig: RigPlace,
    hands: Query<(&Hand, &HandInput)>,
    menu: Option<Single<(Entity, &WristMenu, &mut Transform, Option<&ChildOf>)>>,
    mut commands: Commands,
) {
    let (Some(menu), Some(head), Some(rig)) = (menu, head, rig) else {
        return;
    };
    let (panel, menu, mut place, parent) = menu.into_inner();
    let (rig, rig_place) = *rig;
    if parent.is_none_or(|parent| parent.parent() != rig) {
        commands.entity(panel).insert(ChildOf(rig));
    }
    if !menu.opening.is_open() || menu.open_secs > FOLLOW_SECS {
        return;
    }
    let bearer = bearer(&comfort, hands.iter().map(|(hand, input)| (hand.0, input)));
    let wrist = hands
        .iter()
        .find(|(hand, _)| Some(hand.0) == bearer)
        .map(|(_, input)| input.grip.translation);
    let wanted = place::before(&head_in_rig(&head, rig_place), wrist);
    let share = if menu.open_secs == 0.0 {
        1.0
    } else {
        1.0 - (-3.0 * time.delta_secs() / EASE_SECS).exp()
    };
    place.set_if_neq(Transform {
        translation: place.translation.lerp(wanted.translation, share),
        rotation: place.rotation.slerp(wanted.rotation, share),
        ..*place
    });
}

/// It fades in and out.
fn appear(
    time: Res<Time<Real>>,
    menu: Option<Single<(&mut WristMenu, &mut Visibility, &MeshMaterial3d<PanelMaterial>)>>,
    mut materials: ResMut<Assets<PanelMaterial>>,
) {
    let Some(menu) = menu else {
        return;
    };
    let (mut menu, mut visibility, material) = menu.into_inner();
    let step = if menu.opening.is_open() {
        time.delta_secs() / COME_SECS
    } else {
        -time.delta_secs() / GO_SECS
    };
    let presence = (menu.presence + step).clamp(0.0, 1.0);
    if presence != menu.presence {
        menu.presence = presence;
        if let Some(mut material) = materials.get_mut(material) {
            // Slow at both ends.
            material.presence = presence * presence * (3.0 - 2.0 * presence);
        }
    }
    let there = menu.opening.is_open() || presence > 0.0;
    visibility.set_if_neq(if there { Visibility::Inherited } else { Visibility::Hidden });
}

fn turn_pages(
    menu: Option<Single<&WristMenu, Changed<WristMenu>>>,
    mut pages: Query<(&MenuPage, &mut Node)>,
) {
    let Some(menu) = menu else {
        return;
    };
    for (page, mut node) in &mut pages {
        let display = if *page == menu.page { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
}
