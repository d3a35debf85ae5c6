namespace Tidemark.Chunking.Structure;

/// <summary>
/// How natural it is to cut a text before this place, weakest first. The structure decides before the content.
/// </summary>
internal enum BoundaryLevel : byte
{
    /// <summary>Inside a run without any space.</summary>
    Unit,
    Word,

    /// <summary>What follows a heading directly; cut only in need.</summary>
    Glued,
    Line,
    Sentence,
    DeepItem,
    NestedItem,
    Item,

    /// <summary>A block that the one before announces with a colon.</summary>
    Introduced,
    Block,

    /// <summary>Prose that resumes after a list, fence or table; a thematic break.</summary>
    Transition,
    Heading6,
    Heading5,
    Heading4,
    Heading3,
    Heading2,
    Heading1,
}
