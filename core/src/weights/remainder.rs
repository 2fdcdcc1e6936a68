//! What remains when everything has been read: the names that were missing, with what may have been
//! meant, and the tensors that nothing reads.

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

/// How many pairs of names are compared to find the nearest ones: a file may have as many as it
/// likes.
const COMPARED: usize = 100_000;

/// All that is wrong, when everything has been read: what is missing with what may be meant, and,
/// if they are to be told, the tensors that nothing reads.
pub(super) fn problems(log: Log, content: &Content<'_>, tell_unused: bool) -> Vec<Problem> {
    let Log { name, prefix, read, mut problems, .. } = log;
    let prefix = &name[..prefix];
    let tensors = content.tensors();
    let mut unused: Vec<&Listed> = (tensors.iter().zip(&read))
        // PyTorch counts batches beside the statistics of each batch norm, and computes nothing
        // with that.
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

/// Whether it is how many batches a batch norm has seen.
fn is_count(name: &str) -> bool {
    name.rsplit('.').next() == Some("num_batches_tracked")
}

/// Whether one name may be meant by the other: half of their letters and numbers are the same, at
/// the beginning and at the end.
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

/// Letters before all names that the file has and were not given, or that were given and it has
/// not.
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

    /// With the whole of what is before the names, where some of it, `given`, was asked for.
    fn into_problem(self, given: &str) -> Problem {
        match self {
            Self::Added(letters) => {
                Problem::Prefix { prefix: format!("{given}{letters}"), in_file: true }
            }
            Self::Removed(prefix) => Problem::Prefix { prefix, in_file: false },
        }
    }
}

/// The letters by which all that is missing is in the file.
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
