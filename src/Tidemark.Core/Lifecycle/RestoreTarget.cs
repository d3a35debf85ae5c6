using Tidemark.Records;

namespace Tidemark.Lifecycle;

/// <summary>What is to be brought back: one document, all of a source id or of a source, or what a run let go.</summary>
public sealed record RestoreTarget
{
    private RestoreTarget()
    {
    }

    /// <summary>The id of one document; null: it is something else.</summary>
    public string? Id { get; private init; }

    /// <summary>A source id, or the name of a source; null: it is something else.</summary>
    public string? Group { get; private init; }

    /// <summary>The run; null: it is something else.</summary>
    public long? Run { get; private init; }

    internal bool Covers(DocumentSummary state) =>
        (Id is null || string.Equals(Id, state.Id, StringComparison.Ordinal))
        && (Group is null || string.Equals(Group, state.SourceId, StringComparison.Ordinal)
            || string.Equals(Group, state.Source, StringComparison.Ordinal));

    /// <summary>One document.</summary>
    public static RestoreTarget Document(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new RestoreTarget { Id = id };
    }

    /// <summary>All documents of a source id, or of the source of that name.</summary>
    public static RestoreTarget Source(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new RestoreTarget { Group = id };
    }

    /// <summary>What a run took out of the index, and what is still out of it.</summary>
    public static RestoreTarget OfRun(long run)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run, 1);
        return new RestoreTarget { Run = run };
    }
}
