//! Panels: `bevy_ui` trees drawn on textures and hung in the hall: on boards, or as words alone.
//!
//! One logical pixel of a panel is one dmm (1 mm seen from 1 m), so a panel `w` metres wide that is read from `d`
//! metres is `1000 w / d` pixels wide, and text of `type_size::BODY` looks equally large on every panel.

use bevy::{
    asset::{AssetEventSystems, RenderAssetUsages},
    camera::{ImageRenderTarget, RenderTarget},
    ecs::system::SystemParam,
    prelude::*,
    reflect::TypePath,
    render::render_resource::{AsBindGroup, Extent3d, TextureDimension, TextureUsages},
};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d, Opacity};

use super::{
    board::{CORNER_DMM, THICK_DMM, board},
    contrast::Contrast,
    paint::PAGE_FORMAT,
    palette,
    redraw::Redraw,
};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<PanelMaterial>::default())
        .add_observer(take_down)
        .add_observer(bring_before)
        .add_systems(
            PostUpdate,
            dress_boards.run_if(resource_exists_and_changed::<Contrast>).before(AssetEventSystems),
        );
}

/// Texture pixels per dmm: enough for a headset's centre (about 25 pixels per degree, 1.4 per dmm) and for standing closer.
const PIXELS_PER_DMM: f32 = 2.0;

/// A panel's texture is at most this wide or high, which every Vulkan device can do.
const MOST_PIXELS: f32 = 4096.0;

/// How a panel is to be hung.
#[derive(Clone, Copy, Debug)]
pub struct PanelPlan {
    pub name: &'static str,
    /// Width and height in metres.
    pub size_m: Vec2,
    /// The distance that it is read from, in metres; sizes on it are in dmm for that distance.
    pub read_from_m: f32,
    pub ground: Ground,
}

impl PanelPlan {
    /// One on a dark plate.
    pub fn plate(name: &'static str, size_m: Vec2, read_from_m: f32) -> Self {
        Self { name, size_m, read_from_m, ground: Ground::Plate }
    }

    /// One whose words float in the dark.
    pub fn clear(name: &'static str, size_m: Vec2, read_from_m: f32) -> Self {
        Self { name, size_m, read_from_m, ground: Ground::Clear }
    }
}

/// What a panel's words stand on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// A dark board with rounded corners, a thin rule and an edge of light.
    #[default]
    Plate,
    /// Nothing: words float in the dark.
    Clear,
}

/// A panel hanging in the hall: the quad, which the hanger's caller places.
#[derive(Component, Clone, Debug)]
pub struct Panel {
    /// Width and height in metres.
    pub size_m: Vec2,
    /// Width and height in dmm, which are the logical pixels of its tree.
    pub size_dmm: Vec2,
    /// What its tree is drawn on.
    pub target: ImageRenderTarget,
    /// What its tree is laid out for; it draws nothing.
    pub camera: Entity,
    /// The root of its tree.
    pub root: Entity,
}

/// A panel that comes before everything else while it is there, so that nothing shines through it.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Foremost;

/// A panel that is read until somebody closes it: meanwhile nobody is told what else to do.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct ReadUntilClosed;

/// Drawn after wires and words that hang further back, and before the beams that point at it.
const FOREMOST_AHEAD: f32 = 1500.0;

fn bring_before(
    add: On<Add, Foremost>,
    panels: Query<&MeshMaterial3d<PanelMaterial>>,
    mut materials: ResMut<Assets<PanelMaterial>>,
) {
    if let Ok(material) = panels.get(add.entity)
        && let Some(mut material) = materials.get_mut(material)
    {
        material.ahead = FOREMOST_AHEAD;
    }
}

/// What [`Hanger::hang`] hands back.
#[derive(Clone, Copy, Debug)]
pub struct Hung {
    /// Give this a `Transform` or a parent; it faces +Z.
    pub panel: Entity,
    /// Give this children; it lays them out from top to bottom.
    pub root: Entity,
}

/// A page of so many pixels that nothing is drawn on yet. It lies where it is drawn alone: as zeros it would be in memory
/// twice, and be sent there through as much again.
fn empty(pixels: UVec2) -> Image {
    let size = Extent3d { width: pixels.x, height: pixels.y, depth_or_array_layers: 1 };
    let usages = RenderAssetUsages::default();
    let mut page = Image::new_uninit(size, TextureDimension::D2, PAGE_FORMAT, usages);
    page.texture_descriptor.usage =
        TextureUsages::TEXTURE_BINDING | TextureUsages::COPY_DST | TextureUsages::RENDER_ATTACHMENT;
    page
}

/// Hangs panels, from systems and observers alike.
#[derive(SystemParam)]
pub struct Hanger<'w, 's> {
    pub commands: Commands<'w, 's>,
    images: ResMut<'w, Assets<Image>>,
    pub meshes: ResMut<'w, Assets<Mesh>>,
    materials: ResMut<'w, Assets<PanelMaterial>>,
    contrast: Option<Res<'w, Contrast>>,
}

