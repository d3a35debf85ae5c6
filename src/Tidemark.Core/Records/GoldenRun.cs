namespace Tidemark.Records;

/// <summary>All golden queries of a namespace asked at one time.</summary>
public sealed record GoldenRun
{
    /// <summary>Of this many newest runs of a namespace the single results are kept.</summary>
    public const int KeptResults = 5;

    /// <summary>The store's number of it; 0: it is not kept yet.</summary>
    public long Id { get; init; }

    /// <summary>The generation that answered.</summary>
    public long Generation { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What <see cref="Score"/> is: <c>recall@10</c> or <c>ndcg@10</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>How many queries there were.</summary>
    public required int Queries { get; init; }

    /// <summary>Of how many somebody had said what should be found.</summary>
    public required int Labelled { get; init; }

    /// <summary>Of how many of those that must a document was not found.</summary>
    public int Missed { get; init; }

    /// <summary>The mean over the labelled ones, from 0 to 1; null: there was none.</summary>
    public double? Score { get; init; }

    /// <summary>One for each query; null: they are not kept any more.</summary>
    public IReadOnlyList<GoldenResult>? Results { get; init; }
}
