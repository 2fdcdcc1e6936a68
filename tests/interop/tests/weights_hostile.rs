//! Files of weights with false claims: none makes loading panic, or take unreasonably much memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::Write as _;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use shapewright::nn::{BatchNorm, Linear};
use shapewright::weights::{Weights, WeightsError, WeightsFile};
use shapewright::{Dim, Tensor, prelude::*, shape, tensor};

/// Counts the memory that a thread has allocated, and its maximum.
struct Counting;
thread_local! {
    static TAKEN: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}
// SAFETY: every call is passed on to the system's allocator; the counting is separate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = TAKEN.try_with(|taken| {
            let (now, most) = taken.get();
            taken.set((now + layout.size(), most.max(now + layout.size())));
        });
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let _ = TAKEN.try_with(|taken| {
            let (now, most) = taken.get();
            taken.set((now.saturating_sub(layout.size()), most));
        });
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.dealloc(pointer, layout) }
    }
}
#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The result of `f`, and the maximum number of bytes it had allocated.
fn counted<R>(f: impl FnOnce() -> R) -> (R, usize) {
    let before = TAKEN.get().0;
    TAKEN.set((before, before));
    let result = f();
    (result, TAKEN.get().1 - before)
}

/// The checksum of a zip archive, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

/// An entry of an archive, and the claims about it.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    method: u16,
    flags: u16,
    data: Vec<u8>,
    size: u32,
    packed: Option<u32>,
    crc: u32,
    extra: Vec<u8>,
    /// The claimed offset, if it differs from the true one.
    begins: Option<u32>,
}

impl Entry {
    fn stored(name: &str, data: Vec<u8>) -> Self {
        Self {
            name: name.into(),
            local_name: None,
            method: 0,
            flags: 0,
            size: data.len() as u32,
            packed: None,
            crc: crc(&data),
            data,
            extra: Vec::new(),
            begins: None,
        }
    }
    fn deflated(name: &str, data: &[u8]) -> Self {
        let packed = miniz_oxide::deflate::compress_to_vec(data, 6);
        Self { method: 8, size: data.len() as u32, crc: crc(data), ..Self::stored(name, packed) }
    }
}

/// The bytes of an archive of these entries.
fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let begins = entry.begins.unwrap_or(bytes.len() as u32);
        let common = |name: &[u8], extra: &[u8]| {
            let packed = entry.packed.unwrap_or(entry.data.len() as u32);
            [
                &20u16.to_le_bytes()[..],
                &entry.flags.to_le_bytes(),
                &entry.method.to_le_bytes(),
                &[0; 4],
                &entry.crc.to_le_bytes(),
                &packed.to_le_bytes(),
                &entry.size.to_le_bytes(),
                &(name.len() as u16).to_le_bytes(),
                &(extra.len() as u16).to_le_bytes(),
            ]
            .concat()
        };
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        bytes.extend(
            [&b"PK\x03\x04"[..], &common(local_name, &[]), local_name, &entry.data].concat(),
        );
        directory.extend(
            [
                &b"PK\x01\x02\x14\0"[..],
                &common(&entry.name, &entry.extra),
                &[0; 10],
                &begins.to_le_bytes(),
                &entry.name,
                &entry.extra,
            ]
            .concat(),
        );
    }
    let (count, at) = ((entries.len() as u16).to_le_bytes(), (bytes.len() as u32).to_le_bytes());
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &count,
        &count,
        &(directory.len() as u32).to_le_bytes(),
        &at,
        &[0; 2],
    ];
    [bytes, directory, end.concat()].concat()
}

/// A `.npy` file with these header values.
fn npy(descr: &str, fortran_order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header =
        format!("{{'descr': '{descr}', 'fortran_order': {fortran_order}, 'shape': {shape}, }}\n");
    [b"\x93NUMPY\x01\x00", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), data]
        .concat()
}

fn ones(count: usize) -> Vec<u8> {
    1f32.to_le_bytes().repeat(count)
}

fn read(bytes: &[u8]) -> Result<Tensor<f32, shape![2, 3]>, WeightsError> {
    WeightsFile::from_bytes(bytes)?.tensor("x")
}
#[track_caller]
fn says(entries: &[Entry], text: &str) {
    match read(&archive(entries)) {
        Ok(_) => panic!("no error"),
        Err(error) => assert_eq!(error.to_string(), text),
    }
}

