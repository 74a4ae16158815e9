//! The cells of one record.

/// Where a cell's text stands; from `FREED` on in the texts whose pairs of quotes were made one.
pub(super) type Place = (u32, u32);
pub(super) const FREED: u32 = 1 << 31;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'r> {
    pub(super) text: &'r str,
    pub(super) freed: &'r str,
    pub(super) places: &'r [Place],
}

impl<'r> Cells<'r> {
    #[inline]
    pub(crate) fn get(&self, cell: usize) -> Option<&'r str> {
        let (start, end) = *self.places.get(cell)?;
        if start < FREED {
            self.text.get(start as usize..end as usize)
        } else {
            self.freed
                .get((start - FREED) as usize..(end - FREED) as usize)
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'r str> {
        (0..self.len()).map(move |cell| self.get(cell).unwrap_or(""))
    }
}
