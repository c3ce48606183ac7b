//! What really stands on the screen: Xvfb's frame buffer, looked at many times a second. A page may hold every row and a
//! person still see none, because a web view scrolls its layers before it has painted them.

use crate::screens::screens;
use serde_json::Value;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Lines without anything on them, one above the other, that make a hole in a list of text.
const HOLE: u32 = 60;
/// Every other line is looked at.
const STEP: u32 = 2;
const PIXEL: u64 = 4;
/// Pictures of holes that are kept.
const KEPT: usize = 3;
const PAUSE: Duration = Duration::from_millis(4);
const PATIENCE: Duration = Duration::from_secs(30);

/// A rectangle of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    /// First column.
    pub left: u32,
    /// First line.
    pub top: u32,
    /// Columns.
    pub width: u32,
    /// Lines.
    pub height: u32,
}

impl Area {
    /// From `{left, top, width, height}` as a page gives it, in whole pixels.
    #[must_use]
    pub fn of(value: &Value) -> Area {
        let whole = |name: &str| value[name].as_f64().map_or(0, |number| number.max(0.0) as u32);
        Area { left: whole("left"), top: whole("top"), width: whole("width"), height: whole("height") }
    }
}

/// How often the screen was looked at.
#[derive(Debug, Default, Clone, Copy)]
pub struct Looks {
    /// In all.
    pub all: usize,
    /// That saw a hole in the area.
    pub holes: usize,
    /// That saw another picture than the look before.
    pub pictures: usize,
}

/// A thread that looks until it is asked.
#[derive(Debug)]
pub struct Watch {
    end: Arc<AtomicBool>,
    thread: JoinHandle<Looks>,
}

impl Watch {
    /// What was seen.
    #[must_use]
    pub fn end(self) -> Looks {
        self.end.store(true, Ordering::Relaxed);
        self.thread.join().expect("looking at the screen does not fail")
    }
}

/// Starts to look at an area of the screen whose frame buffer (an XWD file) this is.
pub(crate) fn watch(buffer: &Path, area: Area) -> Watch {
    let file = File::open(buffer).expect("the frame buffer can be opened");
    let field = |at: u64| {
        let mut bytes = [0; 4];
        file.read_exact_at(&mut bytes, at).expect("the frame buffer has a header");
        u64::from(u32::from_be_bytes(bytes))
    };
    // XWD: size of the header, bytes of a line, and twelve bytes for each colour of the map between header and pixels.
    let (header, line, colours) = (field(0), field(48), field(76));
    let start = header + colours * 12;
    let look = move || -> Vec<Vec<u8>> {
        let lines = (area.top..area.top + area.height).step_by(STEP as usize);
        lines
            .map(|y| {
                let mut pixels = vec![0; area.width as usize * PIXEL as usize];
                let at = start + u64::from(y) * line + u64::from(area.left) * PIXEL;
                file.read_exact_at(&mut pixels, at).expect("the area lies on the screen");
                pixels
            })
            .collect()
    };
    // The page may be ahead of the screen: what counts begins with a whole picture.
    let begun = Instant::now();
    while has_hole(&look()) {
        assert!(begun.elapsed() < PATIENCE, "the screen shows a hole before anything moves");
        std::thread::sleep(PAUSE);
    }
    let end = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&end);
    let thread = std::thread::spawn(move || {
        let mut looks = Looks::default();
        let mut before = Vec::new();
        while !asked.load(Ordering::Relaxed) {
            let picture = look();
            looks.all += 1;
            if has_hole(&picture) {
                looks.holes += 1;
                keep(&picture, looks.holes);
            }
            looks.pictures += usize::from(picture != before);
            before = picture;
            std::thread::sleep(PAUSE);
        }
        looks
    });
    Watch { end, thread }
}

/// The first holes as pictures (half as high as they were) for whoever wonders where they come from.
fn keep(lines: &[Vec<u8>], count: usize) {
    if count > KEPT {
        return;
    }
    let width = lines.first().map_or(0, Vec::len) / PIXEL as usize;
    let mut picture = format!("P6 {width} {} 255\n", lines.len()).into_bytes();
    // A pixel of Xvfb's is blue, green, red and nothing.
    picture.extend(lines.iter().flat_map(|line| line.chunks_exact(4)).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
    std::fs::write(screens().join(format!("hole-{count}.ppm")), picture).expect("target/screens can be written");
}

fn has_hole(lines: &[Vec<u8>]) -> bool {
    let mut empty = 0;
    lines.iter().any(|line| {
        let flat = line.chunks_exact(PIXEL as usize).all(|pixel| pixel == &line[..PIXEL as usize]);
        empty = if flat { empty + STEP } else { 0 };
        empty > HOLE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &str, expected: bool) {
        let line = |letter| if letter == '_' { vec![9; 8] } else { vec![1, 2, 3, 4, 5, 6, 7, 8] };
        let picture: Vec<Vec<u8>> = lines.chars().map(line).collect();
        assert_eq!(has_hole(&picture), expected, "{lines}");
    }

    #[test]
    fn a_hole_is_as_high_as_a_row() {
        let gap = "_".repeat(30);
        check(&format!("x{gap}x"), false);
        check(&format!("x{gap}_"), true);
        check(&format!("{gap}x{gap}"), false);
        check("", false);
    }
}