fn good() -> Entry {
    Entry::stored("x.npy", npy("<f4", "False", "(2, 3)", &ones(6)))
}

#[test]
fn arrays_of_either_order() {
    assert_eq!(read(&archive(&[good()])).unwrap().sum(), 6.0);
    let numbers: Vec<f32> = (0..6).map(|k| k as f32).collect();
    let big: Vec<u8> = numbers.iter().flat_map(|x| x.to_be_bytes()).collect();
    let columns: Vec<u8> =
        [0.0f32, 3.0, 1.0, 4.0, 2.0, 5.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    let halves: Vec<u8> = [0u16, 0x4200, 0x3c00, 0x4400, 0x4000, 0x4500]
        .iter()
        .flat_map(|x| x.to_be_bytes())
        .collect();
    for (k, data) in [
        npy(">f4", "False", "(2, 3)", &big),
        npy("<f4", "True", "(2, 3)", &columns),
        npy(">f2", "True", "(2, 3)", &halves),
    ]
    .iter()
    .enumerate()
    {
        for entry in [Entry::stored("x.npy", data.clone()), Entry::deflated("x.npy", data)] {
            let bytes = archive(&[entry]);
            let file = WeightsFile::from_bytes(&bytes).unwrap().convert();
            assert_eq!(file.tensor::<f32, shape![2, 3]>("x").unwrap().as_slice(), numbers, "{k}");
            assert_eq!(file.tensor::<f64, shape![?, 3]>("x").unwrap()[[1, 2]], 5.0);
        }
    }
}

#[test]
fn entries_that_lie() {
    let deflated = Entry::deflated("x.npy", &good().data);
    says(&[Entry { crc: 1, ..good() }], "`x`: it is damaged: its checksum is another one");
    says(
        &[Entry { crc: 1, ..deflated.clone() }],
        "`x`: it is damaged: its checksum is another one",
    );
    says(&[Entry { flags: 1, ..good() }], "`x.npy`: it is encrypted");
    says(
        &[Entry { method: 12, ..good() }],
        "`x.npy`: it is compressed by method 12 (bzip2): stored and deflated ones are read",
    );
    says(&[Entry { size: 5, ..good() }], "`x.npy`: it is stored, and is to have two sizes");
    let elsewhere = "`x.npy`: it is not where the directory of the archive says, or not whole";
    says(&[Entry { begins: Some(7), ..good() }], elsewhere);
    says(&[Entry { begins: Some(u32::MAX - 1), ..good() }], elsewhere);
    says(&[Entry { packed: Some(1 << 30), size: 1 << 30, ..good() }], elsewhere);
    says(&[Entry { local_name: Some(b"y.npy".to_vec()), ..good() }], elsewhere);
    let large = "`x.npy`: it is too large for 32 bits, and its list has no more of them";
    says(&[Entry { begins: Some(u32::MAX), ..good() }], large);
    says(&[Entry { begins: Some(u32::MAX), extra: b"\x01\0\x08\0abc".to_vec(), ..good() }], large);
    let extra = [&b"\x01\0\x08\0"[..], &[0xff; 8]].concat();
    says(&[Entry { begins: Some(u32::MAX), extra, ..good() }], elsewhere);
    let extra = [&b"\x09\0\x02\0ab\x01\0\x08\0"[..], &[0; 8]].concat();
    assert!(read(&archive(&[Entry { begins: Some(u32::MAX), extra, ..good() }])).is_ok());
    says(&[good(), good()], "`x`: two arrays have this name");
    says(&[good(), Entry { name: b"x".to_vec(), ..good() }], "`x`: two arrays have this name");
    says(
        &[
            good(),
            Entry {
                name: b"y.npy".to_vec(),
                local_name: Some(b"x.npy".to_vec()),
                begins: Some(0),
                ..good()
            },
        ],
        "`y.npy`: it is not where the directory of the archive says, or not whole",
    );
    // The data of one entry within that of another.
    let inner = archive(&[good()]);
    let inner = &inner[..inner.len() - 22 - 46 - 5];
    let outer = Entry::stored("outer.npy", inner.to_vec());
    let begins = Some(30 + 9);
    let bytes = archive(&[outer, Entry { begins, ..good() }]);
    assert_eq!(
        read(&bytes).unwrap_err().to_string(),
        "`x.npy`: it shares its bytes with `outer.npy`"
    );
    // Names are only names: they are not used as paths.
    let bytes = archive(&[
        Entry { name: b"../../etc/x.npy".to_vec(), ..good() },
        Entry { name: b"\xff\0.npy".to_vec(), ..good() },
    ]);
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    assert!(file.tensors().map(|tensor| tensor.name).eq(["../../etc/x", "\u{fffd}\0"]));
    assert!(file.tensor::<f32, shape![2, 3]>("../../etc/x").is_ok());
}

#[test]
fn arrays_that_lie() {
    let array =
        |descr, shape, data: &[u8]| Entry::stored("x.npy", npy(descr, "False", shape, data));
    says(
        &[array("<f4", "(2, 4)", &ones(8))],
        "`x` is (2, 4), expected (2, 3): axis -1 must be 3, not 4",
    );
    says(
        &[array("<f8", "(2, 3)", &ones(12))],
        "`x` is f64, expected f32: `.convert()` converts it",
    );
    says(&[array("|O", "(2, 3)", b"pickle")], "`x` is Python objects ('|O'), expected f32");
    says(
        &[array("<f4", "(2, 3)", &ones(5))],
        "`x`: truncated .npy file: expected 24 bytes of data, found 20",
    );
    says(
        &[array("<f4", "(2, 3)", &ones(7))],
        "`x`: 4 trailing bytes in .npy file: expected 24 bytes of data, found 28",
    );
    says(
        &[Entry::stored("x.npy", b"text".to_vec())],
        "`x`: not a .npy file: expected it to start with \"\\x93NUMPY\", found \"text\"",
    );
    says(
        &[Entry::stored("x.npy", Vec::new())],
        "`x`: not a .npy file: expected it to start with \"\\x93NUMPY\", found \"\"",
    );
    // The claimed size is more than what is inflated, and then less.
    let short = Entry { size: good().size, ..Entry::deflated("x.npy", &good().data[..80]) };
    says(&[short], "`x`: it is to have 94 bytes when it is inflated, and what there is gives 80");
    let long = [good().data, vec![0; 50]].concat();
    let long = Entry { size: good().size, ..Entry::deflated("x.npy", &long) };
    assert_eq!(
        read(&archive(&[long])).unwrap_err().to_string(),
        "`x`: it is damaged: its checksum is another one"
    );
    let garbage = Entry { method: 8, ..Entry::stored("x.npy", vec![0xff; 200]) };
    assert!(
        read(&archive(&[garbage])).unwrap_err().to_string().starts_with("`x`: not a .npy file")
    );
    // The header of an array is read even if it is long, but not if it never ends.
    let blanks = " ".repeat(60_000);
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}{blanks}\n");
    let long = [
        b"\x93NUMPY\x01\x00",
        &(header.len() as u16).to_le_bytes()[..],
        header.as_bytes(),
        &ones(6),
    ]
    .concat();
    assert!(read(&archive(&[Entry::deflated("x.npy", &long)])).is_ok());
    let endless = [b"\x93NUMPY\x02\x00\xff\xff\xff\x7f", &[b' '; 100_000][..]].concat();
    let said = read(&archive(&[Entry::deflated("x.npy", &endless)])).unwrap_err().to_string();
    assert_eq!(said, "`x`: truncated .npy file: expected 2147483647 bytes of header, found 65533");
    // A tensor that nobody reads may be anything, if left-over tensors are allowed.
    let file = archive(&[good(), Entry::stored("notes.txt", b"text".to_vec())]);
    #[derive(Weights)]
    struct X {
        x: Tensor<f32, shape![2, 3]>,
    }
    let said = WeightsFile::from_bytes(&file).unwrap().load::<X>().err().unwrap().to_string();
    assert_eq!(said, "`notes.txt` is in the file, and nothing reads it");
    assert_eq!(
        WeightsFile::from_bytes(&file).unwrap().allow_unused().load::<X>().unwrap().x.sum(),
        6.0
    );
}

