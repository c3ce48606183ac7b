//! Words of a text, for comparing: whitespace never counts, punctuation stands alone.

/// A word or a single punctuation mark, and whether whitespace follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub space_after: bool,
}

/// Splits `text` into words; leading whitespace is reported by the second value.
pub(super) fn split(text: &str) -> (Vec<Word<'_>>, bool) {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    let leading = rest.len() < text.len();
    while let Some(first) = rest.chars().next() {
        let len = if is_word(first) { word_len(rest) } else { first.len_utf8() };
        let (word, after) = rest.split_at(len);
        rest = after.trim_start();
        words.push(Word { text: word, space_after: rest.len() < after.len() });
    }
    (words, leading)
}

/// Likeness of two texts from 0 to 1: the share of words they have in common (Dice over multisets). Punctuation
/// does not count.
pub(super) fn likeness(old: &str, new: &str) -> f32 {
    bag_likeness(&bag(old), &bag(new))
}

/// The words of a text in alphabetical order, for comparing it with many others.
pub(super) fn bag(text: &str) -> Vec<String> {
    let words = split(text).0.into_iter().filter(|word| word.text.starts_with(is_word));
    let mut words: Vec<String> = words.map(|word| word.text.to_lowercase()).collect();
    words.sort_unstable();
    words
}

/// [`likeness`] of two texts by their [`bag`]s.
pub(super) fn bag_likeness(old: &[String], new: &[String]) -> f32 {
    let total = old.len() + new.len();
    if total == 0 {
        return 1.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0_usize);
    while i < old.len() && j < new.len() {
        match old[i].cmp(&new[j]) {
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    2.0 * common as f32 / total as f32
}

/// Number of words that differ between two texts, whatever their order.
pub(super) fn distance(old: &str, new: &str) -> usize {
    let count = |text: &str| split(text).0.iter().filter(|word| word.text.starts_with(is_word)).count();
    let total = count(old) + count(new);
    let common = likeness(old, new) * total as f32;
    total.saturating_sub(common.round() as usize)
}

/// The same words, with other spacing at most.
pub(super) fn same(old: &str, new: &str) -> bool {
    old.split_whitespace().eq(new.split_whitespace())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Letters and digits, with single apostrophes, hyphens and dots inside (`don't`, `at-least`, `1.5`).
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’' | '-' | '.') && chars.peek().is_some_and(|(_, next)| is_word(*next));
        if !is_word(c) && !joins {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_inner_marks_and_punctuation_stands_alone() {
        let (words, leading) = split(" Don't wait, 1.5 s at-least.");
        let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
        assert_eq!(texts, ["Don't", "wait", ",", "1.5", "s", "at-least", "."]);
        assert!(leading);
        assert!(words[2].space_after && !words[1].space_after);
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        assert!((likeness("a b c d", "a b x y") - 0.5).abs() < 0.001);
        assert!((likeness("", "") - 1.0).abs() < 0.001);
        assert_eq!(distance("a b c", "a b d"), 2);
        assert!(same("a  b\n", "a b"));
    }
}
