//! The declaration of a mapping of the language, once.
//!
//! In: the docs, names and types of its keys. Out: its struct, its decoder, its key list for
//! did-you-mean, and its JSON Schema, from the same lines. Refuses to know: how nodes are read.

/// What a field of a record is while its key is absent.
pub(crate) trait Absent {
    const ABSENT: Self;
}

impl<T> Absent for Option<T> {
    const ABSENT: Self = None;
}

impl<T> Absent for Vec<T> {
    const ABSENT: Self = Self::new();
}

/// Declares a mapping of the language.
///
/// `"noun" Name { docs field ("key")?: Type, … } rare Rest { … }? required [..]? short field?`
/// `rare` declares further fields, which most elements leave out: they live in a box that is
/// made when the first of them is stated, and are read as if they were fields of `Name`.
/// `short` names the field that a bare scalar stands for.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $noun:literal $name:ident
        { $( $(#[doc = $field_doc:literal])+ $field:ident $(= $key:literal)? : $type:ty ),+ $(,)? }
        $(rare $rest:ident
        { $( $(#[doc = $rare_doc:literal])+ $rare:ident $(= $rare_key:literal)? : $rare_type:ty ),+ $(,)? })?
        $(required [$($required:literal),+])?
        $(short $short:ident : $short_type:ty)?
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug)]
        pub struct $name<'s> {
            /// Where the whole mapping is written.
            pub span: Span,
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
            $( rest: Option<Box<$rest<'s>>>, )?
            pub(crate) lifetime: std::marker::PhantomData<&'s ()>,
            unread: u64,
        }

        $(
            #[doc = concat!("What few of [`", stringify!($name), "`] state.")]
            #[derive(Clone, Debug)]
            pub struct $rest<'s> {
                $( $(#[doc = $rare_doc])+ pub $rare: $rare_type, )+
            }

            impl<'s> $rest<'s> {
                const NOTHING: &'s Self =
                    &Self { $( $rare: <$rare_type as $crate::spec::record::Absent>::ABSENT ),+ };
            }

            impl<'s> std::ops::Deref for $name<'s> {
                type Target = $rest<'s>;
                fn deref(&self) -> &$rest<'s> {
                    self.rest.as_deref().unwrap_or($rest::NOTHING)
                }
            }

            impl<'s> std::ops::DerefMut for $name<'s> {
                fn deref_mut(&mut self) -> &mut $rest<'s> {
                    self.rest.get_or_insert_with(|| Box::new($rest::NOTHING.clone()))
                }
            }
        )?

        impl $crate::spec::decode::Mapped for $name<'_> {}

        impl<'s> $crate::spec::written::Written<'s> for $name<'s> {
            fn says_same(&self, other: &Self) -> bool {
                $( $crate::spec::written::Written::says_same(&self.$field, &other.$field) )&&+
                $( && match (&self.rest, &other.rest) {
                    (None, None) => true,
                    _ => $( $crate::spec::written::Written::says_same(&self.$rare, &other.$rare) )&&+,
                } )?
            }
            fn data(&self) -> $crate::spec::written::Data<'s> {
                let keys = vec![ $( (
                    record!(@key $field $($key)?),
                    $crate::spec::written::Written::data(&self.$field),
                ), )+ $( $( (
                    record!(@key $rare $($rare_key)?),
                    $crate::spec::written::Written::data(&self.$rare),
                ) ),+ )? ];
                let content = $crate::spec::written::Content::Record(stringify!($name), keys);
                $crate::spec::written::Data::new(content, self.span)
            }
        }

        const _: () = {
        #[expect(non_camel_case_types, reason = "the variants are named after the fields")]
        enum Key { $($field,)+ $($($rare),+)? }

        impl<'s> $crate::spec::decode::Record<'s> for $name<'s> {
            const NOUN: &'static str = $noun;
            const KEYS: &'static [&'static str] = &[
                $( record!(@key $field $($key)?), )+
                $( $( record!(@key $rare $($rare_key)?) ),+ )?
            ];
            const REQUIRED: &'static [&'static str] = &[$($($required),+)?];

            fn nothing(span: Span) -> Self {
                Self {
                    span,
                    $( $field: <$type as $crate::spec::record::Absent>::ABSENT, )+
                    $( rest: record!(@none $rest), )?
                    lifetime: std::marker::PhantomData,
                    unread: 0,
                }
            }

            fn index(key: &str) -> Option<usize> {
                match key {
                    $( record!(@key $field $($key)?) => Some(Key::$field as usize), )+
                    $( $( record!(@key $rare $($rare_key)?) => Some(Key::$rare as usize), )+ )?
                    _ => None,
                }
            }

            fn unread(&self) -> u64 {
                self.unread
            }

            fn add_unread(&mut self, keys: u64) {
                self.unread |= keys;
            }

            fn set(&mut self, index: usize, cx: &mut $crate::spec::decode::Decoder<'s, '_>, value: Node<'s>) -> Option<()> {
                match index {
                    $( index if index == Key::$field as usize => {
                        self.$field = <$type as $crate::spec::decode::Decode>::decode(cx, value)?;
                    } )+
                    $( $( index if index == Key::$rare as usize => {
                        self.$rare = <$rare_type as $crate::spec::decode::Decode>::decode(cx, value)?;
                    } )+ )?
                    _ => {}
                }
                Some(())
            }
        }
        };

        impl<'s> $crate::spec::decode::Decode<'s> for $name<'s> {
            fn decode(cx: &mut $crate::spec::decode::Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
                $(
                    if !matches!(node.kind(), NodeKind::Mapping | NodeKind::Sequence) {
                        let short = <$short_type as $crate::spec::decode::Decode>::decode(cx, node)?;
                        return Some(Self { $short: short, ..<Self as $crate::spec::decode::Record>::nothing(node.span()) });
                    }
                )?
                cx.record(node)
            }

            #[expect(clippy::allow_attributes, reason = "the macro serves records with and without short forms")]
            #[allow(unused_variables, reason = "the macro serves records with and without short forms")]
            fn schema(schemas: &mut $crate::spec::decode::Schemas) -> serde_json::Value {
                schemas.define(stringify!($name), |schemas| {
                    let mut properties = serde_json::Map::new();
                    let mut add = |key: &str, mut schema: serde_json::Value, description: &str| {
                        if let Some(object) = schema.as_object_mut() {
                            object.insert("description".into(), description.trim().into());
                        }
                        properties.insert(key.into(), schema);
                    };
                    $( add(
                        record!(@key $field $($key)?),
                        <$type as $crate::spec::decode::Decode>::schema(schemas),
                        concat!($($field_doc),+),
                    ); )+
                    $( $( add(
                        record!(@key $rare $($rare_key)?),
                        <$rare_type as $crate::spec::decode::Decode>::schema(schemas),
                        concat!($($rare_doc),+),
                    ); )+ )?
                    let record = serde_json::json!({
                        "type": "object",
                        "description": concat!($($doc),+).trim(),
                        "properties": properties,
                        "patternProperties": { "^x-": true },
                        "required": <Self as $crate::spec::decode::Record>::REQUIRED,
                        "additionalProperties": false,
                    });
                    $(
                        let short = <$short_type as $crate::spec::decode::Decode>::schema(schemas);
                        return serde_json::json!({ "anyOf": [short, record] });
                    )?
                    #[allow(unreachable_code, reason = "only records without a short form come here")]
                    record
                })
            }
        }
    };
    (@key $field:ident $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
    (@none $rest:ident) => { None };
}
pub(crate) use record;