#[test]
fn archives_that_lie() {
    let bytes = archive(&[good()]);
    let said = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let cut_off = |at: usize| {
        format!(
            "malformed .npz archive at byte {at}: its end is not there, where the entries are listed: is it cut off?"
        )
    };
    for at in 4..bytes.len() {
        assert_eq!(said(&bytes[..at]), cut_off(at));
    }
    let more = [&bytes[..], b"more"].concat();
    assert_eq!(said(&more), cut_off(more.len()));
    // If the bytes after the archive are a comment of the claimed length, the archive is read.
    let mut commented = more;
    let at = bytes.len() - 2;
    commented[at] = 4;
    assert!(read(&commented).is_ok());
    let mut count = bytes.clone();
    let at = bytes.len() - 22;
    count[at + 10] = 9;
    assert!(said(&count).ends_with("the directory has 1 entries, and says 9"));
    let lies = format!(
        "malformed .npz archive at byte {at}: the end of the archive does not say where its directory is"
    );
    for (place, value) in [(4, 1), (12, 1), (16, 1), (17, 0xff), (19, 0xff)] {
        let mut other = bytes.clone();
        other[at + place] ^= value;
        assert_eq!(said(&other), lies, "{place}");
    }
    // A zip archive written by PyTorch, which contains a pickle and its tensors.
    let checkpoint = archive(&[
        Entry::stored("net/data.pkl", vec![0x80, 2]),
        Entry::stored("net/data/0", ones(3)),
    ]);
    assert!(
        said(&checkpoint)
            .starts_with("this is a checkpoint of `torch.save`, a pickle, which is not read: ")
    );
    assert_eq!(said(b"PK\x05\x06"), cut_off(4));
    let empty = archive(&[]);
    assert_eq!(said(&empty), "`x` is missing");
}

