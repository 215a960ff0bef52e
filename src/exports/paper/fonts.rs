//! The house's letters for paper: how wide each is, and which face has it.

use krilla::text::Font;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Words.
    Plain,
    /// Headings and totals.
    Strong,
}

/// One file of letters.
pub(super) struct Face {
    /// As it is put into the file.
    pub font: Font,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    em: f32,
}

/// A letter, and where it is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// The face's place among those of its weight.
    pub face: usize,
    /// Its number in there; 0 is the empty box of what no face has.
    pub id: u32,
    /// Its width, in parts of the size.
    pub width: f32,
}

/// All faces: of each weight, those with western letters and those with all other Latin ones.
pub(super) struct Fonts {
    plain: [Face; 2],
    strong: [Face; 2],
}

macro_rules! face {
    ($name:literal) => {
        Face::read(include_bytes!(concat!(env!("OUT_DIR"), "/fonts/hanken-grotesk-", $name, "-normal.ttf")))
    };
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let read = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.to_vec().into(), 0)?;
        let em = font.units_per_em();
        Some(Self { font, letters: read.charmap(), widths: read.glyph_metrics(Size::unscaled(), LocationRef::default()), em })
    }
}

impl Fonts {
    /// Reads them.
    pub fn read() -> Option<Self> {
        Some(Self { plain: [face!("latin-400")?, face!("latin-ext-400")?], strong: [face!("latin-600")?, face!("latin-ext-600")?] })
    }

    /// The faces of a weight.
    pub fn of(&self, weight: Weight) -> &[Face; 2] {
        match weight {
            Weight::Plain => &self.plain,
            Weight::Strong => &self.strong,
        }
    }

    /// Finds a letter.
    pub fn glyph(&self, weight: Weight, letter: char) -> Glyph {
        let faces = self.of(weight);
        let found = faces.iter().enumerate().find_map(|(place, face)| face.letters.map(letter).map(|id| (place, id)));
        let (face, id) = found.unwrap_or_default();
        let width = faces.get(face).and_then(|face| face.widths.advance_width(id).map(|width| width / face.em)).unwrap_or(0.5);
        Glyph { face, id: id.to_u32(), width }
    }

    /// How wide a text is.
    pub fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        text.chars().map(|letter| self.glyph(weight, letter).width).sum::<f32>() * size
    }

    /// A text in lines that are no wider than this; a word that is wider by itself is broken.
    pub fn wrap(&self, weight: Weight, size: f32, text: &str, widest: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(weight, size, &longer) <= widest {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for letter in word.chars() {
                line.push(letter);
                if self.width(weight, size, &line) > widest && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, letter.to_string()));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}
