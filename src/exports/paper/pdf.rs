//! Drawing a paper as PDF, with the house's letters inside. The same paper is always the same bytes.

use krilla::Document;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::Paper;
use super::fonts::{Fonts, Weight};
use super::layout::{HEIGHT, Mark, WIDTH, sheets};

/// Draws it.
///
/// # Errors
/// What could not be read or written, for the log.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, String> {
    let fonts = Fonts::read().ok_or("the letters cannot be read")?;
    let mut document = Document::new();
    let title = format!("{} {}", paper.title, paper.number);
    document.set_metadata(Metadata::new().title(title.trim().to_owned()).language("en".to_owned()).creator("Guildhall".to_owned()));
    for marks in sheets(&fonts, paper) {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("A4 has no size")?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        for mark in &marks {
            match mark {
                Mark::Text { x, y, size, weight, text } => write(&mut surface, &fonts, (*x, *y), *size, *weight, text),
                Mark::Rule { from, to, y, thick } => rule(&mut surface, *from, *to, *y, *thick),
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| format!("{error:?}"))
}

/// A line of text, face by face.
fn write(surface: &mut Surface<'_>, fonts: &Fonts, (mut x, y): (f32, f32), size: f32, weight: Weight, text: &str) {
    let mut run: (usize, f32, Vec<KrillaGlyph>) = (0, x, Vec::new());
    for (at, letter) in text.char_indices() {
        let glyph = fonts.glyph(weight, letter);
        if glyph.face != run.0 {
            draw(surface, fonts, weight, size, y, text, &run);
            run = (glyph.face, x, Vec::new());
        }
        let range = at..at + letter.len_utf8();
        run.2.push(KrillaGlyph::new(GlyphId::new(glyph.id), glyph.width, 0.0, 0.0, 0.0, range, None));
        x += glyph.width * size;
    }
    draw(surface, fonts, weight, size, y, text, &run);
}

fn draw(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    weight: Weight,
    size: f32,
    y: f32,
    text: &str,
    (face, x, glyphs): &(usize, f32, Vec<KrillaGlyph>),
) {
    if let Some(face) = fonts.of(weight).get(*face).filter(|_| !glyphs.is_empty()) {
        surface.draw_glyphs(Point::from_xy(*x, y), glyphs, face.font.clone(), text, size, false);
    }
}

fn rule(surface: &mut Surface<'_>, from: f32, to: f32, y: f32, thick: f32) {
    let mut path = PathBuilder::new();
    path.move_to(from, y);
    path.line_to(to, y);
    path.line_to(to, y + thick);
    path.line_to(from, y + thick);
    path.close();
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}
