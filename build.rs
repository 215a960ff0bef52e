//! Prepares what goes into the program: the static files, named by their content and compressed, and a hash of
//! the migrations with their text.

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// One file as it will be served.
struct Asset {
    /// What templates and style sheets call it: `app.css`.
    name: String,
    body: Vec<u8>,
}

impl Asset {
    fn new(name: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), body: body.into() }
    }

    /// `app.3f9c0d1e2b4a.css`: the name changes with the content, so browsers may keep it for ever.
    fn hashed_name(&self) -> String {
        let (stem, extension) = self.name.rsplit_once('.').unwrap_or((&self.name, "bin"));
        format!("{stem}.{}.{extension}", short(&Sha256::digest(&self.body)))
    }
}

fn main() -> Result<()> {
    for path in ["build.rs", "static", "migrations"] {
        println!("cargo:rerun-if-changed={path}");
    }
    println!("cargo:rustc-env=MIGRATIONS_HASH={}", hash_of_folder(Path::new("migrations"))?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("migrations.sql"), migrations(Path::new("migrations"))?)?;
    fonts(&out.join("fonts"))?;
    let out = out.join("assets");
    // Files of earlier builds have other names and would stay.
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    embed(&with_addresses(collect()?), &out)
}

/// Letters for paper, unpacked: PDF wants them as TrueType.
fn fonts(out: &Path) -> Result<()> {
    fs::create_dir_all(out)?;
    for path in walk(Path::new("static/vendor"))?.iter().filter(|path| has_extension(path, &["woff"])) {
        fs::write(out.join(file_name(path)).with_extension("ttf"), unpacked(&fs::read(path)?)?)?;
    }
    Ok(())
}

/// A font file of the first WOFF: the tables of TrueType, each packed by zlib if that made it smaller.
fn unpacked(woff: &[u8]) -> Result<Vec<u8>> {
    let part = |at: usize, length: usize| woff.get(at..at + length).ok_or("the font ends early");
    let number = |at: usize| Ok::<_, Box<dyn std::error::Error>>(usize::try_from(u32::from_be_bytes(part(at, 4)?.try_into()?))?);
    if part(0, 4)? != b"wOFF" {
        return Err("this is no WOFF".into());
    }
    let count = u16::from_be_bytes(part(12, 2)?.try_into()?);
    let power = u16::try_from(count.ilog2())?;
    let mut font = part(4, 4)?.to_vec();
    for word in [count, 16 << power, power, 16 * count - (16 << power)] {
        font.extend(word.to_be_bytes());
    }
    let (mut heads, mut tables) = (Vec::new(), Vec::new());
    for entry in (0..usize::from(count)).map(|table| 44 + 20 * table) {
        let (at, packed, length) = (number(entry + 4)?, number(entry + 8)?, number(entry + 12)?);
        let begins = 12 + 16 * usize::from(count) + tables.len();
        heads.extend(part(entry, 4)?);
        heads.extend(part(entry + 16, 4)?);
        heads.extend(u32::try_from(begins)?.to_be_bytes());
        heads.extend(u32::try_from(length)?.to_be_bytes());
        if packed < length {
            io::copy(&mut flate2::read::ZlibDecoder::new(part(at, packed)?), &mut tables)?;
        } else {
            tables.extend(part(at, length)?);
        }
        tables.resize(tables.len().next_multiple_of(4), 0);
    }
    Ok([font, heads, tables].concat())
}

/// All migrations as one text, in order: `guildhall verify` reads in it which guards must stand.
fn migrations(folder: &Path) -> Result<String> {
    let mut whole = String::new();
    for path in walk(folder)?.iter().filter(|path| path.ends_with("up.sql")) {
        whole.push_str(&fs::read_to_string(path)?);
    }
    Ok(whole)
}

/// Every file that is served. Styles come last, for `with_addresses`.
fn collect() -> Result<Vec<Asset>> {
    let vendored = walk(Path::new("static/vendor"))?;
    let mut assets = Vec::new();
    for path in vendored.iter().filter(|path| has_extension(path, &["woff2", "js"])) {
        assets.push(Asset::new(file_name(path), fs::read(path)?));
    }
    assets.push(Asset::new("icon.svg", fs::read("static/icon.svg")?));
    assets.push(Asset::new("icons.svg", sprite(&vendored)?));
    assets.push(Asset::new("app.js", joined(Path::new("static/js"), "js", |module| format!("{{\n{module}}}\n"))?));
    assets.push(Asset::new("app.css", joined(Path::new("static/css"), "css", |sheet| sheet)?));
    Ok(assets)
}

