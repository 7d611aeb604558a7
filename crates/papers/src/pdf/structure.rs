//! The structure of a paper as the PDF has it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, TableHeaderScope, Tag, TagGroup, TagTree};

use super::pages::{Leaf, Node, Pages, Table};

/// The tree by which a paper is read, of its nodes and what their leaves became.
pub(super) fn tree(pages: &Pages, leaves: &[Option<Identifier>], language: &str) -> TagTree {
    let leaves = Leaves(leaves);
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for node in &pages.nodes {
        tree.push(group(node, &leaves));
    }
    tree
}

struct Leaves<'a>(&'a [Option<Identifier>]);

impl Leaves<'_> {
    fn into(&self, mut group: TagGroup, leaves: &[Leaf]) -> TagGroup {
        for leaf in leaves {
            if let Some(Some(id)) = self.0.get(*leaf) {
                group.push(*id);
            }
        }
        group
    }
}

fn group(node: &Node, leaves: &Leaves<'_>) -> TagGroup {
    match node {
        Node::Heading { level, text, leaves: own } => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            leaves.into(TagGroup::new(Tag::Hn(level, Some(text.clone()))), own)
        }
        Node::Paragraph(own) => leaves.into(TagGroup::new(Tag::P), own),
        Node::List { numbered, items } => {
            let kind = if *numbered { ListNumbering::Decimal } else { ListNumbering::Disc };
            let mut list = TagGroup::new(Tag::L(kind));
            for (label, body) in items {
                let mut item = TagGroup::new(Tag::LI);
                item.push(leaves.into(TagGroup::new(Tag::Lbl), &[*label]));
                item.push(leaves.into(TagGroup::new(Tag::LBody), body));
                list.push(item);
            }
            list
        }
        Node::Table(table) => of_table(table, leaves),
        Node::Figure { alt, leaf, caption } => {
            let mut figure = leaves.into(TagGroup::new(Tag::Figure(Some(alt.clone()))), &[*leaf]);
            if !caption.is_empty() {
                figure.push(leaves.into(TagGroup::new(Tag::Caption), caption));
            }
            figure
        }
    }
}

fn of_table(table: &Table, leaves: &Leaves<'_>) -> TagGroup {
    let mut group = TagGroup::new(Tag::Table.with_summary(Some(table.summary.clone()).filter(|text| !text.is_empty())));
    if !table.caption.is_empty() {
        group.push(leaves.into(TagGroup::new(Tag::Caption), &table.caption));
    }
    if !table.head.is_empty() {
        let mut row = TagGroup::new(Tag::TR);
        for cell in &table.head {
            row.push(leaves.into(TagGroup::new(Tag::TH(TableHeaderScope::Column)), cell));
        }
        group.push(row);
    }
    for cells in &table.rows {
        let mut row = TagGroup::new(Tag::TR);
        for (column, cell) in cells.iter().enumerate() {
            let named = table.rows_are_named && column == 0;
            let cell_group = if named { TagGroup::new(Tag::TH(TableHeaderScope::Row)) } else { TagGroup::new(Tag::TD) };
            row.push(leaves.into(cell_group, cell));
        }
        group.push(row);
    }
    group
}
