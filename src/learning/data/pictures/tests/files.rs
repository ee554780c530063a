//! Single pictures: what becomes of their colours, sizes and turns, and what is said of those that cannot be read.

use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, LumaA, RgbImage, Rgba};
use proptest::prelude::*;

use super::{file, plain, png, turned};
use crate::learning::data::{
    fixtures::{Damage, damage},
    pictures::picture::{decode, read},
};

const SIZE: [usize; 2] = [4, 4];

fn flat(values: &[u8]) -> Vec<u8> {
    values.iter().flat_map(|value| [*value; 16]).collect()
}

#[test]
fn colours_of_every_kind_are_read() {
    let png_of = |picture: DynamicImage| decode(&file(&picture, ImageFormat::Png), SIZE).unwrap();
    let grey = GrayImage::from_pixel(9, 5, Luma([100]));
    assert_eq!(png_of(grey.into()), flat(&[100]));
    assert_eq!(png_of(plain(7, 7, [9, 9, 9])), flat(&[9]));
    assert_eq!(png_of(plain(1, 30, [200, 30, 4])), flat(&[200, 30, 4]));
    let deep = ImageBuffer::from_pixel(5, 5, Luma([100_u16 * 257]));
    assert_eq!(png_of(DynamicImage::ImageLuma16(deep)), flat(&[100]));
    let clear = ImageBuffer::from_pixel(5, 5, Rgba([10_u8, 20, 30, 0]));
    assert_eq!(png_of(DynamicImage::ImageRgba8(clear)), flat(&[255]));
    let half = ImageBuffer::from_pixel(5, 5, Rgba([255_u8, 0, 0, 128]));
    assert_eq!(png_of(DynamicImage::ImageRgba8(half)), flat(&[255, 127, 127]));
    let ink = ImageBuffer::from_pixel(5, 5, LumaA([0_u8, 255]));
    assert_eq!(png_of(DynamicImage::ImageLumaA8(ink)), flat(&[0]));
    // As printers have it: all cyan and nothing else, made by the crate `jpeg-encoder`.
    assert_eq!(decode(include_bytes!("cmyk.jpg"), SIZE).unwrap(), flat(&[0, 255, 255]));
    // Two pixels of one bit each, the second of the second colour of a palette.
    let palette = png([2, 1], 1, 3, &[0, 0, 0, 10, 20, 30], &[0, 0b0100_0000]);
    let values = decode(&palette, [1, 2]).unwrap();
    assert_eq!(values, [0, 10, 0, 20, 0, 30]);
}

#[test]
fn every_format_is_told_by_its_bytes() {
    let red = plain(20, 10, [250, 5, 5]);
    for format in
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Gif]
    {
        let values = decode(&file(&red, format), SIZE).unwrap();
        let close =
            values.iter().zip(flat(&[250, 5, 5])).all(|(one, other)| one.abs_diff(other) < 6);
        assert!(close && values.len() == 48, "{format:?}: {values:?}");
    }
}

#[test]
fn the_middle_is_kept_and_scaled() {
    let bands =
        GrayImage::from_fn(30, 10, |x, _| Luma([if (10..20).contains(&x) { 255 } else { 0 }]));
    let upright = DynamicImage::ImageLuma8(bands);
    for picture in [upright.rotate90(), upright] {
        assert_eq!(decode(&file(&picture, ImageFormat::Png), [5, 5]).unwrap(), [255; 25]);
        assert_eq!(decode(&file(&picture, ImageFormat::Png), [20, 20]).unwrap(), [255; 400]);
    }
    // Fine stripes become their mean, as they would not if pixels were picked.
    let stripes = GrayImage::from_fn(64, 64, |x, _| Luma([if x % 2 == 0 { 0 } else { 200 }]));
    let values = decode(&file(&stripes.into(), ImageFormat::Png), SIZE).unwrap();
    assert!(values.iter().all(|value| value.abs_diff(100) < 8), "{values:?}");
}

#[test]
fn a_photograph_is_set_upright() {
    let left = RgbImage::from_fn(32, 16, |x, _| image::Rgb([if x < 16 { 0 } else { 255 }; 3]));
    let jpeg = file(&left.into(), ImageFormat::Jpeg);
    let corners = |bytes: &[u8], [rows, columns]: [usize; 2]| {
        let values = decode(bytes, [rows, columns]).unwrap();
        let corner = |at: usize| values[at] > 128;
        [corner(0), corner(columns - 1), corner((rows - 1) * columns)]
    };
    assert_eq!(corners(&jpeg, [8, 16]), [false, true, false]);
    assert_eq!(corners(&turned(&jpeg, 1), [8, 16]), [false, true, false]);
    assert_eq!(corners(&turned(&jpeg, 3), [8, 16]), [true, false, true]);
    // Turned by a quarter: what was left is above.
    assert_eq!(corners(&turned(&jpeg, 6), [16, 8]), [false, false, true]);
    assert_eq!(corners(&turned(&jpeg, 8), [16, 8]), [true, true, false]);
    // A turn that there is not.
    assert_eq!(corners(&turned(&jpeg, 77), [8, 16]), [false, true, false]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let noise =
        RgbImage::from_fn(64, 64, |x, y| image::Rgb([x as u8 * 3, y as u8 * 3, (x * y) as u8]));
    let jpeg = file(&noise.clone().into(), ImageFormat::Jpeg);
    let whole = file(&noise.into(), ImageFormat::Png);
    let said = |bytes: &[u8]| decode(bytes, SIZE).unwrap_err();
    for cut in [jpeg.len() / 2, jpeg.len() - 3, 40, 3] {
        assert_eq!(said(&jpeg[..cut]), "it is damaged or cut short", "{cut}");
    }
    assert_eq!(said(&whole[..whole.len() / 2]), "it is damaged or cut short");
    assert_eq!(said(b"just a text"), "it is no PNG, JPEG, WebP, BMP or GIF");
    assert_eq!(said(b""), "it is empty");
    assert_eq!(said(b"II*\0\x08\0\0\0aaaaaaaaaaaaaaaa"), "its format, Tiff, is not read");
    let huge = png([100_000, 90_000], 8, 2, &[], &[0; 10]);
    assert_eq!(said(&huge), "it has 90,000 × 100,000 pixels, more than 134,217,728");
    assert!(said(&png([u32::MAX >> 1, u32::MAX >> 1], 8, 6, &[], &[0; 10])).contains("pixels"));
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read(folder.path(), SIZE).unwrap_err(), "it is no file");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damage_makes_more_of_a_picture(
        format in 0_usize..5, damages in proptest::collection::vec(any::<Damage>(), 1..4),
    ) {
        use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
        let mut bytes = file(&plain(9, 6, [200, 100, 7]), [Png, Jpeg, WebP, Bmp, Gif][format]);
        for one in damages {
            damage(&mut bytes, one);
        }
        if let Ok(values) = decode(&bytes, SIZE) {
            prop_assert!(values.len() == 16 || values.len() == 48);
        }
    }
}
