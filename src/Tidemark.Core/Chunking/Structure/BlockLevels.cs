namespace Tidemark.Chunking.Structure;

/// <summary>What a block is followed by decides as much as what it is.</summary>
internal enum BlockKind
{
    Prose,
    Heading,
    List,

    /// <summary>A fence or a table.</summary>
    Whole,
}

/// <summary>How strong a boundary the start of a block is.</summary>
internal static class BlockLevels
{
    private const int Nested = 2;
    private const int Deep = 4;

    /// <summary>A heading right under a heading must not part them.</summary>
    public static BoundaryLevel OfHeading(int depth, BlockKind before) =>
        before == BlockKind.Heading
            ? BoundaryLevel.Item
            : (BoundaryLevel)((int)BoundaryLevel.Heading1 + 1 - depth);

    public static BoundaryLevel OfProse(int indent, BlockKind before, bool announced)
    {
        var level = OfBlock(indent, before, announced);
        return level == BoundaryLevel.Block && before is BlockKind.List or BlockKind.Whole
            ? BoundaryLevel.Transition
            : level;
    }

    /// <param name="announced">Whether the block before ends with a colon.</param>
    public static BoundaryLevel OfBlock(int indent, BlockKind before, bool announced) => (before, indent) switch
    {
        (BlockKind.Heading, _) => BoundaryLevel.Glued,
        (_, < Nested) => announced ? BoundaryLevel.Introduced : BoundaryLevel.Block,
        (_, < Deep) when !announced => BoundaryLevel.NestedItem,
        _ => BoundaryLevel.DeepItem,
    };

    /// <param name="opensList">Whether a new list, or a new item behind an empty line, starts here.</param>
    public static BoundaryLevel OfItem(int indent, BlockKind before, bool opensList, bool announced) => indent switch
    {
        _ when opensList && before == BlockKind.Heading => BoundaryLevel.Glued,
        _ when opensList && announced => BoundaryLevel.NestedItem,
        < Nested => BoundaryLevel.Item,
        < Deep => BoundaryLevel.NestedItem,
        _ => BoundaryLevel.DeepItem,
    };
}