impl Hanger<'_, '_> {
    /// Hangs an empty panel at the origin.
    pub fn hang(&mut self, plan: PanelPlan) -> Hung {
        let size_dmm = plan.size_m * 1000.0 / plan.read_from_m;
        let scale_factor = PIXELS_PER_DMM.min(MOST_PIXELS / size_dmm.max_element());
        let pixels = (size_dmm * scale_factor).round().max(Vec2::ONE).as_uvec2();
        let image = self.images.add(empty(pixels));
        let target = ImageRenderTarget { handle: image.clone(), scale_factor };

        let camera = self
            .commands
            .spawn((
                Name::new(format!("{} camera", plan.name)),
                // It never draws: layout and pointing ask it how large the page is and in which pixels.
                Camera { is_active: false, ..default() },
                Projection::Orthographic(OrthographicProjection::default_2d()),
                RenderTarget::Image(target.clone()),
            ))
            .id();
        let root = self
            .commands
            .spawn((
                Name::new(format!("{} page", plan.name)),
                page(plan.ground),
                UiTargetCamera(camera),
            ))
            .id();
        let page = image.id();
        let contrast = self.contrast.as_deref().copied().unwrap_or_default();
        let panel = self
            .commands
            .spawn((
                Name::new(plan.name),
                Panel { size_m: plan.size_m, size_dmm, target, camera, root },
                Mesh3d(self.meshes.add(body(plan))),
                MeshMaterial3d(self.materials.add(PanelMaterial {
                    page: image,
                    presence: 1.0,
                    board: match plan.ground {
                        Ground::Plate => size_dmm.extend(CORNER_DMM).extend(1.0),
                        Ground::Clear => Vec4::ZERO,
                    },
                    plate: contrast.of(palette::PLATE).into(),
                    edge: contrast.of(palette::RULE).into(),
                    ahead: 0.0,
                })),
            ))
            .id();
        let redraw = Redraw::of(panel, root, page, pixels);
        self.commands.entity(camera).insert(redraw);
        Hung { panel, root }
    }
}

/// What a panel is as a thing: words alone have no body.
fn body(plan: PanelPlan) -> Mesh {
    let dmm = plan.read_from_m / 1000.0;
    match plan.ground {
        Ground::Plate => board(plan.size_m, THICK_DMM * dmm, CORNER_DMM * dmm),
        Ground::Clear => Rectangle::from_size(plan.size_m).into(),
    }
}

fn page(ground: Ground) -> impl Bundle {
    let (plate, rule, width, radius, padding) = match ground {
        Ground::Plate => (palette::PLATE, palette::RULE, 2.0, CORNER_DMM, 28.0),
        Ground::Clear => (Color::NONE, Color::NONE, 0.0, 0.0, 0.0),
    };
    (
        Node {
            width: percent(100),
            height: percent(100),
            flex_direction: FlexDirection::Column,
            row_gap: px(12),
            padding: UiRect::all(px(padding)),
            border: UiRect::all(px(width)),
            border_radius: BorderRadius::all(px(radius)),
            overflow: Overflow::clip(),
            ..default()
        },
        BackgroundColor(plate),
        BorderColor::all(rule),
    )
}

/// The page of a panel as it is seen in the hall: without lighting, filtered over each pixel's footprint.
#[derive(Asset, AsBindGroup, TypePath, Clone, Debug)]
pub struct PanelMaterial {
    /// What the panel's tree was drawn on; colours are premultiplied by their opacity.
    #[texture(0)]
    #[sampler(1)]
    pub page: Handle<Image>,
    /// From 0, not there, to 1, fully there.
    #[uniform(2)]
    pub presence: f32,
    /// Of a board: its width, height and the radius of its corners in dmm, then 1; zeros where there are words alone.
    #[uniform(2)]
    board: Vec4,
    #[uniform(2)]
    plate: LinearRgba,
    #[uniform(2)]
    edge: LinearRgba,
    /// By how much it is drawn after what else can be seen through, in metres towards the eye.
    pub ahead: f32,
}

impl Material for PanelMaterial {
    const SHADER: &'static str = "shaders://panel.wgsl";

    fn opacity(&self) -> Opacity {
        Opacity::Premultiplied
    }

    fn ahead_m(&self) -> f32 {
        self.ahead
    }

    /// Wires behind a board, which are drawn after it, do not cross what is written on it.
    fn hides(&self) -> bool {
        self.board.w > 0.0
    }
}

/// Boards that hang already take the other colours.
fn dress_boards(contrast: Res<Contrast>, mut materials: ResMut<Assets<PanelMaterial>>) {
    let [plate, edge] = [palette::PLATE, palette::RULE].map(|colour| contrast.of(colour).into());
    let differ =
        |(_, material): &(_, &PanelMaterial)| (material.plate, material.edge) != (plate, edge);
    let others: Vec<_> = materials.iter().filter(differ).map(|(id, _)| id).collect();
    for id in others {
        if let Some(mut material) = materials.get_mut(id) {
            (material.plate, material.edge) = (plate, edge);
        }
    }
}

/// The page and its camera go with the panel; they hang on nothing else, since a page must be a root.
fn take_down(remove: On<Remove, Panel>, panels: Query<&Panel>, mut commands: Commands) {
    let Ok(panel) = panels.get(remove.entity) else {
        return;
    };
    for part in [panel.root, panel.camera] {
        if let Ok(mut part) = commands.get_entity(part) {
            part.try_despawn();
        }
    }
}
