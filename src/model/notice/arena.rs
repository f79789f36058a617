//! Whom a notice names, in memory that all units share.

use super::{Counts, Outcome, Stood, ToldNaming};
use crate::model::arena::Extent;
use crate::model::decimal::Decimal;
use crate::model::plan::Trigger;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;

/// What a notice says of units, in the order of the roster. What several threads found is left where it is.
#[derive(Clone, Debug)]
pub(crate) struct Units {
    arenas: Vec<Arena>,
    /// The places of the units by arena and in it, where they do not follow the roster one after another.
    order: Option<Vec<(usize, usize)>>,
}

impl Units {
    /// The units of all arenas.
    pub(crate) fn of(arenas: Vec<Arena>) -> Self {
        let places = arenas.iter().flat_map(|arena| &arena.units);
        if places.is_sorted_by_key(|unit| unit.place) {
            return Self {
                arenas,
                order: None,
            };
        }
        let all = arenas.iter().zip(0..);
        let all = all.flat_map(|(arena, at)| (0..arena.units.len()).map(move |unit| (at, unit)));
        let mut order: Vec<(usize, usize)> = all.collect();
        order.sort_by_key(|(at, unit)| arenas[*at].units[*unit].place);
        Self {
            arenas,
            order: Some(order),
        }
    }

    /// One after another.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Named<'_>> {
        let in_order = self.order.iter().flatten();
        let in_order = in_order.map(|(at, unit)| self.arenas[*at].unit(*unit));
        let as_they_are = match self.order {
            None => self.arenas.as_slice(),
            Some(_) => &[],
        };
        in_order.chain(as_they_are.iter().flat_map(Arena::iter))
    }
}

/// What a notice says of units in a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    units: Vec<ArenaUnit>,
    /// The obligations of all, those of one unit in a row; so are the rest.
    stands: Vec<Stood>,
    namings: Vec<ToldNaming>,
    outcomes: Vec<Outcome>,
    /// Codes and short names.
    text: String,
}

/// A unit in the arena.
#[derive(Clone, Debug)]
struct ArenaUnit {
    no: UnitNo,
    place: u32,
    class: u32,
    parent: Option<UnitNo>,
    stands: Extent,
    namings: Extent,
    before: Extent,
    code: Extent,
    name: Extent,
    counts: Counts,
}

impl Arena {
    /// Adds a unit, by number, area and class: the obligations at the cut-off that it is or was named for, each once; what it is
    /// named for, with the points of each booking, those for one trigger in a row; and what became of what the notice before named
    /// it for.
    pub(crate) fn add(
        &mut self,
        (no, parent, class): (UnitNo, Option<UnitNo>, u32),
        (stands, namings, before): (&[Stood], &[ToldNaming], &[Outcome]),
    ) -> Named<'_> {
        self.units.push(ArenaUnit {
            no,
            place: 0,
            class,
            parent,
            stands: Extent::append(&mut self.stands, stands.iter().copied()),
            namings: Extent::append(&mut self.namings, namings.iter().copied()),
            before: Extent::append(&mut self.outcomes, before.iter().copied()),
            code: Extent::default(),
            name: Extent::default(),
            counts: Counts::of(stands, namings),
        });
        self.unit(self.units.len() - 1)
    }

    /// Says of the unit at a place in the arena its place in the roster, its code and short name.
    pub(crate) fn name(&mut self, at: usize, place: u32, [code, name]: [&str; 2]) {
        let unit = &mut self.units[at];
        unit.place = place;
        unit.code = Extent::append_text(&mut self.text, code);
        unit.name = Extent::append_text(&mut self.text, name);
    }

    /// The units.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Named<'_>> {
        let units = self.units.iter();
        units.map(|unit| Named { arena: self, unit })
    }

    fn unit(&self, at: usize) -> Named<'_> {
        Named {
            arena: self,
            unit: &self.units[at],
        }
    }
}

/// What a notice says of one unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'n> {
    arena: &'n Arena,
    unit: &'n ArenaUnit,
}

impl<'n> Named<'n> {
    /// The unit's number.
    pub(crate) const fn no(self) -> UnitNo {
        self.unit.no
    }

    /// Its class, by number.
    pub(crate) const fn class(self) -> u32 {
        self.unit.class
    }

    /// The area above it, by number.
    pub(crate) const fn parent(self) -> Option<UnitNo> {
        self.unit.parent
    }

