//! A workload and its contenders: verifying what they give, then timing them in turn, round by round.

use std::hint::black_box;

use super::arguments::{Arguments, LEAST_ROUNDS};
use super::clock;
use super::data::Expected;

/// What a computation moves or computes, from which a rate follows.
#[derive(Clone, Copy)]
pub enum Work {
    /// Bytes that have to be read and written.
    Bytes(usize),
    /// Floating-point operations.
    Operations(usize),
}

/// Who a contender is.
#[derive(Clone, Copy, PartialEq)]
pub enum Who {
    /// A kernel by hand.
    Limit,
    /// This library, and what its time should be of the limit.
    Library {
        /// The largest ratio.
        target: f64,
    },
    /// Another library.
    Peer,
}

/// Something to compute, and who computes it.
pub struct Workload<'a> {
    /// Its number and what it is.
    pub name: String,
    /// What one computation is.
    pub work: Work,
    /// How many computations a call of a contender is.
    pub per_call: usize,
    /// What it should give.
    pub expected: Expected,
    /// Who computes it.
    pub contenders: Vec<Contender<'a>>,
}

/// One way to compute a workload.
pub struct Contender<'a> {
    /// As the table prints it.
    pub name: String,
    /// Who it is.
    pub who: Who,
    /// Its largest error in ULP where it is known to be worse than what the workload expects.
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
    /// Without contenders.
    pub fn new(name: &str, work: Work, expected: Expected) -> Self {
        Self { name: name.to_owned(), work, per_call: 1, expected, contenders: Vec::new() }
    }

    /// A contender that computes into `out`, which `read` gives the results of.
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

    /// A contender that makes its result anew each time, and drops it.
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
    /// Seconds that a call takes, the mean of `calls`.
    fn seconds(&mut self, calls: usize) -> f64 {
        let start = clock::now();
        for _ in 0..calls {
            self.body.run();
        }
        (clock::now() - start) / calls.max(1) as f64
    }

    /// How many calls take as long as a turn should.
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

/// What was found of a contender.
pub struct Measured {
    /// As the table prints it.
    pub name: String,
    /// Who it is.
    pub who: Who,
    /// The largest error, in ULP.
    pub error: f64,
    /// Seconds of one computation, round by round; none where it sat out.
    pub seconds: Vec<Option<f64>>,
}

impl Workload<'_> {
    /// Verifies every contender, then times them: in each round every one takes its turn.
    ///
    /// # Panics
    /// When a result is wrong.
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
                // Another one begins each round, so that none always follows the same.
                let i = (turn + round) % self.contenders.len();
                // A peer that is slow sits out once it has used its share of the time: the others get their rounds all the same.
                let share =
                    if self.contenders[i].who == Who::Peer { self.contenders.len() } else { 1 };
                if round >= LEAST_ROUNDS && spent[i] > arguments.budget / share as f64 {
                    measured[i].seconds.push(None);
                    continue;
                }
                let contender = &mut self.contenders[i];
                // What the predecessor left in the caches is not this contender's. What takes a turn for one call fills them by itself.
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
