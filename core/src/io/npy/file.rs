//! Reads and writes `.npy` files by path.

use alloc::vec;
use alloc::vec::Vec;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::element::NpyElement;
use super::encode::{fill, header};
use super::error::NpyError;

/// The bytes of the file at `path`.
///
/// # Errors
/// [`NpyError::Io`] when the file cannot be read.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, NpyError> {
    fs::read(path).map_err(|error| failed(path, error))
}

/// Writes the bytes of [`encode`](super::encode()) to the file at `path`, in blocks, so that not
/// all of them are in memory at a time. An existing file is replaced.
///
/// # Errors
/// [`NpyError::Io`] when the file cannot be written. Part of the file may have been written then.
pub(crate) fn write_file<T: NpyElement>(
    path: &Path,
    shape: &[usize],
    elements: impl IntoIterator<Item = T>,
) -> Result<(), NpyError> {
    write(path, shape, elements).map_err(|error| failed(path, error))
}

fn write<T: NpyElement>(
    path: &Path,
    shape: &[usize],
    elements: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(&header::<T>(shape))?;
    let (mut block, mut elements) = (vec![0; 64 * 1024], elements.into_iter());
    loop {
        match fill(&mut block, &mut elements) {
            0 => return Ok(()),
            written => file.write_all(&block[..written])?,
        }
    }
}

fn failed(path: &Path, error: io::Error) -> NpyError {
    NpyError::Io { path: path.to_path_buf(), error }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use std::process;

    use super::super::encode::encode;
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let path = std::env::temp_dir().join(std::format!("shapewright-npy-{}.npy", process::id()));
        // More than one block, and not a whole number of blocks.
        let elements = (0..20_001).map(|k| k as f32);
        write_file(&path, &[3, 6667], elements.clone()).unwrap();
        let bytes = read_file(&path);
        fs::remove_file(&path).unwrap();
        assert_eq!(bytes.unwrap(), encode(&[3, 6667], elements));
    }

    #[test]
    fn a_failure_names_the_file() {
        let path = Path::new("no-such-directory").join("digits.npy");
        let shown = path.display().to_string();
        assert!(read_file(&path).unwrap_err().to_string().starts_with(&std::format!("{shown}: ")));
        assert!(
            write_file(&path, &[], [1.0f32])
                .unwrap_err()
                .to_string()
                .starts_with(&std::format!("{shown}: "))
        );
    }
}