    /// Its code.
    pub(crate) fn code(self) -> &'n str {
        &self.arena.text[self.unit.code.range()]
    }

    /// Its short name.
    pub(crate) fn name(self) -> &'n str {
        &self.arena.text[self.unit.name.range()]
    }

    /// The obligations at the cut-off that it is or was named for, each once.
    pub(crate) fn stands(self) -> &'n [Stood] {
        &self.arena.stands[self.unit.stands.range()]
    }

    /// What it is named for, with the points of each booking. Those for one trigger follow one another.
    pub(crate) fn namings(self) -> &'n [ToldNaming] {
        &self.arena.namings[self.unit.namings.range()]
    }

    /// What became of what the notice before named it for.
    pub(crate) fn before(self) -> &'n [Outcome] {
        &self.arena.outcomes[self.unit.before.range()]
    }

    /// What the namings come to.
    pub(crate) const fn counts(self) -> &'n Counts {
        &self.unit.counts
    }

    /// Where an obligation stands that the notice before named; `None` where it is no longer owed.
    pub(crate) fn stood(self, outcome: &Outcome) -> Option<&'n Stood> {
        self.stands().get(outcome.stood? as usize)
    }

    /// Whether it was put right: completed, excused, or no longer owed.
    pub(crate) fn is_put_right(self, outcome: &Outcome) -> bool {
        let right = |at: Standing| at.is_completed() || at == Standing::Excused;
        let stood = self.stood(outcome);
        !outcome.reversed && stood.is_none_or(|stood| right(stood.standing))
    }

    /// The obligations that the unit is named for, because they were overdue, returned, or completed late.
    pub(crate) fn obligations(
        self,
        on: Trigger,
    ) -> impl Iterator<Item = (&'n ToldNaming, &'n Stood)> {
        obligations(self.stands(), self.namings(), on)
    }
}

fn obligations<'n>(
    stands: &'n [Stood],
    namings: &'n [ToldNaming],
    on: Trigger,
) -> impl Iterator<Item = (&'n ToldNaming, &'n Stood)> {
    let told = namings.iter().filter(move |told| told.naming.on == on);
    told.filter_map(|told| Some((told, stands.get(told.stood? as usize)?)))
}

impl Counts {
    /// What the namings of one unit come to; `stands` are the obligations that they tell of.
    fn of(stands: &[Stood], namings: &[ToldNaming]) -> Self {
        let mut counts = Self::default();
        for (told, stood) in obligations(stands, namings, Trigger::Overdue) {
            counts.overdue += 1;
            counts.caught_up |= told.caught_up.or(stood.fulfilled).is_some();
        }
        for ToldNaming { naming, .. } in namings {
            counts.praised |= naming.on == Trigger::Commended;
            if naming.rule.is_some() {
                let (off, added) = counts.sums.get_or_insert_default();
                let sum = if naming.points < Decimal::ZERO {
                    off
                } else {
                    added
                };
                *sum += naming.points;
            }
        }
        for _ in obligations(stands, namings, Trigger::Returned) {
            counts.returned += 1;
        }
        for _ in obligations(stands, namings, Trigger::Late) {
            counts.late += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arena(units: &[(UnitNo, u32, &str)]) -> Arena {
        let mut arena = Arena::default();
        for (no, _, _) in units {
            arena.add((*no, None, 0), (&[], &[], &[]));
        }
        for (at, (no, place, name)) in units.iter().enumerate() {
            arena.name(at, *place, [&no.to_string(), name]);
        }
        arena
    }

    fn names(arenas: Vec<Arena>) -> String {
        let units = Units::of(arenas);
        let names = units
            .iter()
            .map(|named| format!("{}{}", named.code(), named.name()));
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn units_follow_the_roster_whoever_found_them() {
        let (first, second) = (
            [(1, 3, "塘坝"), (2, 5, "大排")],
            [(4, 8, "石柱"), (7, 9, "")],
        );
        assert_eq!(
            names(vec![arena(&first), arena(&[]), arena(&second)]),
            "1塘坝 2大排 4石柱 7"
        );
        assert_eq!(
            names(vec![arena(&second), arena(&first)]),
            "1塘坝 2大排 4石柱 7"
        );
        let turned = [(1, 9, "塘坝"), (2, 5, "大排")];
        assert_eq!(
            names(vec![arena(&turned), arena(&second)]),
            "2大排 4石柱 1塘坝 7"
        );
        assert_eq!(names(Vec::new()), "");
    }
}
