//! The problems that are known only after everything has been read: the tensors that nothing reads,
//! and for each missing name the name in the file that may be meant.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::content::{Content, Listed};
use super::log::Log;
use super::problem::Problem;
use crate::io::nearest::nearest;
use crate::lengths::Lengths;

/// The maximum number of pairs of names that are compared. Without this limit a file with very many
/// names would take too long.
const COMPARED: usize = 100_000;

/// All problems, after everything has been read: with suggestions for missing names, and, if
/// `tell_unused` is true, with the tensors that nothing reads.
pub(super) fn problems(log: Log, content: &Content<'_>, tell_unused: bool) -> Vec<Problem> {
    let Log { name, prefix, read, mut problems, .. } = log;
    let prefix = &name[..prefix];
    let tensors = content.tensors();
    let mut unused: Vec<&Listed> = (tensors.iter().zip(&read))
        // PyTorch stores a count of batches with the statistics of each batch norm. Inference does
        // not need the count, so it is not reported as unused.
        .filter(|(tensor, read)| {
            !**read && tensor.name.starts_with(prefix) && !is_count(&tensor.name)
        })
        .map(|(tensor, _)| tensor)
        .collect();

    let is_missing = |problem: &Problem| matches!(problem, Problem::Missing { .. });
    let missing: Vec<&str> =
        problems.iter().filter(|problem| is_missing(problem)).filter_map(Problem::name).collect();
    let another =
        if read.contains(&true) { None } else { another_prefix(content, prefix, &missing) };
    let mut named = BTreeSet::new();
    if let Some(another) = another {
        named.extend(missing.iter().map(|name| another.apply(prefix, name)));
        problems.retain(|problem| !is_missing(problem));
        problems.insert(0, another.into_problem(prefix));
    } else if !missing.is_empty() {
        let looked_at = COMPARED / missing.len();
        for problem in &mut problems {
            if let Problem::Missing { name, nearest: near } = problem {
                let names = unused.iter().map(|tensor| tensor.name.as_str()).take(looked_at);
                *near = nearest(name, names).into_iter().next().filter(|near| is_near(name, near));
                named.extend(near.clone());
            }
        }
    }
    if tell_unused {
        unused.retain(|tensor| !named.contains(&tensor.name));
        problems.extend(unused.into_iter().map(|tensor| Problem::Unused {
            name: tensor.name.clone(),
            shape: tensor.what.as_ref().ok().map(|described| Lengths::new(&described.shape)),
        }));
    }
    problems
}

/// Whether `name` is the name of a count of the batches that a batch norm has seen.
fn is_count(name: &str) -> bool {
    name.rsplit('.').next() == Some("num_batches_tracked")
}

/// Whether `name` may be a misspelling of `other`. The letters and digits that both names have in
/// common at their beginnings, and those that they have in common at their ends, are counted.
/// Together they must be at least half as many as the longer name has.
fn is_near(name: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<u8> {
        text.bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase())
            .collect()
    };
    let (a, b) = (letters(name), letters(other));
    let first = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    2 * (first + last) >= a.len().max(b.len())
}

/// A prefix that the names in the file have and that the user did not give, or one that the user
/// gave and that the names do not have.
enum Another {
    Added(String),
    Removed(String),
}

impl Another {
    fn apply(&self, prefix: &str, name: &str) -> String {
        match self {
            Self::Added(letters) => format!("{prefix}{letters}{}", &name[prefix.len()..]),
            Self::Removed(_) => name[prefix.len()..].to_owned(),
        }
    }

    /// The problem that is reported. It names a whole prefix: if letters are added, `given`, the
    /// prefix that the user gave, followed by these letters; else the prefix that is removed.
    fn into_problem(self, given: &str) -> Problem {
        match self {
            Self::Added(letters) => {
                Problem::Prefix { prefix: format!("{given}{letters}"), in_file: true }
            }
            Self::Removed(prefix) => Problem::Prefix { prefix, in_file: false },
        }
    }
}

/// The prefix with which, or without which, the file has all names of `missing`.
fn another_prefix(content: &Content<'_>, prefix: &str, missing: &[&str]) -> Option<Another> {
    let first = missing.first()?.get(prefix.len()..)?;
    let fits = |another: &Another| {
        missing.iter().all(|name| content.find(&another.apply(prefix, name)).is_some())
    };
    let removed = Some(Another::Removed(prefix.to_owned())).filter(|_| !prefix.is_empty());
    let added = content.tensors().iter().filter_map(|tensor| {
        let letters = tensor.name.strip_prefix(prefix)?.strip_suffix(first)?;
        letters.ends_with(['.', '/']).then(|| Another::Added(letters.to_owned()))
    });
    removed.into_iter().chain(added.take(8)).find(fits)
}
