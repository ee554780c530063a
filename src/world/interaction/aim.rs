//! Rays of pointing devices, the flat surfaces and points that they meet, and what those are told.

use bevy::{
    camera::visibility::{DEFAULT_LAYERS, RenderLayers},
    prelude::*,
};

use super::{
    AimSystems,
    points::{LastLook, Points},
    relief::Relief,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, meet_surfaces.in_set(AimSystems::Meet));
}

/// One pointing device, written every frame by the device in [`AimSystems::Point`].
#[derive(Component, Clone, Debug, Default)]
#[require(AimedAt, Hold)]
pub struct Aim {
    /// Where it points, in world space; none while it points nowhere.
    pub ray: Option<Ray3d>,
    /// The trigger or the left button.
    pub pressed: bool,
    /// The grip or the right button.
    pub secondary: bool,
    /// Turns of the wheel or pushes of the stick since the last frame, in lines; up and right are positive.
    pub scroll: Vec2,
}

/// How far an aim reaches, in metres; without it, as far as there is a hall.
///
/// What is already pressed stays so, however far away.
#[derive(Component, Clone, Copy, Debug)]
pub struct Reach(pub f32);

/// Marks the aims of one visitor's two hands: of those that meet the same surface, one alone is over it.
///
/// It is the one that presses it, or else the nearer one.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Paired;

/// A flat rectangle that can be aimed at: centred in its entity's XY plane and facing +Z.
///
/// It is left out while it or a parent is hidden, or while it is [`Untouchable`]. One that has [`RenderLayers`] is
/// there for those aims only whose own layers have one of them; an aim without any has the layer that all have.
#[derive(Component, Clone, Copy, Debug)]
#[require(Transform, Visibility)]
pub struct Surface {
    /// Width and height in metres, before the entity's own scale.
    pub size: Vec2,
}

/// The stable name of a surface, by which those outside the hall find it, as a control is found by its name.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Landmark(pub &'static str);

/// Aims pass through this surface as if it were not there.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Untouchable;

/// What an aim meets this frame; while pressed, the surface or the cloud of points that was pressed.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct AimedAt(pub Option<Hit>);

/// Where a ray meets a surface, or one of some points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The surface, or the entity of the points.
    pub surface: Entity,
    /// From (0, 0) at the top left to (1, 1) at the bottom right; beyond that while dragging off the edge.
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    /// The point in world space.
    pub point: Vec3,
    /// From the start of the ray, in metres.
    pub distance: f32,
}

/// What an aim has pressed since the press began.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::world) enum Hold {
    #[default]
    Released,
    /// The press began beside every surface, so nothing is pressed until it ends.
    Nothing,
    Surface(Entity),
}

/// The aim is over the surface and has moved on it.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimMoved {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The aim has left the surface.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimLeft {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
}

/// The surface has been pressed.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimPressed {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The aim has moved since it pressed the surface; `uv` may lie beyond the edges.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimDragged {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The press of the surface has ended.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimReleased {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
    /// Whether it ended on the surface, which makes it a click.
    pub inside: bool,
}

/// The wheel has been turned or the stick pushed over the surface.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimScrolled {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// In lines; up and right are positive.
    pub scroll: Vec2,
}

/// Smaller moves than this part of a surface are no moves.
const LEAST_MOVE: f32 = 1e-5;
/// The other hand must be nearer by this, in metres, before it takes a surface over, so that two hands that are
/// about as near do not take turns.
const NEARER_M: f32 = 0.03;

type TouchableSurfaces<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Surface,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;

type TouchablePoints<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Points,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;

type TouchableReliefs<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Relief,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;

/// What each aim met last among each cloud of points.
type LastLooks = Vec<((Entity, Entity), LastLook)>;

