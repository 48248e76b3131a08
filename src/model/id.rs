//! Typed indices into the arrays of a [`Model`](super::Model).

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {
        $($(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            /// The position in the model's array.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })+
    };
}

ids! {
    /// Names a layer.
    LayerId,
    /// Names a category.
    CategoryId,
    /// Names an owner.
    OwnerId,
    /// Names a component.
    ComponentId,
    /// Names a topic.
    TopicId,
    /// Names a flow.
    FlowId,
    /// Names a scenario.
    ScenarioId,
}
