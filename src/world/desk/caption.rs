//! What is heard in words, on the desk: in the place of exhibits and memory, which make way as long as it is read.

use bevy::prelude::*;

use crate::world::{
    WorldSystems,
    sound::{Caption, SoundSystems},
    ui::{
        palette,
        sheet::{from_left, write},
        type_size, words,
    },
};

/// How many letters two lines have room for, with what is lost where words are parted.
const LETTERS: usize = 70;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show.run_if(resource_exists_and_changed::<Caption>)
            .after(SoundSystems)
            .in_set(WorldSystems::Show),
    );
}

/// The words.
#[derive(Component)]
struct CaptionText;

/// What they take the place of.
#[derive(Component)]
struct MakesWay;

/// The place of the words, over what `below` writes; it takes no room of its own.
pub(super) fn spawn(
    side: &mut ChildSpawnerCommands,
    below: impl FnOnce(&mut ChildSpawnerCommands),
) {
    let place = Node { flex_direction: FlexDirection::Column, flex_shrink: 0.0, ..default() };
    side.spawn(place).with_children(|place| {
        place.spawn((MakesWay, Node::default())).with_children(below);
        let told = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK);
        place.spawn((CaptionText, told)).insert(Node { right: px(0), ..from_left(0.0, 0.0) });
    });
}

fn show(
    caption: Res<Caption>,
    mut texts: Query<&mut Text, With<CaptionText>>,
    mut below: Query<&mut Visibility, With<MakesWay>>,
) {
    let told = words::shortened(caption.text(), LETTERS);
    for mut seen in &mut below {
        let wanted = if told.is_empty() { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(wanted);
    }
    for text in &mut texts {
        write(text, told.clone());
    }
}

#[cfg(test)]
mod tests {
    use bevy::text::TextLayoutInfo;

    use super::*;
    use crate::world::{
        headless,
        ui::panel::{Hanger, PanelPlan},
    };

    /// What the place is as wide as on the desk, in dmm; the board is read from a metre.
    const WIDE_DMM: f32 = 510.0;

    #[test]
    fn the_longest_words_have_room_in_two_lines_and_what_was_there_comes_back() {
        let mut app = headless::hall_with(|app| {
            app.init_resource::<Caption>();
            plugin(app);
            app.add_systems(Startup, |mut hanger: Hanger| {
                let size = vec2(WIDE_DMM / 1000.0, 0.3);
                let page = hanger.hang(PanelPlan::clear("Desk", size, 1.0));
                hanger.commands.entity(page.root).with_children(|page| {
                    spawn(page, |place| {
                        place.spawn((Name::new("below"), words::caption("29 of 256 MiB")));
                    });
                });
            });
        });
        headless::lay_out(&mut app);
        let below_is_seen = |app: &mut App| {
            let world = app.world_mut();
            let mut below = world.query_filtered::<&InheritedVisibility, With<MakesWay>>();
            below.single(world).unwrap().get()
        };
        assert!(below_is_seen(&mut app));
        for words in [
            "Training failed: A network learns to read digits. The device has no memory left for it",
            "训练失败了：学习识别手写数字的神经网络。设备上没有足够的内存来保存它的权重和梯度，请减小批量大小",
        ] {
            app.world_mut().resource_mut::<Caption>().show(words);
            headless::frames(&mut app, 4);
            assert!(!below_is_seen(&mut app));
            let world = app.world_mut();
            let mut texts = world
                .query_filtered::<(&Text, &TextLayoutInfo, &ComputedNode), With<CaptionText>>();
            let (text, letters, node) = texts.single(world).unwrap();
            assert!(text.0.starts_with("Training failed: ") || text.0.starts_with("训练失败了："));
            let scale = node.inverse_scale_factor();
            let size = letters.size * scale;
            assert!(size.x <= WIDE_DMM + 1.0, "{size}");
            let lines = size.y / (type_size::CAPTION * 1.32);
            assert!((0.9..2.5).contains(&lines), "{lines} lines: {}", text.0);
        }
        app.world_mut().resource_mut::<Caption>().show("");
        headless::frames(&mut app, 2);
        assert!(below_is_seen(&mut app));
    }
}
