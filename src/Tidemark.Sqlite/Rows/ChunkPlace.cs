namespace Tidemark.Sqlite.Rows;

/// <summary>Where the chunks of one written document belong.</summary>
internal readonly record struct ChunkPlace
{
    public required long Generation { get; init; }

    /// <summary>Inputs are not the chunks' texts.</summary>
    public required bool IsNormalized { get; init; }

    public required long Space { get; init; }

    public required long Document { get; init; }

    public required long Sequence { get; init; }

    public required long Now { get; init; }
}
