namespace Tidemark.Records;

public sealed record NamespaceSummary
{
    public required string Name { get; init; }

    public GenerationRecord? Generation { get; init; }

    public long Documents { get; init; }

    public long Chunks { get; init; }

    public long Sequence { get; init; }

    public DateTimeOffset? LastCompleteSync { get; init; }
}
