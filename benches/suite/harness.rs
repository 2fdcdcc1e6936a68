//! A workload and its contenders: verifies their results, then measures them in turns, round by
//! round.

use std::hint::black_box;

use super::arguments::{Arguments, LEAST_ROUNDS};
use super::clock;
use super::data::Expected;

/// The amount of data or operations of a computation, which determines a rate.
#[derive(Clone, Copy)]
pub enum Work {
    /// Bytes that have to be read and written.
    Bytes(usize),
    /// Floating-point operations.
    Operations(usize),
}

/// The kind of a contender.
#[derive(Clone, Copy, PartialEq)]
pub enum Who {
    /// A hand-written kernel.
    Limit,
    /// This library, with a target for its time relative to the limit.
    Library {
        /// The maximum ratio.
        target: f64,
    },
    /// Another library.
    Peer,
}

/// A computation, and its contenders.
pub struct Workload<'a> {
    /// The number and the description.
    pub name: String,
    /// The amount of work of one computation.
    pub work: Work,
    /// The number of computations in a call of a contender.
    pub per_call: usize,
    /// The expected results.
    pub expected: Expected,
    /// The contenders.
    pub contenders: Vec<Contender<'a>>,
}

/// One way to compute a workload.
pub struct Contender<'a> {
    /// The name in the table.
    pub name: String,
    /// The kind of the contender.
    pub who: Who,
    /// Its maximum error in ULP, if it is known to exceed that of the workload.
    pub ulp: Option<f64>,
    body: Box<dyn Body + 'a>,
}

trait Body {
    fn run(&mut self);
    fn results(&mut self) -> Vec<f32>;
}

struct Writing<O, C, R> {
    out: O,
    compute: C,
    read: R,
}
impl<O, C: FnMut(&mut O), R: Fn(&O) -> Vec<f32>> Body for Writing<O, C, R> {
    fn run(&mut self) {
        (self.compute)(&mut self.out);
    }
    fn results(&mut self) -> Vec<f32> {
        self.run();
        (self.read)(&self.out)
    }
}

struct Making<C, R> {
    compute: C,
    read: R,
}
impl<T, C: FnMut() -> T, R: Fn(&T) -> Vec<f32>> Body for Making<C, R> {
    fn run(&mut self) {
        drop(black_box((self.compute)()));
    }
    fn results(&mut self) -> Vec<f32> {
        (self.read)(&(self.compute)())
    }
}

impl<'a> Workload<'a> {
    /// A workload without contenders.
    pub fn new(name: &str, work: Work, expected: Expected) -> Self {
        Self { name: name.to_owned(), work, per_call: 1, expected, contenders: Vec::new() }
    }

    /// Adds a contender that computes into `out`; `read` returns the results in it.
    pub fn writing<O: 'a>(
        &mut self,
        who: Who,
        name: &str,
        out: O,
        compute: impl FnMut(&mut O) + 'a,
        read: impl Fn(&O) -> Vec<f32> + 'a,
    ) -> &mut Contender<'a> {
        self.add(who, name, Box::new(Writing { out, compute, read }))
    }

    /// Adds a contender that makes a new result each time, and drops it.
    pub fn making<T: 'a>(
        &mut self,
        who: Who,
        name: &str,
        compute: impl FnMut() -> T + 'a,
        read: impl Fn(&T) -> Vec<f32> + 'a,
    ) -> &mut Contender<'a> {
        self.add(who, name, Box::new(Making { compute, read }))
    }

    fn add(&mut self, who: Who, name: &str, body: Box<dyn Body + 'a>) -> &mut Contender<'a> {
        self.contenders.push(Contender { name: name.to_owned(), who, ulp: None, body });
        self.contenders.last_mut().expect("one was pushed")
    }
}

impl Contender<'_> {
    /// The seconds of a call, as the mean of `calls`.
    fn seconds(&mut self, calls: usize) -> f64 {
        let start = clock::now();
        for _ in 0..calls {
            self.body.run();
        }
        (clock::now() - start) / calls.max(1) as f64
    }

    /// The number of calls that fill a turn.
    fn calls(&mut self, turn: f64) -> usize {
        let mut calls = 1;
        loop {
            let seconds = self.seconds(calls);
            if seconds * calls as f64 > turn / 4.0 {
                return (turn / seconds).ceil() as usize;
            }
            calls *= 4;
        }
    }
}

/// The measurements of a contender.
pub struct Measured {
    /// The name in the table.
    pub name: String,
    /// The kind of the contender.
    pub who: Who,
    /// The maximum error, in ULP.
    pub error: f64,
    /// The seconds of one computation, round by round; `None` where it was skipped.
    pub seconds: Vec<Option<f64>>,
}

impl Workload<'_> {
    /// Verifies every contender, then measures them: in each round every contender has a turn.
    ///
    /// # Panics
    /// If a result is wrong.
    pub fn measure(mut self, arguments: &Arguments) -> Vec<Measured> {
        let mut measured = Vec::new();
        for contender in &mut self.contenders {
            let error = self.expected.error(&contender.body.results());
            let allowed = contender.ulp.unwrap_or(self.expected.ulp);
            assert!(
                error <= allowed,
                "{}: {} is off by {error:.1} ULP, not {allowed}",
                self.name,
                contender.name
            );
            measured.push(Measured {
                name: contender.name.clone(),
                who: contender.who,
                error,
                seconds: Vec::new(),
            });
        }
        let calls: Vec<usize> =
            self.contenders.iter_mut().map(|who| who.calls(arguments.turn)).collect();
        let mut spent = vec![0.0; measured.len()];
        for round in 0..arguments.rounds {
            for turn in 0..self.contenders.len() {
                // Each round begins with another contender, so that none always follows the same
                // one.
                let i = (turn + round) % self.contenders.len();
                // A slow peer is skipped once it has used its share of the time, so that the others
                // get their rounds.
                let share =
                    if self.contenders[i].who == Who::Peer { self.contenders.len() } else { 1 };
                if round >= LEAST_ROUNDS && spent[i] > arguments.budget / share as f64 {
                    measured[i].seconds.push(None);
                    continue;
                }
                let contender = &mut self.contenders[i];
                // The caches may still contain the predecessor's data, so warm them up. A contender
                // that takes a whole turn for one call fills them by itself.
                let warming = if calls[i] == 1 { 0 } else { (calls[i] / 16).max(1) };
                contender.seconds(warming);
                let seconds = contender.seconds(calls[i]);
                spent[i] += seconds * (warming + calls[i]) as f64;
                measured[i].seconds.push(Some(seconds / self.per_call as f64));
            }
        }
        measured
    }
}
