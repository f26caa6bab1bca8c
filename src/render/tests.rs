use super::Detail;
use super::fixture::*;
use crate::diagnostic::Lang;

#[test]
fn look() {
    let all = fine();
    for lang in [Lang::Chinese, Lang::English] {
        let name = lang.pick("zh", "en");
        std::fs::write(format!("/tmp/r/{name}.txt"), all.explain(lang)).unwrap();
        std::fs::write(format!("/tmp/r/{name}.html"), all.to_html(lang, Detail::Full)).unwrap();
        std::fs::write(format!("/tmp/r/{name}.md"), all.to_markdown(lang, Detail::Full)).unwrap();
    }
}
