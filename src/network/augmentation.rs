//! How the images that a described network learns from are changed each time it meets them, with torchvision's words.

use super::{fault::Fault, settings::Settings};
use crate::words::Phrase;

/// What is drawn anew for each image and epoch; nothing of it for what is tested or shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Augmentation {
    /// Whether half of the images have their left at the right.
    pub horizontal_flip: bool,
    /// Whether half of the images stand on their head.
    pub vertical_flip: bool,
    /// The largest share of rows and of columns by which an image is moved; what comes in is black.
    pub shift: f64,
    /// The most pixels by which it is moved in each direction, as a crop of the same size moves it that black surrounds.
    pub crop: usize,
    /// The largest angle by which it is turned about its middle, in degrees; what comes in is black.
    pub rotate: f64,
    /// Brightness is multiplied with 1 ± this.
    pub brightness: f64,
    /// How far each pixel lies from the mean brightness is multiplied with 1 ± this.
    pub contrast: f64,
}

const SHARE: [f64; 2] = [0.0, 1.0];

impl Augmentation {
    /// Reads the table `augmentation`.
    pub(super) fn read(mut settings: Settings) -> Result<Self, Fault> {
        let augmentation = Self {
            horizontal_flip: settings.yes("horizontal_flip")?.unwrap_or(false),
            vertical_flip: settings.yes("vertical_flip")?.unwrap_or(false),
            shift: settings.number("shift", SHARE)?.unwrap_or(0.0),
            crop: settings.count("crop", 0)?.unwrap_or(0),
            rotate: settings.number("rotate", [0.0, 180.0])?.unwrap_or(0.0),
            brightness: settings.number("brightness", SHARE)?.unwrap_or(0.0),
            contrast: settings.number("contrast", SHARE)?.unwrap_or(0.0),
        };
        settings.end()?;
        Ok(augmentation)
    }

    /// Whether images stay as they are.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The settings of the table `augmentation`, one a line, none left out.
    pub(super) fn text(&self) -> String {
        let Self { horizontal_flip, vertical_flip, shift, crop, rotate, brightness, contrast } =
            self;
        format!(
            "horizontal_flip = {horizontal_flip}\nvertical_flip = {vertical_flip}\nshift = {shift:?}\ncrop = {crop}\n\
             rotate = {rotate:?}\nbrightness = {brightness:?}\ncontrast = {contrast:?}\n"
        )
    }

    /// What it does, in words; empty if it does nothing.
    pub fn words(&self) -> Phrase {
        let percent = |share: f64| format!("{} %", (share * 1000.0).round() / 10.0);
        let mut words = Vec::new();
        match (self.horizontal_flip, self.vertical_flip) {
            (true, true) => words.push(phrase!("network-files-flipped-both-ways")),
            (true, false) => words.push(phrase!("network-files-flipped-left-to-right")),
            (false, true) => words.push(phrase!("network-files-flipped-upside-down")),
            (false, false) => {}
        }
        let mut told = |is: bool, word: Phrase| words.extend(is.then_some(word));
        told(
            self.shift > 0.0,
            phrase!("network-files-shifted-by-up-to", shift = percent(self.shift)),
        );
        told(self.crop > 0, phrase!("network-files-cropped-with-pixels-around", crop = self.crop));
        told(self.rotate > 0.0, phrase!("network-files-turned-by-up-to", rotate = self.rotate));
        told(
            self.brightness > 0.0,
            phrase!("network-files-brightness", brightness = percent(self.brightness)),
        );
        told(
            self.contrast > 0.0,
            phrase!("network-files-contrast", contrast = percent(self.contrast)),
        );
        Phrase::Listed(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::description;

    fn read(settings: &str) -> Result<Augmentation, String> {
        let text = format!("[[layers]]\nkind = \"relu\"\n{settings}\n");
        Ok(description(&text).map_err(|fault| fault.to_string())?.training.augmentation)
    }

    #[test]
    fn a_description_says_what_becomes_of_images() {
        let none = read("").unwrap();
        assert!(none.is_nothing() && none.words().is_empty());
        let said = read(
            "[augmentation]\nhorizontal_flip = true\nshift = 0.1\ncrop = 4\nrotate = 15\nbrightness = 0.2",
        );
        let wanted = Augmentation {
            horizontal_flip: true,
            shift: 0.1,
            crop: 4,
            rotate: 15.0,
            brightness: 0.2,
            ..Augmentation::default()
        };
        assert_eq!(said, Ok(wanted));
        let words = "flipped left to right, shifted by up to 10 %, cropped with 4 pixels around, turned by up to 15°, \
                     brightness ± 20 %";
        assert_eq!(wanted.words(), words);
    }

    #[test]
    fn what_is_not_known_is_told() {
        let said = |settings: &str| read(&format!("[augmentation]\n{settings}")).unwrap_err();
        let flip = said("horizontal_flop = true");
        assert!(flip.contains("[augmentation]: there is no setting “horizontal_flop”"), "{flip}");
        assert!(flip.contains("did you mean “horizontal_flip”?"), "{flip}");
        assert!(said("shift = 3").ends_with("shift is 3, but it must be from 0 to 1"));
        assert!(said("crop = -1").ends_with("crop is -1, but it must be at least 0"));
    }
}
