//! From the British National Grid to latitude and longitude.
//!
//! Method: inverse transverse Mercator on the Airy 1830 ellipsoid and the
//! seven-parameter Helmert transformation to WGS84, both as in Ordnance
//! Survey, *A guide to coordinate systems in Great Britain* (annexes C.2, B).
//! Good to about five metres, which is less than a playground.

/// Latitude and longitude (degrees, WGS84) of an easting and northing (metres).
/// `None` outside the grid's England and Wales.
#[must_use]
pub fn from_grid(easting: f64, northing: f64) -> Option<(f64, f64)> {
    let inside =
        (80_000.0..660_000.0).contains(&easting) && (5_000.0..660_000.0).contains(&northing);
    if !inside {
        return None;
    }
    let (latitude, longitude) = airy(easting, northing);
    Some(to_wgs84(latitude, longitude))
}

const A: f64 = 6_377_563.396;
const B: f64 = 6_356_256.909;
const SCALE: f64 = 0.999_601_271_7;
const ORIGIN_LATITUDE: f64 = 49.0 * std::f64::consts::PI / 180.0;
const ORIGIN_LONGITUDE: f64 = -2.0 * std::f64::consts::PI / 180.0;
const FALSE_EASTING: f64 = 400_000.0;
const FALSE_NORTHING: f64 = -100_000.0;

/// Radians on the Airy ellipsoid.
fn airy(easting: f64, northing: f64) -> (f64, f64) {
    let e2 = 1.0 - (B * B) / (A * A);
    let n = (A - B) / (A + B);
    let mut phi = (northing - FALSE_NORTHING) / (A * SCALE) + ORIGIN_LATITUDE;
    // Converges to a hundredth of a millimetre within six rounds.
    for _ in 0..10 {
        let off = northing - FALSE_NORTHING - meridional(n, phi);
        phi += off / (A * SCALE);
        if off.abs() < 1e-5 {
            break;
        }
    }
    let sin2 = phi.sin().powi(2);
    let nu = A * SCALE / (1.0 - e2 * sin2).sqrt();
    let rho = A * SCALE * (1.0 - e2) / (1.0 - e2 * sin2).powf(1.5);
    let eta2 = nu / rho - 1.0;
    let (t, sec) = (phi.tan(), 1.0 / phi.cos());
    let (t2, t4) = (t * t, t.powi(4));
    let d = easting - FALSE_EASTING;
    let vii = t / (2.0 * rho * nu);
    let viii = t / (24.0 * rho * nu.powi(3)) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2);
    let ix = t / (720.0 * rho * nu.powi(5)) * (61.0 + 90.0 * t2 + 45.0 * t4);
    let x = sec / nu;
    let xi = sec / (6.0 * nu.powi(3)) * (nu / rho + 2.0 * t2);
    let xii = sec / (120.0 * nu.powi(5)) * (5.0 + 28.0 * t2 + 24.0 * t4);
    (
        phi - vii * d.powi(2) + viii * d.powi(4) - ix * d.powi(6),
        ORIGIN_LONGITUDE + x * d - xi * d.powi(3) + xii * d.powi(5),
    )
}

fn meridional(n: f64, phi: f64) -> f64 {
    let (minus, plus) = (phi - ORIGIN_LATITUDE, phi + ORIGIN_LATITUDE);
    let (n2, n3) = (n * n, n.powi(3));
    B * SCALE
        * ((1.0 + n + 1.25 * (n2 + n3)) * minus
            - (3.0 * n + 3.0 * n2 + 2.625 * n3) * minus.sin() * plus.cos()
            + 1.875 * (n2 + n3) * (2.0 * minus).sin() * (2.0 * plus).cos()
            - 35.0 / 24.0 * n3 * (3.0 * minus).sin() * (3.0 * plus).cos())
}

/// Degrees on WGS84 from radians on Airy.
fn to_wgs84(phi: f64, lambda: f64) -> (f64, f64) {
    let e2 = 1.0 - (B * B) / (A * A);
    let nu = A / (1.0 - e2 * phi.sin().powi(2)).sqrt();
    let (x, y, z) = (
        nu * phi.cos() * lambda.cos(),
        nu * phi.cos() * lambda.sin(),
        (1.0 - e2) * nu * phi.sin(),
    );
    // OSGB36 to WGS84: metres, parts per million, seconds of arc.
    let (tx, ty, tz) = (446.448, -125.157, 542.060);
    let s = 1.0 - 20.4894e-6;
    let seconds = std::f64::consts::PI / (180.0 * 3600.0);
    let (rx, ry, rz) = (0.1502 * seconds, 0.2470 * seconds, 0.8421 * seconds);
    let (x, y, z) = (
        tx + x * s - y * rz + z * ry,
        ty + x * rz + y * s - z * rx,
        tz - x * ry + y * rx + z * s,
    );
    let (a, b) = (6_378_137.0_f64, 6_356_752.314_245_f64);
    let e2 = 1.0 - (b * b) / (a * a);
    let p = x.hypot(y);
    let mut phi = z.atan2(p * (1.0 - e2));
    for _ in 0..5 {
        let nu = a / (1.0 - e2 * phi.sin().powi(2)).sqrt();
        phi = (z + e2 * nu * phi.sin()).atan2(p);
    }
    (phi.to_degrees(), y.atan2(x).to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eastings and northings of schools beside the latitude and longitude
    /// that the register of 2026 gives for the same schools.
    #[test]
    fn agrees_with_the_register_to_fifteen_metres() {
        for (easting, northing, latitude, longitude) in [
            (533_498.0, 181_201.0, 51.513_969, -0.077_516),
            (530_238.0, 182_761.0, 51.528_748, -0.123_893),
            (524_888.0, 185_067.0, 51.550_680, -0.200_159),
        ] {
            let (lat, lng) = from_grid(easting, northing).unwrap();
            let metres = ((lat - latitude) * 111_000.0).hypot((lng - longitude) * 69_000.0);
            assert!(metres < 15.0, "{metres} m off: {lat} {lng}");
        }
    }

    #[test]
    fn nonsense_has_no_place() {
        assert_eq!(from_grid(0.0, 0.0), None);
        assert_eq!(from_grid(f64::NAN, 181_201.0), None);
    }
}
