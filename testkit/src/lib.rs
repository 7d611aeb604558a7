//! Builders, a fake outside world, a database per test.
//!
//! Behaviour is tested through the router on both databases: write a test as
//! `async fn story(house: House)` and let [`on_both!`] run it on each.

mod house;
mod people;
mod scene;
pub mod signing;

pub use house::{Answer, House};
pub use people::Person;
pub use scene::Scene;

/// Runs an async function that takes a [`House`] once on SQLite and once on
/// PostgreSQL. Without `ASPIRE_TEST_POSTGRES` the latter says so and passes:
/// `cargo xtask test` always sets it.
#[macro_export]
macro_rules! on_both {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                // A story is long, and its future has no place on the stack of a test.
                Box::pin(super::$name($crate::House::sqlite().await)).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                if let Some(house) = $crate::House::postgres().await {
                    Box::pin(super::$name(house)).await;
                }
            }
        }
    )*};
}
