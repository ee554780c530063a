//! Gives charts their plate and buffers, and writes what changed, once a frame.

use std::sync::Arc;

use bevy::{prelude::*, render::storage::ShaderBuffer};

use super::{
    super::{
        plate,
        upload::{Uploads, buffer_for, fixed_buffer},
    },
    Chart, MAX_SERIES, Scale,
    bins::COLUMNS,
    material::{ChartMaterial, ChartSettings, MAX_TICKS, SeriesSettings},
};

use crate::world::draw::MeshMaterial3d;
use crate::world::ui::palette;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(furnish).add_systems(PostUpdate, write_charts);
}

/// Numbers per point: step, least, mean, greatest, all on the scales of their axes.
const POINT: usize = 4;
/// Stands for a value that is no number, far outside every scale.
const BROKEN: f32 = -1e30;

/// What a chart has on the graphics card, and what was last written there.
#[derive(Component)]
struct ChartBuffers {
    settings: Handle<ShaderBuffer>,
    points: Handle<ShaderBuffer>,
    written: ChartSettings,
    /// Changes of the curves, and the scale of their values, when the points were written.
    written_points: Option<(u64, Scale)>,
    counts: [u32; MAX_SERIES],
}

fn furnish(
    inserted: On<Insert, Chart>,
    charts: Query<&Chart>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<ChartMaterial>>,
    mut commands: Commands,
) -> Result {
    let chart = charts.get(inserted.entity)?;
    let settings = buffers.add(buffer_for(&ChartSettings::default()));
    let points = buffers.add(fixed_buffer(MAX_SERIES * COLUMNS * POINT * size_of::<f32>()));
    let material = ChartMaterial { settings: settings.clone(), points: points.clone() };
    commands.entity(inserted.entity).insert((
        Mesh3d(meshes.add(plate::plate(chart.size))),
        MeshMaterial3d(materials.add(material)),
        ChartBuffers {
            settings,
            points,
            written: ChartSettings::default(),
            written_points: None,
            counts: [0; MAX_SERIES],
        },
    ));
    Ok(())
}

fn write_charts(
    time: Res<Time>,
    mut charts: Query<(&mut Chart, &mut ChartBuffers)>,
    mut uploads: ResMut<Uploads>,
) -> Result {
    for (mut chart, mut on_card) in &mut charts {
        // Axes on their way are no news to those who wait for a changed chart.
        let chart = chart.bypass_change_detection();
        let on_card = on_card.bypass_change_detection();
        let state = (chart.changes, chart.y.scale);
        if on_card.written_points != Some(state) {
            let (points, counts) = points_of(chart);
            uploads.floats(&on_card.points, points);
            on_card.counts = counts;
            on_card.written_points = Some(state);
        }
        aim_axes(chart);
        chart.x.ease(time.delta_secs());
        chart.y.ease(time.delta_secs());
        let settings = settings_of(chart, &on_card.counts);
        if settings != on_card.written {
            uploads.structure(&on_card.settings, &settings)?;
            on_card.written = settings;
        }
    }
    Ok(())
}

/// All points on the scales of the axes, each curve at its own place, and how many each has.
fn points_of(chart: &Chart) -> (Arc<[f32]>, [u32; MAX_SERIES]) {
    let mut points = vec![0.0; MAX_SERIES * COLUMNS * POINT];
    let mut counts = [0; MAX_SERIES];
    let places = points.chunks_mut(COLUMNS * POINT);
    for ((series, place), count) in chart.series.iter().zip(places).zip(&mut counts) {
        for (column, point) in series.bins.columns().zip(place.chunks_mut(POINT)) {
            let y = |value: f32| {
                if column.broken { BROKEN } else { chart.y.on_scale(f64::from(value)) }
            };
            let numbers = [
                chart.x.on_scale(column.step),
                y(column.least),
                y(column.mean),
                y(column.greatest),
            ];
            point.copy_from_slice(&numbers);
            *count += 1;
        }
    }
    (points.into(), counts)
}

fn aim_axes(chart: &mut Chart) {
    let extents = || chart.series.iter().filter_map(|series| series.bins.extent());
    let y = extents()
        .reduce(|(low, high), (l, h)| (low.min(l), high.max(h)))
        .map(|(low, high)| (f64::from(low), f64::from(high)));
    let last = chart
        .series
        .iter()
        .filter_map(|series| series.bins.columns().last())
        .map(|column| column.step);
    let x = last.reduce(f64::max).map(|last| (0.0, last));
    chart.x.aim(x);
    chart.y.aim(y);
}