/// Only the requested data is inflated, and memory is allocated only for data that exists.
#[test]
fn bombs() {
    // A few KB that inflate to 5 MB of zeros, and are claimed to be 400 MB.
    let zeros = Entry::deflated("x.npy", &npy("<f4", "False", "(100000000,)", &[]));
    let mut bomb = npy("<f4", "False", "(100000000,)", &[]);
    let header = bomb.len();
    bomb.resize(header + 5_000_000, 0);
    let bomb = Entry { size: header as u32 + 400_000_000, ..Entry::deflated("x.npy", &bomb) };
    let bytes = archive(&[bomb]);
    assert!(bytes.len() < 100_000);
    let (error, most) = counted(|| read(&bytes).unwrap_err().to_string());
    assert_eq!(error, "`x` is (100000000,), expected (2, 3): rank must be 2, not 1");
    assert!(most < 300_000, "{most}");
    // A run-time length comes from the archive: claimed data is read as far as it exists.
    let (error, most) = counted(|| {
        let file = WeightsFile::from_bytes(&bytes).unwrap();
        file.tensor::<f32, shape![?]>("x").unwrap_err().to_string()
    });
    assert!(error.ends_with(&format!("and what there is gives {}", header + 5_000_000)), "{error}");
    assert!(most < 20_000_000, "{most}");
    let (error, most) = counted(|| {
        let claims = Entry { size: header as u32 + 400_000_000, ..zeros };
        let file = archive(&[claims]);
        WeightsFile::from_bytes(&file)
            .unwrap()
            .tensor::<f32, shape![?]>("x")
            .unwrap_err()
            .to_string()
    });
    assert!(error.contains("what there is gives"), "{error}");
    assert!(most < 100_000, "{most}");
    // More elements than memory has bytes.
    let endless = Entry::stored("x.npy", npy("<f8", "False", "(4611686018427387904, 3)", &[]));
    let bytes = archive(&[endless]);
    let file = WeightsFile::from_bytes(&bytes).unwrap();
    let said = file.tensor::<f64, shape![?, 3]>("x").unwrap_err().to_string();
    assert!(said.starts_with("`x` is (4611686018427387904, 3), expected (?, 3): "), "{said}");
    let endless = Entry::stored("x.npy", npy("<f8", "False", "(3000000000000000000,)", &[]));
    let bytes = archive(&[endless]);
    let said = WeightsFile::from_bytes(&bytes)
        .unwrap()
        .tensor::<f64, shape![?]>("x")
        .unwrap_err()
        .to_string();
    assert_eq!(said, "`x`: it has more bytes than memory");
}

