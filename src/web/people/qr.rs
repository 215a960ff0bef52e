//! A picture that a telephone reads, as the outline of its dark squares.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// What stands around it stays light, so that it is found.
const EDGE: i32 = 4;

/// A picture: how many squares wide, and the outline of the dark ones as SVG writes it.
#[derive(Debug)]
pub struct Picture {
    /// Its width and height, the light edge among it.
    pub side: i32,
    /// For the `d` of a path.
    pub outline: String,
}

impl Picture {
    /// Of a text; nothing if that is too long.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let (size, mut outline) = (code.size(), String::new());
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let wide = (x..size).take_while(|x| code.get_module(*x, y)).count();
                if wide > 0 {
                    write!(outline, "M{} {}h{wide}v1h-{wide}z", x + EDGE, y + EDGE).ok()?;
                }
                x += i32::try_from(wide).ok()? + 1;
            }
        }
        Some(Self { side: size + 2 * EDGE, outline })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_that_of_the_dark_squares() {
        let picture = Picture::of("HELLO WORLD").unwrap();
        assert_eq!(picture.side, 21 + 8, "the smallest there is, and its edge");
        // the corner that is found first: seven dark squares, then one on either side
        assert!(picture.outline.starts_with("M4 4h7v1h-7z"), "{}", picture.outline);
        assert!(picture.outline.contains("M4 5h1v1h-1zM10 5h1v1h-1z"), "{}", picture.outline);
        assert!(Picture::of(&"x".repeat(3000)).is_none());
    }
}
