//! Materials: a shader, what is bound to it, and how what it draws meets what is behind.

use std::{any::TypeId, marker::PhantomData, sync::Arc};

use bevy::{
    ecs::system::{SystemParamItem, lifetimeless::SRes},
    prelude::*,
    render::{
        render_asset::{PrepareAssetError, RenderAsset},
        render_resource::{
            AsBindGroup, AsBindGroupError, BindGroup, BindGroupLayoutDescriptor, Face,
            PipelineCache,
        },
        renderer::RenderDevice,
    },
};

/// How the fragments of a mesh meet what is behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Opacity {
    /// They hide it.
    #[default]
    Opaque,
    /// Their alpha says how much of a pixel they cover and hide.
    Coverage,
    /// They are laid over it by their alpha.
    Blend,
    /// The same, with colours that were multiplied by alpha before.
    Premultiplied,
}

impl Opacity {
    /// Whether it must be drawn after what is behind it.
    pub(super) fn is_seen_through(self) -> bool {
        matches!(self, Self::Blend | Self::Premultiplied)
    }
}

/// How a mesh is drawn.
pub trait Material: Asset + AsBindGroup + Clone {
    /// The shader, by its path; its entry points are `vertex`, where [`Material::OWN_VERTICES`] says so, and `fragment`.
    const SHADER: &'static str;
    /// Whether it places vertices itself, from their position alone; else `shaders/view.wgsl` does.
    const OWN_VERTICES: bool = false;

    fn opacity(&self) -> Opacity {
        Opacity::Opaque
    }

    /// By how much it is drawn after what else can be seen through, in metres towards the eye.
    fn ahead_m(&self) -> f32 {
        0.0
    }

    /// The side of its triangles that is left out.
    fn cull(&self) -> Option<Face> {
        Some(Face::Back)
    }

    /// Whether what lies behind it stays hidden though it is drawn later; what can be seen through hides nothing else.
    fn hides(&self) -> bool {
        !self.opacity().is_seen_through()
    }

    /// Whether nothing can be before it.
    fn before_all(&self) -> bool {
        false
    }

    /// Whether everything is before it: then it is drawn when all that hides it has been.
    fn behind_all(&self) -> bool {
        false
    }
}

/// The material that an entity's mesh is drawn with.
#[derive(Component, Debug, Deref)]
#[require(Transform, Visibility)]
pub struct MeshMaterial3d<M: Material>(pub Handle<M>);

// Derived, these would ask the same of the material itself.
impl<M: Material> PartialEq for MeshMaterial3d<M> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<M: Material> From<&MeshMaterial3d<M>> for AssetId<M> {
    fn from(material: &MeshMaterial3d<M>) -> Self {
        material.0.id()
    }
}

impl<M: Material> Clone for MeshMaterial3d<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// What all materials of a kind have in common.
#[derive(Debug)]
pub(super) struct Kind {
    pub id: TypeId,
    pub shader: Handle<Shader>,
    pub own_vertices: bool,
    pub layout: BindGroupLayoutDescriptor,
}

#[derive(Resource)]
pub(super) struct KindOf<M> {
    kind: Arc<Kind>,
    of: PhantomData<M>,
}

pub(super) fn open_shader<M: Material>(
    mut commands: Commands,
    assets: Res<AssetServer>,
    device: Res<RenderDevice>,
) {
    let kind = Kind {
        id: TypeId::of::<M>(),
        shader: assets.load(M::SHADER),
        own_vertices: M::OWN_VERTICES,
        layout: M::bind_group_layout_descriptor(&device),
    };
    commands.insert_resource(KindOf::<M> { kind: Arc::new(kind), of: PhantomData });
}

/// A material as it lies on the graphics card.
#[derive(Debug)]
pub(super) struct BoundMaterial {
    pub kind: Arc<Kind>,
    pub bound: BindGroup,
    pub opacity: Opacity,
    pub ahead_m: f32,
    pub cull: Option<Face>,
    pub hides: bool,
    pub before_all: bool,
    pub behind_all: bool,
}

pub(super) struct Prepared<M> {
    pub look: Arc<BoundMaterial>,
    of: PhantomData<M>,
}

impl<M: Material> RenderAsset for Prepared<M> {
    type SourceAsset = M;
    type Param = (SRes<RenderDevice>, SRes<PipelineCache>, SRes<KindOf<M>>, M::Param);

    fn prepare_asset(
        material: M,
        _: AssetId<M>,
        (device, cache, kind, param): &mut SystemParamItem<Self::Param>,
        _: Option<&Self>,
    ) -> Result<Self, PrepareAssetError<M>> {
        let kind = kind.kind.clone();
        match material.as_bind_group(&kind.layout, device, cache, param) {
            Ok(bound) => {
                let look = BoundMaterial {
                    kind,
                    bound: bound.bind_group,
                    opacity: material.opacity(),
                    ahead_m: material.ahead_m(),
                    cull: material.cull(),
                    hides: material.hides(),
                    before_all: material.before_all(),
                    behind_all: material.behind_all(),
                };
                Ok(Self { look: Arc::new(look), of: PhantomData })
            }
            Err(AsBindGroupError::RetryNextUpdate) => {
                Err(PrepareAssetError::RetryNextUpdate(material))
            }
            Err(other) => Err(PrepareAssetError::AsBindGroupError(other)),
        }
    }
}
