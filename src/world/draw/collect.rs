//! Everything that may be seen, collected once for all eyes.

use std::{marker::PhantomData, sync::Arc};

use bevy::{
    camera::{
        primitives::{Aabb, Sphere},
        visibility::{NoFrustumCulling, RenderLayers},
    },
    math::Affine3A,
    mesh::MeshTag,
    prelude::*,
    render::{
        Extract, ExtractSchedule, RenderApp, RenderStartup,
        render_asset::{RenderAssetPlugin, RenderAssets},
        texture::GpuImage,
    },
};

use super::material::{BoundMaterial, Material, MeshMaterial3d, Prepared, open_shader};

/// Lets meshes be drawn with a material.
pub struct MaterialPlugin<M>(PhantomData<M>);

impl<M> Default for MaterialPlugin<M> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<M: Material> Plugin for MaterialPlugin<M> {
    fn build(&self, app: &mut App) {
        app.init_asset::<M>().add_plugins(RenderAssetPlugin::<Prepared<M>, GpuImage>::default());
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            render
                .add_systems(RenderStartup, open_shader::<M>)
                .add_systems(ExtractSchedule, collect::<M>);
        }
    }
}

/// All meshes of this frame, in the order of their materials' plugins.
#[derive(Resource, Default)]
pub(super) struct Drawables(pub Vec<Drawable>);

/// One mesh.
pub(super) struct Drawable {
    pub look: Arc<BoundMaterial>,
    pub mesh: AssetId<Mesh>,
    pub world_from_local: Affine3A,
    pub tag: u32,
    pub layers: RenderLayers,
    /// What it lies in; none where it is always drawn.
    pub bounds: Option<Sphere>,
}

type Seen<'a, M> = (
    &'a MeshMaterial3d<M>,
    &'a Mesh3d,
    &'a GlobalTransform,
    &'a InheritedVisibility,
    Option<&'a RenderLayers>,
    Option<&'a MeshTag>,
    Option<&'a Aabb>,
    Has<NoFrustumCulling>,
);

/// Collects the meshes of one kind of material; a material is drawn from the frame after it was made.
pub(super) fn collect<M: Material>(
    meshes: Extract<Query<Seen<M>>>,
    materials: Res<RenderAssets<Prepared<M>>>,
    mut drawables: ResMut<Drawables>,
) {
    for (material, mesh, place, seen, layers, tag, bounds, always) in &meshes {
        if !seen.get() {
            continue;
        }
        let Some(material) = materials.get(material.id()) else {
            continue;
        };
        let world_from_local = place.affine();
        let bounds = bounds.filter(|_| !always).map(|aabb| Sphere {
            center: world_from_local.transform_point3a(aabb.center),
            radius: place.radius_vec3a(aabb.half_extents),
        });
        drawables.0.push(Drawable {
            look: material.look.clone(),
            mesh: mesh.id(),
            world_from_local,
            tag: tag.map_or(0, |tag| tag.0),
            layers: layers.cloned().unwrap_or_default(),
            bounds,
        });
    }
}

pub(super) fn clear(mut drawables: ResMut<Drawables>) {
    drawables.0.clear();
}
