using Tidemark.Documents;

namespace Tidemark.Records;

/// <summary>What a store knows of a namespace at one moment.</summary>
public sealed record NamespaceSummary
{
    /// <summary>The fault of a namespace whose rows say something else than both their second copies.</summary>
    public const string Rebuilt = "what it was built with is not what was stored";

    /// <summary>The fault of one of which nothing tells any more what answers for it.</summary>
    public const string Unanswered = "the generation that answers for it is gone or not what was stored";

    /// <summary>The fault of one whose commits at a moment are not those that were logged.</summary>
    public const string Misdated = "when its commits were made is not what was logged";

    /// <summary>As it was given.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What of its records is gone as a whole, which would make a full index look like an empty one; null: nothing. A repair needs the
    /// namespace all the same.
    /// </summary>
    public string? Loss { get; init; }

    /// <summary>The one that answers queries; null before the first sync.</summary>
    public GenerationRecord? Generation { get; init; }

    /// <summary>Live ones.</summary>
    public long Documents { get; init; }

    /// <summary>Live ones, in the active generation.</summary>
    public long Chunks { get; init; }

    /// <summary>The one beside it that is filled or follows; null: there is none.</summary>
    public GenerationRecord? Beside { get; init; }

    /// <summary>Live documents that it has as they are now.</summary>
    public long DocumentsBeside { get; init; }

    /// <summary>Their chunks in it.</summary>
    public long ChunksBeside { get; init; }

    /// <summary>When the active generation was promoted over another one; null: it never was, or that is not known.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The last commit sequence.</summary>
    public long Sequence { get; init; }

    /// <summary>The first commit as of which everything is still kept; what is before it was given up when its time was over.</summary>
    public long Horizon { get; init; }

    /// <summary>
    /// The first time at which a live document expires; null: none does. What has expired is in no answer, and stays live in the records
    /// until somebody closes it.
    /// </summary>
    public DateTimeOffset? NextExpiry { get; init; }

    /// <summary>When the last run ended that saw everything; null: there was none.</summary>
    public DateTimeOffset? LastCompleteSync { get; init; }

    /// <summary>For whoever is about to answer from its records.</summary>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: there is a <see cref="Loss"/>.</exception>
    public NamespaceSummary RequireWhole() =>
        Loss is { } loss ? throw StoredValue.Damaged($"namespace {Name}", loss) : this;

    /// <summary>What is wrong with the rows that it hangs on.</summary>
    public static TidemarkException Damaged(string name, string fault) => new(
        ErrorCodes.StoreCorrupt,
        $"the namespace '{name}' is damaged: {fault}",
        "run 'VerifyAsync(Repair)': it comes back from its second copy, without embedding anything");
}
