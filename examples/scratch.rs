#![allow(missing_docs, clippy::all, reason = "scratch")]
#![allow(
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "scratch"
)]
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut map = lenity::source::SourceMap::new();
        map.add(path.clone(), text.as_str());
        let now = std::time::Instant::now();
        let (file, errors) = lenity::syntax::parse(&text, 0);
        println!("{} {} {:?}", path, file.declarations.len(), now.elapsed());
        let d = lenity::Diagnostics::new(map, errors);
        for e in &d {
            println!(
                "{:?} {} {:?} {:?}",
                d.sources().place(e.span).map(|p| p.to_string()),
                e.message.en,
                e.why.as_ref().map(|w| &w.en),
                e.help.as_ref().map(|w| &w.en)
            );
        }
        if std::env::var("DUMP").is_ok() {
            println!("{:#?}", file);
        }
    }
}