fn meet_surfaces(
    mut aims: Query<(
        Entity,
        &Aim,
        Option<&Reach>,
        Option<&RenderLayers>,
        Has<Paired>,
        &mut AimedAt,
        &mut Hold,
    )>,
    surfaces: TouchableSurfaces,
    points: TouchablePoints,
    reliefs: TouchableReliefs,
    mut commands: Commands,
    mut met: Local<Vec<Met>>,
    mut looks: Local<LastLooks>,
) {
    looks.retain(|((aim, cloud), _)| aims.contains(*aim) && points.contains(*cloud));
    met.clear();
    met.extend(aims.iter().map(|(entity, aim, reach, layers, paired, aimed_at, hold)| {
        let layers = layers.unwrap_or(DEFAULT_LAYERS);
        let mut among = |cloud: Option<Entity>| {
            nearest_point(entity, aim.ray, layers, aimed_at.0, cloud, &points, &mut looks)
        };
        let hit =
            meet(aim, reach, layers, *hold, aimed_at.0, &surfaces, &points, &reliefs, &mut among);
        let presses = aim.pressed && *hold == Hold::Released;
        let claim = match *hold {
            Hold::Surface(_) => Claim::Held,
            _ if presses => Claim::Pressed,
            _ => Claim::Over,
        };
        let stays = hit.is_some_and(|hit| aimed_at.0.is_some_and(|b| b.surface == hit.surface));
        Met { hit, paired, claim, stays }
    }));

    // Whoever leaves is told before whoever comes, so that a surface that changes hands ends up pointed at.
    for (index, (entity, .., aimed_at, _)) in aims.iter().enumerate() {
        let now = left_to(index, &met);
        if let Some(gone) =
            aimed_at.0.filter(|hit| now.is_none_or(|now| now.surface != hit.surface))
            && (surfaces.contains(gone.surface)
                || points.contains(gone.surface)
                || reliefs.contains(gone.surface))
        {
            commands.trigger(AimLeft { entity: gone.surface, aim: entity });
        }
    }
    for (index, (entity, aim, .., mut aimed_at, mut hold)) in aims.iter_mut().enumerate() {
        let before = aimed_at.0;
        let pressing = aim.pressed && *hold == Hold::Released;
        let releasing = !aim.pressed && *hold != Hold::Released;
        let now = left_to(index, &met);

        if let Some(Hit { surface, uv, part, point, .. }) = now {
            let moved = before.is_none_or(|hit| {
                hit.surface != surface
                    || hit.part != part
                    || hit.uv.distance_squared(uv) > LEAST_MOVE * LEAST_MOVE
            });
            if moved {
                commands.trigger(AimMoved { entity: surface, aim: entity, uv, part, point });
                if matches!(*hold, Hold::Surface(_)) {
                    commands.trigger(AimDragged { entity: surface, aim: entity, uv, part, point });
                }
            }
            if pressing {
                commands.trigger(AimPressed { entity: surface, aim: entity, uv, part, point });
            }
            if releasing && *hold == Hold::Surface(surface) {
                let inside = aim.ray.is_some() && inside(uv);
                commands.trigger(AimReleased {
                    entity: surface,
                    aim: entity,
                    uv,
                    part,
                    point,
                    inside,
                });
            }
            if aim.scroll != Vec2::ZERO {
                commands.trigger(AimScrolled {
                    entity: surface,
                    aim: entity,
                    uv,
                    scroll: aim.scroll,
                });
            }
        }

        if pressing {
            *hold = now.map_or(Hold::Nothing, |hit| Hold::Surface(hit.surface));
        } else if releasing {
            *hold = Hold::Released;
        }
        aimed_at.set_if_neq(AimedAt(now));
    }
}

/// What one aim meets, before anybody asks what the other hand does.
#[derive(Clone, Copy)]
struct Met {
    hit: Option<Hit>,
    paired: bool,
    claim: Claim,
    /// Whether it was over this surface already.
    stays: bool,
}

/// What an aim wants of the surface that it meets; the later ones outdo the earlier ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Over,
    Pressed,
    Held,
}