#[derive(Weights)]
struct Net {
    fc: Linear<Dim<3>, Dim<2>>,
    #[weights(eps = 1e-5)]
    norm: BatchNorm<shapewright::Dyn>,
    #[weights(rename = "flags")]
    x: Option<Tensor<bool, shape![3]>>,
    table: [Tensor<u8, shape![?, 4]>; 2],
}

/// Files with some bytes changed: loading reports a problem, or reads data that exists.
#[test]
fn mutated_files() {
    let ones = || tensor![1.0f32, 1.0];
    let net = Net {
        fc: Linear::new(tensor![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], tensor![0.5, 0.25]),
        norm: BatchNorm::new(
            ones().rename(),
            ones().rename(),
            ones().rename(),
            ones().rename(),
            1e-5,
        ),
        x: Some(tensor![true, false, true]),
        table: [tensor![7u8; 5, 4].rename(), tensor![7u8; 2, 4].rename()],
    };
    let stored = net.to_npz().unwrap();
    let deflated = {
        let file = WeightsFile::from_bytes(&stored).unwrap();
        let names: Vec<_> = file.tensors().map(|tensor| format!("{}.npy", tensor.name)).collect();
        let mut entries = Vec::new();
        let mut rest = &stored[..];
        for name in names {
            let size = u32::from_le_bytes(rest[22..26].try_into().unwrap()) as usize;
            let begin = 30 + name.len();
            entries.push(Entry::deflated(&name, &rest[begin..begin + size]));
            rest = &rest[begin + size..];
        }
        archive(&entries)
    };
    let files = [net.to_safetensors().unwrap(), stored, deflated];
    let seeds =
        std::env::var("WEIGHTS_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(4000);
    let (mut loaded, mut refused, mut words) = (0, 0, std::collections::BTreeSet::new());
    for seed in 0..seeds {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut bytes = files[seed as usize % files.len()].clone();
        for _ in 0..rng.random_range(1..6) {
            let at = rng.random_range(0..bytes.len());
            match rng.random_range(0..7) {
                0 => bytes[at] ^= 1 << rng.random_range(0..8),
                1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][rng.random_range(0..5)],
                2 => bytes.truncate(at.max(8)),
                3 => {
                    let bytes = &mut bytes[at..];
                    let end = bytes.len().min(8);
                    bytes[..end].fill(0xff);
                }
                // A number in a header is changed.
                4 => {
                    if let Some(digit) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                        *digit = b'0' + rng.random_range(0..10);
                    }
                }
                5 => {
                    let from = rng.random_range(0..bytes.len());
                    let end = (at + 16).min(bytes.len()).min(from + 16);
                    if from < end {
                        let to = at.min(bytes.len() - (end - from));
                        bytes.copy_within(from..end, to);
                    }
                }
                _ => bytes.insert(at, rng.random()),
            }
        }
        let (result, most) = counted(|| {
            let file = WeightsFile::from_bytes(&bytes)?;
            let mut listed = String::new();
            file.tensors().for_each(|tensor| write!(listed, "{tensor} ").unwrap());
            let convert = seed % 2 == 0;
            if convert { file.convert().load::<Net>() } else { file.load() }
        });
        // This is enough for texts, lists and headers, but not for the number of elements that a
        // file of a few bytes may have claimed.
        assert!(most < 1 << 20, "seed {seed}: {most} bytes");
        match result {
            Ok(net) => {
                loaded += 1;
                assert_eq!(net.norm.mean().len(), net.norm.gamma().len());
                assert!(net.table.iter().all(|table| table.len() % 4 == 0));
            }
            Err(error) => {
                refused += 1;
                words.insert(error.to_string().split(' ').take(2).collect::<Vec<_>>().join(" "));
            }
        }
    }
    assert!(loaded > seeds / 100 && refused > seeds / 2, "{loaded} loaded, {refused} refused");
    assert!(words.len() > 10, "{words:?}");
}
