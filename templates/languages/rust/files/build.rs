//! Builds anew when a migration is added, for `sqlx::migrate!` puts the files into the program.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