fn settings_of(chart: &Chart, counts: &[u32; MAX_SERIES]) -> ChartSettings {
    let linear = |colour: Color| colour.to_linear().to_vec4();
    let ((x_low, x_high), (y_low, y_high)) = (chart.x.shown(), chart.y.shown());
    let mut series = [SeriesSettings::default(); MAX_SERIES];
    for (i, (place, curve)) in series.iter_mut().zip(&chart.series).enumerate() {
        *place = SeriesSettings {
            colour: linear(curve.style.colour),
            first: (i * COLUMNS) as u32,
            count: counts[i],
            width_px: curve.style.width_px,
            dots: u32::from(curve.style.dots),
        };
    }
    let (x_ticks, y_ticks) = (chart.x.ticks(), chart.y.ticks());
    let mut ticks = [Vec4::ZERO; MAX_TICKS];
    for (i, place) in ticks.iter_mut().enumerate() {
        place.x = x_ticks.get(i).map_or(0.0, |&tick| chart.x.on_scale(tick));
        place.y = y_ticks.get(i).map_or(0.0, |&tick| chart.y.on_scale(tick));
    }
    ChartSettings {
        ends: Vec4::new(x_low, x_high, y_low, y_high),
        ground: linear(palette::PLATE),
        grid: linear(palette::GRID),
        trouble: linear(palette::RED),
        shown_colour: linear(palette::INK),
        pointed_colour: linear(palette::ACCENT),
        shown_step: chart.shown_step.map_or(0.0, |step| chart.x.on_scale(step)),
        pointed_step: chart.pointed_step.map_or(0.0, |step| chart.x.on_scale(step)),
        lines: u32::from(chart.shown_step.is_some()) | u32::from(chart.pointed_step.is_some()) << 1,
        series_count: chart.series.len().min(MAX_SERIES) as u32,
        x_tick_count: x_ticks.len().min(MAX_TICKS) as u32,
        y_tick_count: y_ticks.len().min(MAX_TICKS) as u32,
        series,
        ticks,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{AxisSpan, ChartAxis, SeriesStyle},
        *,
    };

    fn chart() -> Chart {
        let x = ChartAxis::new(AxisSpan::Fixed { low: 0.0, high: 100.0 });
        Chart::new(Vec2::ONE, x, ChartAxis::new(AxisSpan::Growing))
            .with_series(SeriesStyle::line(palette::TRAIN))
            .with_series(SeriesStyle::dotted(palette::TEST))
    }

    #[test]
    fn each_curve_has_its_points_in_its_own_place() {
        let mut chart = chart();
        chart.push(0, 10, 2.0);
        chart.push(0, 20, f32::NAN);
        chart.push(1, 30, 0.5);
        let (points, counts) = points_of(&chart);
        assert_eq!(counts, [2, 1, 0, 0, 0]);
        assert_eq!(points[..POINT], [10.0, 2.0, 2.0, 2.0]);
        assert_eq!(points[POINT + 2], BROKEN);
        assert_eq!(points[COLUMNS * POINT..][..POINT], [30.0, 0.5, 0.5, 0.5]);
    }

    #[test]
    fn logarithmic_axis_writes_logarithms() {
        let mut chart = chart();
        chart.y.scale = Scale::Logarithmic;
        chart.push(0, 1, 0.01);
        assert_eq!(points_of(&chart).0[2], -2.0);
    }

    #[test]
    fn places_on_the_plate_follow_the_axes() {
        let mut chart = chart();
        chart.push(0, 50, 2.0);
        aim_axes(&mut chart);
        chart.x.ease(0.0);
        chart.y.ease(0.0);
        let uv = chart.uv_of(50.0, 0.0);
        assert_eq!(uv, Vec2::new(0.5, 1.0));
        assert!(chart.uv_of(50.0, 2.0).y > 0.0);
        assert!((chart.step_at(uv) - 50.0).abs() < 1e-4);
        assert_eq!(settings_of(&chart, &[0; MAX_SERIES]).x_tick_count, 6);
    }
}