fn meet(
    aim: &Aim,
    reach: Option<&Reach>,
    layers: &RenderLayers,
    hold: Hold,
    before: Option<Hit>,
    surfaces: &TouchableSurfaces,
    points: &TouchablePoints,
    reliefs: &TouchableReliefs,
    among: &mut impl FnMut(Option<Entity>) -> Option<Hit>,
) -> Option<Hit> {
    let mut within_reach = || {
        let (surface, point) = (nearest(aim.ray, layers, surfaces), among(None));
        let ground = nearest_ground(aim.ray, layers, reliefs);
        let met = surface.into_iter().chain(point).chain(ground);
        let nearer = met.min_by(|a, b| a.distance.total_cmp(&b.distance));
        nearer.filter(|hit| reach.is_none_or(|reach| hit.distance <= reach.0))
    };
    match hold {
        Hold::Released => within_reach(),
        Hold::Nothing if !aim.pressed => within_reach(),
        Hold::Nothing => None,
        // Without a ray, or seen edge on, what is held keeps the last place.
        Hold::Surface(held) if points.contains(held) => {
            let (.., seen, _) = points.get(held).ok()?;
            let kept = || before.filter(|hit| seen.get() && hit.surface == held);
            among(Some(held)).or_else(kept)
        }
        // Off its edge, too, ground that is held keeps the last place.
        Hold::Surface(held) if reliefs.contains(held) => {
            let (_, relief, place, seen, _) = reliefs.get(held).ok()?;
            let kept = || before.filter(|hit| hit.surface == held);
            let met = || on_ground(held, relief, place, aim.ray).or_else(kept);
            seen.get().then(met).flatten()
        }
        Hold::Surface(held) => {
            let (_, surface, place, seen, _) = surfaces.get(held).ok()?;
            if !seen.get() {
                return None;
            }
            on_plane(held, surface, place, aim.ray).or(before.filter(|hit| hit.surface == held))
        }
    }
}

/// What the aim at `index` meets, unless the other hand of its pair outdoes it there.
fn left_to(index: usize, met: &[Met]) -> Option<Hit> {
    let mine = met.get(index)?;
    let hit = mine.hit?;
    let outdone = mine.paired
        && met.iter().enumerate().any(|(other, theirs)| {
            let Some(rival) = theirs.hit.filter(|rival| rival.surface == hit.surface) else {
                return false;
            };
            let near = |met: &Met, hit: &Hit| hit.distance - if met.stays { NEARER_M } else { 0.0 };
            let (mine_m, theirs_m) = (near(mine, &hit), near(theirs, &rival));
            other != index
                && theirs.paired
                && (theirs.claim > mine.claim
                    || theirs.claim == mine.claim
                        && (theirs_m < mine_m || theirs_m == mine_m && other < index))
        });
    (!outdone).then_some(hit)
}

/// The nearest surface that the ray meets from its front and within its edges.
fn nearest(ray: Option<Ray3d>, layers: &RenderLayers, surfaces: &TouchableSurfaces) -> Option<Hit> {
    surfaces
        .iter()
        .filter(|(.., seen, _)| seen.get())
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(entity, surface, place, ..)| on_plane(entity, surface, place, ray))
        .filter(|hit| inside(hit.uv))
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// The nearest ground that the ray meets.
fn nearest_ground(
    ray: Option<Ray3d>,
    layers: &RenderLayers,
    reliefs: &TouchableReliefs,
) -> Option<Hit> {
    reliefs
        .iter()
        .filter(|(.., seen, _)| seen.get())
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(entity, relief, place, ..)| on_ground(entity, relief, place, ray))
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

fn on_ground(
    entity: Entity,
    relief: &Relief,
    place: &GlobalTransform,
    ray: Option<Ray3d>,
) -> Option<Hit> {
    let ray = ray?;
    let local_from_world = place.affine().inverse();
    let origin = local_from_world.transform_point3(ray.origin);
    let direction = local_from_world.transform_vector3(*ray.direction);
    // An affine map keeps the parameter of a line, so this is a distance in the world.
    let distance = relief.meet(origin, direction)?;
    let uv = relief.uv(origin + direction * distance);
    let point = ray.get_point(distance);
    Some(Hit { surface: entity, uv, part: None, point, distance })
}

