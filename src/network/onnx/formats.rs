//! Floating point numbers of fewer than 32 bits, as their value: what of a number each of them can keep.
//!
//! The eight-bit ones are of "FP8 Formats for Deep Learning" (<https://arxiv.org/abs/2209.05433>) and, with `UZ`, of
//! <https://arxiv.org/abs/2206.02915>; `F4E2M1` and `F8E8M0` are of the Open Compute Project's microscaling formats.

/// A format; `E` and `M` count the bits of exponent and fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    F16,
    BF16,
    F8E4M3FN,
    F8E4M3FNUZ,
    F8E5M2,
    F8E5M2FNUZ,
    F8E8M0,
    F4E2M1,
}

/// What a format is beyond its bits.
struct Traits {
    exponent: u32,
    fraction: u32,
    bias: i32,
    largest: f64,
}

impl Format {
    /// How many bits a number takes.
    pub const fn bits(self) -> usize {
        match self {
            Self::F16 | Self::BF16 => 16,
            Self::F4E2M1 => 4,
            _ => 8,
        }
    }

    /// Whether infinity is one of its numbers.
    const fn has_infinity(self) -> bool {
        matches!(self, Self::F16 | Self::BF16 | Self::F8E5M2)
    }

    const fn traits(self) -> Traits {
        let (exponent, fraction, bias, largest) = match self {
            Self::F16 => (5, 10, 15, 65504.0),
            // (2 − 2⁻⁷) · 2¹²⁷.
            Self::BF16 => (8, 7, 127, 3.389_531_389_251_535_5e38),
            Self::F8E4M3FN => (4, 3, 7, 448.0),
            Self::F8E4M3FNUZ => (4, 3, 8, 240.0),
            Self::F8E5M2 => (5, 2, 15, 57344.0),
            Self::F8E5M2FNUZ => (5, 2, 16, 57344.0),
            // 2¹²⁷.
            Self::F8E8M0 => (8, 0, 127, 1.701_411_834_604_692_3e38),
            Self::F4E2M1 => (2, 1, 1, 6.0),
        };
        Traits { exponent, fraction, bias, largest }
    }

    /// The number that these bits are.
    pub fn number(self, bits: u32) -> f64 {
        let Traits { exponent, fraction, bias, .. } = self.traits();
        if self == Self::F8E8M0 {
            return if bits == 0xFF { f64::NAN } else { 2_f64.powi(bits as i32 - bias) };
        }
        let sign = if bits >> (exponent + fraction) & 1 == 1 { -1.0 } else { 1.0 };
        let power = bits >> fraction & ((1 << exponent) - 1);
        let rest = bits & ((1 << fraction) - 1);
        let full = (1 << exponent) - 1;
        match self {
            Self::F8E4M3FNUZ | Self::F8E5M2FNUZ if bits == 0x80 => return f64::NAN,
            Self::F8E4M3FN if bits & 0x7F == 0x7F => return f64::NAN,
            _ if self.has_infinity() && power == full => {
                return if rest == 0 { sign * f64::INFINITY } else { f64::NAN };
            }
            _ => {}
        }
        let part = f64::from(rest) / f64::from(1_u32 << fraction);
        let (whole, power) = if power == 0 { (0.0, 1) } else { (1.0, power as i32) };
        sign * (whole + part) * 2_f64.powi(power - bias)
    }

    /// The nearest number that it has, the even one of two; beyond its largest infinity, or none where it has none.
    pub fn rounded(self, number: f64) -> f64 {
        self.limited(number, false)
    }

    /// The same, but what is too large becomes its largest if it `saturates`.
    pub fn limited(self, number: f64, saturates: bool) -> f64 {
        let Traits { fraction, bias, largest, .. } = self.traits();
        if number.is_nan() || number == 0.0 {
            // Of one zero, none is negative.
            let unsigned = matches!(self, Self::F8E4M3FNUZ | Self::F8E5M2FNUZ);
            // Where no number is none, ONNX's own tests have zero.
            let none = number.is_nan() && self == Self::F4E2M1;
            return if none || (number == 0.0 && unsigned) { 0.0 } else { number };
        }
        let saturates = saturates || self == Self::F4E2M1;
        let sign = number.signum();
        let size = number.abs();
        let near = if size.is_finite() {
            let power = (size.log2().floor() as i32).clamp(1 - bias, 1 << 12);
            // The logarithm of what lies right below a power of two may have been rounded up.
            let power = if size < 2_f64.powi(power) { (power - 1).max(1 - bias) } else { power };
            let step = 2_f64.powi(power - fraction as i32);
            (size / step).round_ties_even() * step
        } else {
            size
        };
        let kept = if near <= largest {
            near
        } else if saturates {
            largest
        } else if self.has_infinity() {
            f64::INFINITY
        } else {
            f64::NAN
        };
        let unsigned_zero = kept == 0.0 && matches!(self, Self::F8E4M3FNUZ | Self::F8E5M2FNUZ);
        if unsigned_zero { 0.0 } else { sign * kept }
    }
}

impl Format {
    /// The same, for a cast; `F8E8M0` rounds as it is asked to: `up`, `down` or `nearest`.
    pub fn limited_by(self, number: f64, saturates: bool, rounds: &str) -> f64 {
        if self != Self::F8E8M0 {
            return self.limited(number, saturates);
        }
        if number.is_nan() || number < 0.0 {
            return f64::NAN;
        }
        // The smallest is 2⁻¹²⁷.
        let (least, most) = (2_f64.powi(-127), self.traits().largest);
        if number <= least {
            return least;
        }
        if number >= most {
            return if saturates || number == most { most } else { f64::NAN };
        }
        let below = 2_f64.powi(number.log2().floor() as i32);
        match rounds {
            _ if below == number => number,
            "down" => below,
            "nearest" if number < 1.5 * below => below,
            _ => 2.0 * below,
        }
    }
}
