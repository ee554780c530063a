//! The vignette before the visitor's eyes: it darkens all of the view for a move, and its edges for a walk.

use bevy::{
    camera::visibility::{NoFrustumCulling, RenderLayers},
    mesh::MeshTag,
    prelude::*,
    reflect::TypePath,
    render::render_resource::{AsBindGroup, Face},
};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d, Opacity};

use crate::world::{Head, VISITOR_ONLY, WindowCamera, WorldSystems};

/// The vignette is a box around the head with this half side, in metres: beyond the near plane, before everything else.
const HALF_SIDE_M: f32 = 0.5;
/// Drawn after everything that is transparent, wherever that is.
const LAST: f32 = 1e6;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<VignetteMaterial>::default())
        .add_observer(hang_before)
        .add_systems(Update, draw.in_set(WorldSystems::Show));
}

/// How much of the view is dark; `shaders/vignette.wgsl` says where.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Vignette {
    /// All of it, from 0 to 1.
    pub dark: f32,
    /// Its edges, from 0, where none are, to 1, where only the middle is left.
    pub narrow: f32,
}

impl Vignette {
    /// Both as the shader unpacks them, 16 bits each, `dark` first.
    fn packed(self) -> u32 {
        // Clamped to 0..=1 it fits.
        let bits = |level: f32| (level.clamp(0.0, 1.0) * f32::from(u16::MAX)).round() as u32;
        bits(self.dark) | bits(self.narrow) << 16
    }
}

/// Marks the box.
#[derive(Component)]
struct VignetteBox;

/// Carries nothing: how dark it is comes with the mesh's tag, so that no asset changes from frame to frame.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
struct VignetteMaterial {}

impl Material for VignetteMaterial {
    const SHADER: &'static str = "shaders://vignette.wgsl";
    const OWN_VERTICES: bool = true;

    fn opacity(&self) -> Opacity {
        Opacity::Blend
    }

    fn ahead_m(&self) -> f32 {
        LAST
    }

    fn cull(&self) -> Option<Face> {
        // It is seen from inside, and hides even what is nearer than it is.
        None
    }

    fn before_all(&self) -> bool {
        true
    }
}

/// The head in a headset wears the vignette; the window's camera, which is the head without one, does not.
fn hang_before(
    head: On<Add, Head>,
    windows: Query<(), With<WindowCamera>>,
    boxes: Query<Entity, With<VignetteBox>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<VignetteMaterial>>,
    mut commands: Commands,
) {
    if windows.contains(head.entity) {
        return;
    }
    // Another session may bring another head.
    if let Some(vignette) = boxes.iter().next() {
        commands.entity(vignette).insert(ChildOf(head.entity));
        return;
    }
    commands.spawn((
        Name::new("Veil"),
        VignetteBox,
        Mesh3d(meshes.add(Cuboid::from_length(2.0 * HALF_SIDE_M))),
        MeshMaterial3d(materials.add(VignetteMaterial {})),
        MeshTag::default(),
        NoFrustumCulling,
        RenderLayers::layer(VISITOR_ONLY),
        Visibility::Hidden,
        ChildOf(head.entity),
    ));
}

fn draw(
    vignette: Res<Vignette>,
    mut boxes: Query<(&mut MeshTag, &mut Visibility), With<VignetteBox>>,
) {
    for (mut tag, mut visibility) in &mut boxes {
        tag.set_if_neq(MeshTag(vignette.packed()));
        let seen = *vignette != Vignette::default();
        visibility.set_if_neq(if seen { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::body::harness::showroom;

    #[test]
    fn levels_are_packed_as_wgsl_unpacks_them() {
        // unpack2x16unorm: the lower half is the first component.
        assert_eq!(Vignette { dark: 1.0, narrow: 0.0 }.packed(), 0x0000_ffff);
        assert_eq!(Vignette { dark: 0.0, narrow: 1.0 }.packed(), 0xffff_0000);
        assert_eq!(Vignette { dark: 0.5, narrow: 2.0 }.packed(), 0xffff_8000);
    }

    #[test]
    fn only_a_headsets_head_wears_it_and_only_while_it_darkens() {
        let mut app = showroom();
        app.init_resource::<Vignette>().add_plugins(plugin);
        app.world_mut().spawn((Head, WindowCamera));
        let mut boxes =
            app.world_mut().query::<(&VignetteBox, &ChildOf, &RenderLayers, &MeshTag)>();
        app.update();
        assert_eq!(boxes.iter(app.world()).count(), 0);
        for _ in 0..2 {
            let head =
                app.world_mut().spawn((Head, Transform::default(), Visibility::default())).id();
            app.update();
            let (_, parent, layers, _) = boxes.single(app.world()).unwrap();
            assert_eq!(parent.parent(), head);
            // The window's camera renders layer 0.
            assert!(!layers.intersects(&RenderLayers::layer(0)));
        }
        let mut shown = app.world_mut().query_filtered::<&InheritedVisibility, With<VignetteBox>>();
        assert!(!shown.single(app.world()).unwrap().get());
        app.insert_resource(Vignette { dark: 0.3, narrow: 0.0 });
        app.update();
        assert!(shown.single(app.world()).unwrap().get());
        assert_eq!(
            boxes.single(app.world()).unwrap().3.0,
            Vignette { dark: 0.3, narrow: 0.0 }.packed()
        );
    }
}