/// The files of a folder in the order of their names as one text, each changed by `wrap` (a module gets a block, so
/// that its names stay its own).
fn joined(folder: &Path, extension: &str, wrap: fn(String) -> String) -> Result<String> {
    let mut whole = String::new();
    for path in walk(folder)?.iter().filter(|path| has_extension(path, &[extension])) {
        whole.push_str(&wrap(fs::read_to_string(path)?));
    }
    Ok(whole)
}

/// All drawings in one file, each a symbol that `<use href="…#name">` shows.
fn sprite(vendored: &[PathBuf]) -> Result<String> {
    let look = "fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\"";
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for path in vendored.iter().filter(|path| has_extension(path, &["svg"])) {
        let text = fs::read_to_string(path)?;
        let inside = text
            .split_once("<svg")
            .and_then(|(_, rest)| rest.split_once('>'))
            .and_then(|(_, rest)| rest.split_once("</svg>"))
            .map(|(inside, _)| inside.split_whitespace().collect::<Vec<_>>().join(" "))
            .ok_or_else(|| format!("{} is no drawing", path.display()))?;
        let name = file_name(path).replace(".svg", "");
        writeln!(svg, "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" {look}>{inside}</symbol>")?;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// Writes the addresses of the other files into the styles: `url("x.woff2")` → `url("/static/x.HASH.woff2")`.
fn with_addresses(mut assets: Vec<Asset>) -> Vec<Asset> {
    let addresses: Vec<_> =
        assets.iter().map(|asset| (format!("url(\"{}\")", asset.name), format!("url(\"/static/{}\")", asset.hashed_name()))).collect();
    for style in assets.iter_mut().filter(|asset| asset.name.ends_with(".css")) {
        let mut text = String::from_utf8_lossy(&style.body).into_owned();
        for (plain, hashed) in &addresses {
            text = text.replace(plain, hashed);
        }
        style.body = text.into_bytes();
    }
    assets
}

/// Writes the bodies, plain and compressed, and `assets.rs`, which `src/web/assets.rs` includes.
fn embed(assets: &[Asset], out: &Path) -> Result<()> {
    let (mut addresses, mut table) = (String::new(), String::new());
    for asset in assets {
        let hashed = asset.hashed_name();
        let plain = put(out, &hashed, &asset.body)?;
        let (mut brotli, mut gzip) = ("None".to_owned(), "None".to_owned());
        // A woff2 font is packed already.
        if !asset.name.ends_with(".woff2") {
            brotli = format!("Some({})", put(out, &format!("{hashed}.br"), &packed_brotli(&asset.body)?)?);
            gzip = format!("Some({})", put(out, &format!("{hashed}.gz"), &packed_gzip(&asset.body)?)?);
        }
        writeln!(addresses, "        {:?} => Some(\"/static/{hashed}\"),", asset.name)?;
        writeln!(table, "    Asset {{ name: {hashed:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }},")?;
    }
    let source = format!(
        "fn address(name: &str) -> Option<&'static str> {{\n    match name {{\n{addresses}        _ => None,\n    }}\n}}\n\n\
         static ASSETS: &[Asset] = &[\n{table}];\n"
    );
    Ok(fs::write(out.join("assets.rs"), source)?)
}

/// Writes one body and answers the expression that embeds it.
fn put(out: &Path, name: &str, body: &[u8]) -> Result<String> {
    let path = out.join(name);
    fs::write(&path, body)?;
    Ok(format!("include_bytes!({path:?})"))
}

fn packed_brotli(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut io::Cursor::new(body), &mut packed, &settings)?;
    Ok(packed)
}

fn packed_gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(body)?;
    packed.finish()
}

/// Changes with any name or byte below the folder; that of a missing folder is the hash of nothing.
fn hash_of_folder(folder: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for path in walk(folder)? {
        let body = fs::read(&path)?;
        hash.update(format!("{} {}\n", path.display(), body.len()));
        hash.update(body);
    }
    Ok(short(&hash.finalize()))
}

/// All files below a folder, sorted by path; none if there is no such folder.
fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { files.append(&mut walk(&path)?) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension().is_some_and(|extension| wanted.iter().any(|one| extension == *one))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The first twelve hexadecimal digits.
fn short(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
