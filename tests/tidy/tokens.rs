//! Rust text as a flat list of tokens, without comments; documentation becomes string literals.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One token.
pub(crate) struct Token {
    /// Its text; a bracket of a group is a token of its own.
    pub(crate) text: String,
    /// Line from one.
    pub(crate) line: usize,
    pub(crate) is_literal: bool,
}

/// The tokens of a file.
pub(crate) fn tokens(path: &str, text: &str) -> Vec<Token> {
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut out = Vec::new();
    flatten(stream, &mut out);
    out
}

fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let bracket = |text: &str, line: usize, out: &mut Vec<Token>| {
                    out.push(Token { text: text.to_owned(), line, is_literal: false });
                };
                bracket(open, line, out);
                flatten(group.stream(), out);
                bracket(close, group.span_close().end().line, out);
            }
            other => {
                out.push(Token { is_literal: matches!(other, TokenTree::Literal(_)), text: other.to_string(), line })
            }
        }
    }
}

/// Whether the tokens from `index` on are these texts.
pub(crate) fn matches(tokens: &[Token], index: usize, texts: &[&str]) -> bool {
    tokens
        .get(index..index + texts.len())
        .is_some_and(|found| found.iter().zip(texts).all(|(token, text)| token.text == *text))
}