/// The point nearest to the ray, of the cloud that is held or else of all.
fn nearest_point(
    aim: Entity,
    ray: Option<Ray3d>,
    layers: &RenderLayers,
    before: Option<Hit>,
    held: Option<Entity>,
    points: &TouchablePoints,
    looks: &mut LastLooks,
) -> Option<Hit> {
    let ray = ray?;
    points
        .iter()
        .filter(|(cloud, .., seen, _)| seen.get() && held.is_none_or(|held| held == *cloud))
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(cloud, points, place, ..)| {
            let key = (aim, cloud);
            let known = looks.iter().position(|(of, _)| *of == key);
            let still = known.and_then(|at| looks[at].1.still(ray, place, points, held.is_some()));
            let met = still.unwrap_or_else(|| {
                let part = before.filter(|hit| hit.surface == cloud).and_then(|hit| hit.part);
                let look = LastLook::new(ray, place, points, part, held.is_some());
                let met = look.met();
                match known {
                    Some(at) => looks[at].1 = look,
                    None => looks.push((key, look)),
                }
                met
            })?;
            let (part, point, distance) = (Some(met.part), met.point, met.distance);
            Some(Hit { surface: cloud, uv: Vec2::splat(0.5), part, point, distance })
        })
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

pub(in crate::world) fn inside(uv: Vec2) -> bool {
    uv.cmpge(Vec2::ZERO).all() && uv.cmple(Vec2::ONE).all()
}

