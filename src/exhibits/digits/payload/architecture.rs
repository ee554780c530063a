//! The sizes of the network: what the images and the number of filters make of its layers.

use super::super::{DENSE_WEIGHTS, FILTER_WEIGHTS, INPUT};
use crate::stream::{ModelGraph, Shape};

/// Rows and columns of a filter, where the image has so many.
const FILTER_SIDE: usize = 3;
/// Rows and columns of a pooling window, where the maps have so many.
const POOL_SIDE: usize = 2;

/// Convolution, ReLU, max-pooling and a dense layer over images of one size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Architecture {
    /// Channels of an image: 1 if it is grey, 3 if it is coloured.
    pub channels: usize,
    /// Rows of an image.
    pub rows: usize,
    /// Columns of an image.
    pub columns: usize,
    /// Filters of the convolution, and so maps of each convolutional layer.
    pub filters: usize,
    /// Classes, and so units of the dense layer.
    pub classes: usize,
}

impl Architecture {
    /// That of the network that a run declares; `None` where its graph is another.
    pub fn of(graph: &ModelGraph) -> Option<Self> {
        let sizes = |name| {
            let (_, spec) = graph.called(name)?;
            Some(spec.dims.iter().map(|dim| dim.size).collect::<Vec<_>>())
        };
        let (input, filters, dense) =
            (sizes(INPUT)?, sizes(FILTER_WEIGHTS)?, sizes(DENSE_WEIGHTS)?);
        let &[channels, rows, columns] = input.as_slice() else {
            return None;
        };
        let (&filters, &classes) = (filters.first()?, dense.first()?);
        Some(Self { channels, rows, columns, filters, classes })
    }

    /// An image: channels, rows and columns.
    pub const fn input(self) -> Shape {
        Shape::maps(self.channels, self.rows, self.columns)
    }

    /// Rows and columns of a filter: no padding, so at most those of the image.
    pub fn kernel(self) -> [usize; 2] {
        [self.rows, self.columns].map(|side| side.min(FILTER_SIDE))
    }

    /// The filters: one map for each filter and channel.
    pub fn filter_weights(self) -> Shape {
        let [rows, columns] = self.kernel();
        Shape::maps(self.filters * self.channels, rows, columns)
    }

    /// The maps of the convolution.
    pub fn convolution(self) -> Shape {
        let [rows, columns] = self.kernel();
        Shape::maps(self.filters, self.rows + 1 - rows, self.columns + 1 - columns)
    }

    /// Rows and columns of a pooling window.
    pub fn window(self) -> [usize; 2] {
        let maps = self.convolution();
        [maps.rows, maps.columns].map(|side| side.min(POOL_SIDE))
    }

    /// The pooled maps; a row or column that fills no window is left out, as in Keras.
    pub fn pooled(self) -> Shape {
        let (maps, [rows, columns]) = (self.convolution(), self.window());
        Shape::maps(self.filters, maps.rows / rows, maps.columns / columns)
    }

    /// The dense weights: for each class a map for each pooled one.
    pub fn dense_weights(self) -> Shape {
        let pooled = self.pooled();
        Shape::maps(self.classes * self.filters, pooled.rows, pooled.columns)
    }

    /// Trainable numbers.
    pub fn parameters(self) -> usize {
        let filters = self.filter_weights().len() + self.filters;
        filters + (self.pooled().len() + 1) * self.classes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_follow_from_the_image() {
        let mnist = Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 };
        assert_eq!(mnist.convolution(), Shape::maps(32, 26, 26));
        assert_eq!(mnist.pooled(), Shape::maps(32, 13, 13));
        assert_eq!(mnist.parameters(), 54_410);
        let wide = Architecture { channels: 3, rows: 2, columns: 9, filters: 4, classes: 2 };
        assert_eq!(wide.filter_weights(), Shape::maps(12, 2, 3));
        assert_eq!(wide.convolution(), Shape::maps(4, 1, 7));
        assert_eq!((wide.window(), wide.pooled()), ([1, 2], Shape::maps(4, 1, 3)));
        let pixel = Architecture { rows: 1, columns: 1, ..mnist };
        assert_eq!(pixel.pooled(), Shape::maps(32, 1, 1));
        assert_eq!(pixel.parameters(), 32 + 32 + 33 * 10);
    }
}
