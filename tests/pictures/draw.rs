//! Draws what a terminal shows as an SVG file in `docs/pictures`, and holds that it is today's.

use anstyle::{Color, RgbColor};
use anstyle_svg::{Palette, Term};
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};
use std::path::Path;

/// The sixteen colours, each readable on [`BLACK`]: a contrast of 5.5 and more, as WCAG asks for.
const PALETTE: Palette = Palette([
    BLACK,
    RgbColor(0xff, 0x7b, 0x72),
    RgbColor(0x56, 0xd3, 0x64),
    RgbColor(0xe3, 0xb3, 0x41),
    RgbColor(0x79, 0xc0, 0xff),
    RgbColor(0xd2, 0xa8, 0xff),
    RgbColor(0x56, 0xd4, 0xdd),
    WHITE,
    RgbColor(0x8b, 0x94, 0x9e),
    RgbColor(0xff, 0xa1, 0x98),
    RgbColor(0x7e, 0xe7, 0x87),
    RgbColor(0xf2, 0xcc, 0x60),
    RgbColor(0xa5, 0xd6, 0xff),
    RgbColor(0xe2, 0xc5, 0xff),
    RgbColor(0x87, 0xe5, 0xeb),
    RgbColor(0xff, 0xff, 0xff),
]);
const BLACK: RgbColor = RgbColor(0x12, 0x16, 0x1c);
const WHITE: RgbColor = RgbColor(0xe6, 0xed, 0xf3);

/// `SNAPSHOTS=overwrite` draws `docs/pictures/<name>.svg` anew; else it must be the picture of `text`.
#[track_caller]
pub fn draw(name: &str, text: &str) {
    let terminal = Term::new()
        .palette(PALETTE)
        .fg_color(Color::Rgb(WHITE))
        .bg_color(Color::Rgb(BLACK))
        .min_width_px(820);
    let picture = format!("{}\n", terminal.render_svg(text).trim_end());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{name}.svg"));
    let expected = Data::read_from(&file, Some(DataFormat::Text)).raw();
    Assert::new().action_env("SNAPSHOTS").eq(Data::text(picture).raw(), expected);
}