/// Where the ray meets the plane of a surface from its front, within the edges or beyond.
pub(in crate::world) fn on_plane(
    entity: Entity,
    surface: &Surface,
    place: &GlobalTransform,
    ray: Option<Ray3d>,
) -> Option<Hit> {
    let ray = ray?;
    let local_from_world = place.affine().inverse();
    let origin = local_from_world.transform_point3(ray.origin);
    let direction = local_from_world.transform_vector3(*ray.direction);
    if !(origin.z > 0.0 && direction.z < 0.0) {
        return None;
    }
    // An affine map keeps the parameter of a line, so this is a distance in the world.
    let distance = -origin.z / direction.z;
    let at = origin.truncate() + direction.truncate() * distance;
    let uv = at / surface.size * vec2(1.0, -1.0) + 0.5;
    (uv.is_finite() && distance.is_finite()).then_some(Hit {
        surface: entity,
        uv,
        part: None,
        point: ray.get_point(distance),
        distance,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Resource, Default)]
    struct Heard(Vec<String>);

    fn room() -> App {
        let mut app = App::new();
        app.add_plugins(super::super::plugin)
            .init_resource::<Heard>()
            .add_observer(|_: On<AimPressed>, mut heard: ResMut<Heard>| {
                heard.0.push("pressed".into());
            })
            .add_observer(|e: On<AimDragged>, mut heard: ResMut<Heard>| {
                heard.0.push(format!("dragged {:.1}", e.uv.x));
            })
            .add_observer(|e: On<AimReleased>, mut heard: ResMut<Heard>| {
                heard.0.push(format!("released {}", e.inside));
            })
            .add_observer(|_: On<AimLeft>, mut heard: ResMut<Heard>| heard.0.push("left".into()))
            .add_observer(|e: On<AimScrolled>, mut heard: ResMut<Heard>| {
                heard.0.push(format!("scrolled {}", e.scroll.y));
            });
        app
    }

    /// A surface of 2 m by 1 m.
    fn surface(app: &mut App, place: Transform) -> Entity {
        app.world_mut()
            .spawn((
                Surface { size: vec2(2.0, 1.0) },
                place,
                GlobalTransform::from(place),
                InheritedVisibility::VISIBLE,
            ))
            .id()
    }

    /// An aim from `from` straight ahead along -Z.
    fn ahead(from: Vec3) -> Aim {
        Aim { ray: Some(Ray3d::new(from, Dir3::NEG_Z)), ..default() }
    }

    fn point(app: &mut App, aim: Entity, to: Aim) -> Option<Hit> {
        *app.world_mut().get_mut::<Aim>(aim).unwrap() = to;
        app.update();
        app.world().get::<AimedAt>(aim).unwrap().0
    }

    fn heard(app: &mut App) -> Vec<String> {
        std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
    }

    #[test]
    fn a_hit_tells_where_from_the_top_left() {
        let mut app = room();
        let wall = surface(&mut app, Transform::from_xyz(1.0, 2.0, -3.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        let hit = point(&mut app, aim, ahead(vec3(0.5, 2.25, 1.0))).unwrap();
        assert_eq!(hit.surface, wall);
        assert!(hit.uv.abs_diff_eq(vec2(0.25, 0.25), 1e-6), "{}", hit.uv);
        assert!(hit.point.abs_diff_eq(vec3(0.5, 2.25, -3.0), 1e-6));
        assert!((hit.distance - 4.0).abs() < 1e-6);
    }

    #[test]
    fn beside_behind_hidden_and_untouchable_are_no_hits() {
        let mut app = room();
        let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        assert!(point(&mut app, aim, ahead(vec3(1.01, 0.0, 0.0))).is_none(), "beside");
        assert!(point(&mut app, aim, ahead(vec3(0.0, 0.0, -4.0))).is_none(), "already past it");
        let from_behind = Aim { ray: Some(Ray3d::new(vec3(0.0, 0.0, -4.0), Dir3::Z)), ..default() };
        assert!(point(&mut app, aim, from_behind).is_none(), "back face");
        app.world_mut().entity_mut(wall).insert(Untouchable);
        assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "untouchable");
        app.world_mut().entity_mut(wall).remove::<Untouchable>();
        assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_some());
        app.world_mut().entity_mut(wall).insert(InheritedVisibility::HIDDEN);
        assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "hidden");
    }

    #[test]
    fn a_surface_of_other_layers_is_not_there() {
        let mut app = room();
        let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let strip = surface(&mut app, Transform::from_xyz(0.0, 0.0, -2.0));
        app.world_mut().entity_mut(strip).insert(RenderLayers::layer(2));
        let hand = app.world_mut().spawn(Aim::default()).id();
        let mouse = app.world_mut().spawn((Aim::default(), RenderLayers::from_layers(&[0, 2])));
        let mouse = mouse.id();
        assert_eq!(point(&mut app, hand, ahead(Vec3::ZERO)).unwrap().surface, wall);
        assert_eq!(point(&mut app, mouse, ahead(Vec3::ZERO)).unwrap().surface, strip);
        app.world_mut().entity_mut(mouse).remove::<RenderLayers>();
        assert_eq!(point(&mut app, mouse, ahead(Vec3::ZERO)).unwrap().surface, wall);
    }

    #[test]
    fn the_nearest_surface_wins_and_scale_keeps_distances() {
        let mut app = room();
        surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let near =
            surface(&mut app, Transform::from_xyz(0.0, 0.0, -2.0).with_scale(Vec3::splat(0.1)));
        let aim = app.world_mut().spawn(Aim::default()).id();
        let hit = point(&mut app, aim, ahead(vec3(0.05, 0.0, 0.0))).unwrap();
        assert_eq!(hit.surface, near);
        assert!(hit.uv.abs_diff_eq(vec2(0.75, 0.5), 1e-5), "{}", hit.uv);
        assert!((hit.distance - 2.0).abs() < 1e-5);
        let beyond = point(&mut app, aim, ahead(vec3(0.2, 0.0, 0.0))).unwrap();
        assert_ne!(beyond.surface, near, "past the small one's edge");
    }

    #[test]
    fn a_press_holds_its_surface_over_the_edge() {
        let mut app = room();
        let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let other = surface(&mut app, Transform::from_xyz(2.0, 0.0, -2.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        let pressed = |x: f32| Aim { pressed: true, ..ahead(vec3(x, 0.0, 0.0)) };
        point(&mut app, aim, pressed(0.0));
        assert_eq!(heard(&mut app), ["pressed"]);
        let hit = point(&mut app, aim, pressed(2.0)).unwrap();
        assert_eq!(hit.surface, wall, "although another one is nearer there");
        assert_eq!(heard(&mut app), ["dragged 1.5"]);
        point(&mut app, aim, Aim { ray: None, ..pressed(2.0) });
        assert!(heard(&mut app).is_empty(), "a lost ray changes nothing");
        point(&mut app, aim, ahead(vec3(2.0, 0.0, 0.0)));
        assert_eq!(heard(&mut app), ["released false"]);
        let hit = point(&mut app, aim, ahead(vec3(2.0, 0.0, 0.0))).unwrap();
        assert_eq!(hit.surface, other);
        assert_eq!(heard(&mut app), ["left"]);
    }

    #[test]
    fn a_press_that_began_in_the_air_presses_nothing() {
        let mut app = room();
        surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        point(&mut app, aim, Aim { pressed: true, ..ahead(vec3(5.0, 0.0, 0.0)) });
        assert!(point(&mut app, aim, Aim { pressed: true, ..ahead(Vec3::ZERO) }).is_none());
        point(&mut app, aim, ahead(Vec3::ZERO));
        assert!(heard(&mut app).is_empty());
        point(&mut app, aim, Aim { pressed: true, ..ahead(Vec3::ZERO) });
        point(&mut app, aim, ahead(Vec3::ZERO));
        assert_eq!(heard(&mut app), ["pressed", "released true"]);
    }

    #[test]
    fn a_surface_that_goes_away_while_held_is_let_go() {
        let mut app = room();
        let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        let pressed = Aim { pressed: true, ..ahead(Vec3::ZERO) };
        point(&mut app, aim, pressed.clone());
        app.world_mut().despawn(wall);
        assert!(point(&mut app, aim, pressed).is_none());
        assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none());
        assert_eq!(heard(&mut app), ["pressed"]);
    }

    #[test]
    fn the_wheel_reaches_what_is_aimed_at() {
        let mut app = room();
        surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let aim = app.world_mut().spawn(Aim::default()).id();
        point(&mut app, aim, Aim { scroll: vec2(0.0, -2.0), ..ahead(Vec3::ZERO) });
        assert_eq!(heard(&mut app), ["scrolled -2"]);
        point(&mut app, aim, Aim { scroll: vec2(0.0, -2.0), ..ahead(vec3(0.0, 9.0, 0.0)) });
        assert_eq!(heard(&mut app), ["left"]);
    }

    #[test]
    fn reach_ends_but_what_is_held_stays() {
        let mut app = room();
        surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
        let aim = app.world_mut().spawn((Aim::default(), Reach(4.0))).id();
        let at = |z: f32, pressed| Aim { pressed, ..ahead(vec3(0.0, 0.0, z)) };
        assert!(point(&mut app, aim, at(1.5, false)).is_none(), "too far");
        assert!(point(&mut app, aim, at(0.5, false)).is_some());
        point(&mut app, aim, at(0.5, true));
        assert!(point(&mut app, aim, at(1.5, true)).is_some(), "held");
        assert!(point(&mut app, aim, at(1.5, false)).is_some(), "released there");
        assert!(point(&mut app, aim, at(1.5, false)).is_none());
        assert_eq!(heard(&mut app), ["pressed", "released true", "left"]);
    }

    /// Two points straight ahead, the second further to the right and beyond a wall of 2 m by 1 m.
    fn points(app: &mut App) -> Entity {
        surface(app, Transform::from_xyz(3.0, 0.0, -4.0));
        app.world_mut()
            .spawn((
                Points { places: vec![0.0, 0.0, -3.0, 3.0, 0.0, -6.0].into() },
                GlobalTransform::IDENTITY,
                InheritedVisibility::VISIBLE,
            ))
            .id()
    }

    #[test]
    fn a_point_is_met_like_a_surface_and_the_nearer_of_both_wins() {
        let mut app = room();
        let cloud = points(&mut app);
        let aim = app.world_mut().spawn(Aim::default()).id();
        let hit = point(&mut app, aim, ahead(vec3(0.01, 0.0, 0.0))).unwrap();
        assert_eq!((hit.surface, hit.part), (cloud, Some(0)));
        assert!(hit.point.abs_diff_eq(vec3(0.0, 0.0, -3.0), 1e-6));
        let hit = point(&mut app, aim, ahead(vec3(3.0, 0.0, 0.0))).unwrap();
        assert_eq!(hit.part, None, "the wall is before it");
        assert_eq!(heard(&mut app), ["left"]);
        assert!(point(&mut app, aim, ahead(vec3(0.5, 0.0, 0.0))).is_none(), "past both");
        point(&mut app, aim, ahead(Vec3::ZERO));
        app.world_mut().entity_mut(cloud).insert(Untouchable);
        assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "untouchable");
    }

    #[test]
    fn a_press_holds_its_points_and_drags_from_one_to_the_next() {
        let mut app = room();
        let cloud = points(&mut app);
        let aim = app.world_mut().spawn(Aim::default()).id();
        let pressed = |x: f32| Aim { pressed: true, ..ahead(vec3(x, 0.0, 0.0)) };
        point(&mut app, aim, pressed(0.0));
        assert_eq!(heard(&mut app), ["pressed"]);
        let hit = point(&mut app, aim, pressed(2.8)).unwrap();
        assert_eq!((hit.surface, hit.part), (cloud, Some(1)), "although a wall is nearer there");
        assert_eq!(heard(&mut app), ["dragged 0.5"]);
        point(&mut app, aim, Aim { ray: None, ..pressed(2.8) });
        assert!(heard(&mut app).is_empty(), "a lost ray changes nothing");
        app.world_mut().despawn(cloud);
        assert!(point(&mut app, aim, pressed(0.0)).is_none(), "it has gone away");
        assert!(point(&mut app, aim, ahead(vec3(0.5, 0.0, 0.0))).is_none());
        assert!(heard(&mut app).is_empty());
    }

    /// Two hands before one wall; each stands so far from it.
    fn two_hands(app: &mut App) -> [Entity; 2] {
        surface(app, Transform::from_xyz(0.0, 0.0, -3.0));
        [0, 1].map(|_| app.world_mut().spawn((Aim::default(), Paired)).id())
    }

    /// Which of the hands is over the wall, after both have moved to so many metres before it.
    fn over(app: &mut App, hands: [Entity; 2], at: [(f32, bool); 2]) -> [bool; 2] {
        for (hand, (metres, pressed)) in hands.into_iter().zip(at) {
            let to = Aim { pressed, ..ahead(vec3(0.0, 0.0, metres - 3.0)) };
            *app.world_mut().get_mut::<Aim>(hand).unwrap() = to;
        }
        app.update();
        hands.map(|hand| app.world().get::<AimedAt>(hand).unwrap().0.is_some())
    }

    #[test]
    fn of_two_hands_the_nearer_is_over_a_surface_and_does_not_give_it_up_lightly() {
        let mut app = room();
        let hands = two_hands(&mut app);
        assert_eq!(over(&mut app, hands, [(2.0, false), (2.5, false)]), [true, false]);
        assert_eq!(over(&mut app, hands, [(2.0, false), (1.99, false)]), [true, false]);
        assert_eq!(over(&mut app, hands, [(2.0, false), (1.9, false)]), [false, true]);
        assert_eq!(heard(&mut app), ["left"]);
        assert_eq!(over(&mut app, hands, [(1.89, false), (1.9, false)]), [false, true]);
        assert_eq!(over(&mut app, hands, [(2.0, false), (2.0, false)]), [false, true]);
    }

    #[test]
    fn of_two_hands_the_one_that_presses_wins_and_keeps_what_it_holds() {
        let mut app = room();
        let hands = two_hands(&mut app);
        assert_eq!(over(&mut app, hands, [(1.0, false), (2.0, false)]), [true, false]);
        assert_eq!(over(&mut app, hands, [(1.0, false), (2.0, true)]), [false, true], "presses");
        assert_eq!(over(&mut app, hands, [(0.5, false), (2.0, true)]), [false, true], "holds");
        assert_eq!(over(&mut app, hands, [(0.5, true), (2.0, true)]), [false, true], "came late");
        assert_eq!(heard(&mut app), ["left", "pressed"], "the late press presses nothing");
        assert_eq!(over(&mut app, hands, [(0.5, true), (2.0, false)]), [false, true]);
        assert_eq!(heard(&mut app), ["released true"]);
        assert_eq!(over(&mut app, hands, [(0.5, false), (2.0, false)]), [true, false]);
    }

    #[test]
    fn aims_that_are_no_pair_do_not_disturb_each_other() {
        let mut app = room();
        let hands = two_hands(&mut app);
        app.world_mut().entity_mut(hands[1]).remove::<Paired>();
        assert_eq!(over(&mut app, hands, [(1.0, true), (2.0, false)]), [true, true]);
    }
}
