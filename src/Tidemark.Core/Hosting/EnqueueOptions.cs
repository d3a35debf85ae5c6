namespace Tidemark;

/// <summary>How changes are put into the queue.</summary>
public sealed record EnqueueOptions
{
    /// <summary>The name of the source that the documents belong to.</summary>
    public string SourceName { get; init; } = "documents";

    /// <summary>Null: the namespace of the index.</summary>
    public string? Namespace { get; init; }

    /// <summary>The queue's limit: beyond so many waiting changes a batch is refused with <c>queue.full</c>.</summary>
    public long MostWaiting { get; init; } = 1_000_000;
}
