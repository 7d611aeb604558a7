//! From degrees to the plane of the picture.

use super::outlines::Degrees;

/// The central meridian of the British National Grid.
const MERIDIAN: f64 = -2.0;

/// Degrees to a plane in radians, north up.
///
/// Method: the transverse Mercator projection on a sphere, central meridian 2° W
/// as in the National Grid, to the second order in the distance from it:
/// `x = Δλ cos φ`, `y = φ + Δλ² sin φ cos φ / 2` (Snyder 1987, Map Projections,
/// USGS Professional Paper 1395, section 8). Over England the terms left out are
/// below 500 m, a fifth of a unit on a map of the whole country.
pub(crate) fn plane((lng, lat): Degrees) -> (f64, f64) {
    let (lambda, phi) = ((lng - MERIDIAN).to_radians(), lat.to_radians());
    (
        lambda * phi.cos(),
        phi + lambda * lambda * phi.sin() * phi.cos() / 2.0,
    )
}

/// Degrees to the units of one picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    scale: f64,
    x0: f64,
    y0: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl View {
    /// A view `width` wide that shows the box from `low` to `high` (in the plane)
    /// whole, as high as the box asks for between `least` and `most`.
    pub(crate) fn fit(
        (low, high): ((f64, f64), (f64, f64)),
        width: f64,
        (least, most): (f64, f64),
    ) -> Self {
        let (dx, dy) = (high.0 - low.0, high.1 - low.1);
        let height = (width * dy / dx.max(1e-9)).clamp(least, most);
        let scale = (width / dx.max(1e-9)).min(height / dy.max(1e-9));
        Self {
            scale,
            x0: f64::midpoint(low.0, high.0) - width / scale / 2.0,
            y0: f64::midpoint(low.1, high.1) + height / scale / 2.0,
            width,
            height,
        }
    }

    pub(crate) fn at(&self, point: Degrees) -> (f64, f64) {
        let (x, y) = plane(point);
        ((x - self.x0) * self.scale, (self.y0 - y) * self.scale)
    }

    /// Units of the picture to one kilometre.
    pub(crate) fn per_kilometre(&self) -> f64 {
        self.scale / 6_371.0
    }
}

/// The part of a ring that lies in a rectangle, by cutting at its four sides in
/// turn (Sutherland and Hodgman 1974, Communications of the ACM 17, 32–42).
pub(crate) fn clip(ring: Vec<(f64, f64)>, low: (f64, f64), high: (f64, f64)) -> Vec<(f64, f64)> {
    let inside: [&dyn Fn((f64, f64)) -> f64; 4] = [
        &|p| p.0 - low.0,
        &|p| high.0 - p.0,
        &|p| p.1 - low.1,
        &|p| high.1 - p.1,
    ];
    let mut ring = ring;
    for depth in inside {
        if ring.iter().all(|p| depth(*p) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(ring.len());
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let (da, db) = (depth(*a), depth(*b));
            if da >= 0.0 {
                kept.push(*a);
            }
            if (da >= 0.0) != (db >= 0.0) {
                let part = da / (da - db);
                kept.push((a.0 + part * (b.0 - a.0), a.1 + part * (b.1 - a.1)));
            }
        }
        ring = kept;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distances between towns as the National Grid has them, in kilometres.
    #[test]
    fn distances_are_those_of_the_national_grid() {
        let km = |a, b| {
            let ((x1, y1), (x2, y2)) = (plane(a), plane(b));
            (x1 - x2).hypot(y1 - y2) * 6_371.0
        };
        let (london, penzance, berwick) =
            ((-0.1278, 51.5074), (-5.5370, 50.1186), (-2.0070, 55.7710));
        // Great-circle distances; the grid's own scale differs by up to 0.04 %.
        assert!(
            (km(london, penzance) - 413.0).abs() < 3.0,
            "{}",
            km(london, penzance)
        );
        assert!(
            (km(london, berwick) - 491.0).abs() < 3.0,
            "{}",
            km(london, berwick)
        );
    }

    #[test]
    fn a_ring_is_cut_at_the_edges() {
        let square = vec![(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)];
        let cut = clip(square, (0.0, 0.0), (10.0, 10.0));
        assert!(
            cut.iter()
                .all(|p| (0.0..=5.0).contains(&p.0) && (0.0..=5.0).contains(&p.1))
        );
        assert!(
            clip(
                vec![(-5.0, -5.0), (-1.0, -5.0), (-1.0, -1.0)],
                (0.0, 0.0),
                (9.0, 9.0)
            )
            .is_empty()
        );
    }
}
