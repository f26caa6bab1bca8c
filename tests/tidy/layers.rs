//! Data flows one way: a module of the library imports only modules above it in one list.

use super::tokens::{Token, matches, tokens};
use super::{files, none};

/// The modules of the library in the order of data. Each may import those above it.
const ORDER: [&str; 17] = [
    "source",
    "diagnostic",
    "value",
    "pack",
    "syntax",
    "resolved",
    "typed",
    "program",
    "case",
    "trail",
    "evaluate",
    "render",
    "wire",
    "format",
    "verify",
    "rulings",
    "pipeline",
];

/// Imports against the order that are allowed, each with its reason. One that is no longer used fails the test.
const EXCEPTIONS: [(&str, &str, &str); 0] = [];

/// A module of the crate named by its first segment after the root.
struct Import {
    module: String,
    line: usize,
}

#[test]
fn modules_import_only_modules_above_them() {
    let mut findings = Vec::new();
    let mut exceptions_used = vec![false; EXCEPTIONS.len()];
    for file in files(&["src"], &[".rs"]) {
        let module_path = module_path(&file.path);
        let Some(own) = module_path.first() else {
            continue;
        };
        let Some(own_place) = place(own) else {
            findings.push(format!("{}: module `{own}` has no place in the order", file.path));
            continue;
        };
        for import in imports(&module_path, &tokens(&file.path, &file.text)) {
            let at = format!("{}:{}", file.path, import.line);
            let exception = EXCEPTIONS.iter().position(|(from, to, _)| from == own && *to == import.module);
            match place(&import.module) {
                None => findings
                    .push(format!("{at}: `crate::{}` is no module; import from where it is defined", import.module)),
                Some(place) if place > own_place => match exception {
                    Some(index) => exceptions_used[index] = true,
                    None => findings.push(format!("{at}: `{own}` imports `{}`, which comes after it", import.module)),
                },
                Some(_) => {}
            }
        }
    }
    for ((from, to, _), used) in EXCEPTIONS.iter().zip(exceptions_used) {
        if !used {
            findings.push(format!("`{from}` no longer imports `{to}`: remove the exception"));
        }
    }
    none(&findings);
}

fn place(module: &str) -> Option<usize> {
    ORDER.iter().position(|each| *each == module)
}

/// `src/a/b.rs` is `a::b`, `src/a/mod.rs` is `a`, `src/lib.rs` is the root.
fn module_path(path: &str) -> Vec<String> {
    let inside = path.strip_prefix("src/").unwrap();
    let inside = inside.strip_suffix(".rs").unwrap();
    let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

/// Everything named from the root of the crate, by `crate::` or by as many `super::` as it takes to get there.
fn imports(module_path: &[String], tokens: &[Token]) -> Vec<Import> {
    let mut imports = Vec::new();
    // How deep the braces are, and at which depths an inline module was opened.
    let mut depth = 0_usize;
    let mut inline: Vec<usize> = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                if inline.last() == Some(&depth) {
                    inline.pop();
                }
                depth -= 1;
            }
            "mod" if tokens.get(index + 2).is_some_and(|next| next.text == "{") => {
                inline.push(depth + 1);
            }
            "crate" if matches(tokens, index + 1, &[":", ":"]) => {
                first_segments(tokens, index + 3, &mut imports);
            }
            "super" => {
                let mut levels = 1;
                let mut next = index + 1;
                while matches(tokens, next, &[":", ":", "super"]) {
                    levels += 1;
                    next += 3;
                }
                if levels == module_path.len() + inline.len() && matches(tokens, next, &[":", ":"]) {
                    first_segments(tokens, next + 2, &mut imports);
                }
                index = next;
                continue;
            }
            _ => {}
        }
        index += 1;
    }
    imports
}

/// The first segment at `index`, or all first segments when a group `{a::…, b}` stands there.
fn first_segments(tokens: &[Token], index: usize, imports: &mut Vec<Import>) {
    let mut import = |token: &Token| {
        imports.push(Import { module: token.text.clone(), line: token.line });
    };
    let Some(first) = tokens.get(index) else {
        return;
    };
    if first.text != "{" {
        import(first);
        return;
    }
    let mut depth = 0_usize;
    let mut starts = false;
    for token in &tokens[index..] {
        match token.text.as_str() {
            "{" => {
                depth += 1;
                starts = depth == 1;
            }
            "}" if depth == 1 => return,
            "}" => depth -= 1,
            "," => starts = depth == 1,
            _ => {
                if starts {
                    import(token);
                }
                starts = false;
            }
        }
    }
}

#[test]
fn imports_are_found_however_they_are_written() {
    let found = |path: &str, text: &str| -> Vec<String> {
        imports(&module_path(path), &tokens(path, text)).into_iter().map(|import| import.module).collect()
    };
    assert_eq!(found("src/a/mod.rs", "use crate::b::{C, d::E};"), ["b"]);
    assert_eq!(found("src/a/b.rs", "use crate::{c::{X, Y}, d};"), ["c", "d"]);
    assert_eq!(found("src/a/b.rs", "fn f() -> crate::c::X { super::super::d::y() }"), ["c", "d"]);
    assert_eq!(found("src/a.rs", "use super::b;"), ["b"]);
    assert!(found("src/a/b.rs", "use super::c; // crate::d\n/// [`crate::e`]\nfn f() {}").is_empty());
    assert_eq!(found("src/a.rs", "mod tests { use super::x; use super::super::c; }"), ["c"]);
    assert_eq!(found("src/a.rs", "mod tests { fn f() {} } use super::c;"), ["c"]);
    assert_eq!(found("src/a.rs", "macro_rules! m { () => { $crate::c::x() } }"), ["c"]);
}
