using System.Collections.Immutable;
using Tidemark.Documents;
using Tidemark.Embedding.Pricing;
using Tidemark.Records;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing;

/// <summary>What a run did; the history keeps it, and it is printed, as JSON.</summary>
public sealed record SyncReport
{
    /// <summary>Null for a plan.</summary>
    public long? Run { get; init; }

    /// <summary>The namespace that was synced.</summary>
    public required string Namespace { get; init; }

    /// <summary><c>none</c>, <c>incremental</c>, <c>full</c>; <c>mixed</c> where the sources differ.</summary>
    public required string Cleanup { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>What became of documents.</summary>
    public required DocumentCounts Documents { get; init; }

    /// <summary>What became of chunks.</summary>
    public required ChunkCounts Chunks { get; init; }

    /// <summary>What was embedded, reused and paid.</summary>
    public required EmbeddingCounts Embedding { get; init; }

    /// <summary>What the deletion guard held back; null: nothing.</summary>
    public GuardReport? Guard { get; init; }

    /// <summary>Null unless the budget ended the run, or would.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>How the external index stands; null where the index is in the store, and for a plan.</summary>
    public IndexReport? Index { get; init; }

    /// <summary>How far the generation that follows was brought; null: none follows, and for a plan.</summary>
    public FollowerReport? Follower { get; init; }

    /// <summary>The items that failed, the first thousand of them; the rest is only counted.</summary>
    public IReadOnlyList<ItemFailure> Errors { get; init; } = [];

    /// <summary>What was taken and yet is odd, the first thousand of it; without effect on the outcome.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];

    /// <summary>How many files of each ending (with its dot, in lower case) no extractor takes; <c>link</c> and <c>special</c> are what is never opened.</summary>
    public IReadOnlyDictionary<string, long> NotTaken { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Documents of the run's sources that have no text, so nothing of them is ever found.</summary>
    public long WithoutText { get; init; }

    /// <summary>From the call to the report.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Only of a plan: the commit sequence and the generation that it was made for; 0 where there is none.</summary>
    public (long Sequence, long Generation) MadeFor { get; init; }

    /// <summary>How long reading, cutting, embedding, applying and cleaning up took.</summary>
    public LatencyReport Latency { get; init; } = LatencyReport.None;

    /// <summary>Only of a plan.</summary>
    public IReadOnlyList<PlannedChange>? Changes { get; init; }

    /// <summary>What ended a run that failed, in the history; null: it came to its end.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>The plan that the run did, as <see cref="ApprovedPlan.Fingerprint"/> names it; null: none.</summary>
    public string? Plan { get; init; }

    /// <summary>How much of each source was listed, for the person at the terminal; not part of the JSON.</summary>
    public IReadOnlyList<SourceCounts> Sources { get; init; } = [];
}

/// <summary>Seen = added + updated + skipped + outdated + forgotten + failed + tombstones.</summary>
public sealed record DocumentCounts(
    long Seen,
    long Added,
    long Updated,
    long Skipped,
    long Deleted,
    long Moved,
    long Outdated,
    long Forgotten,
    long Failed)
{
    /// <summary>Items that end a document, in the index or not: tombstones, and records whose time was over when they came.</summary>
    public long Tombstones => Seen - Added - Updated - Skipped - Outdated - Forgotten - Failed;
}

/// <summary>What became of chunks.</summary>
/// <param name="Added">New to the index.</param>
/// <param name="Patched">Their text or metadata was changed without an embedding.</param>
/// <param name="Unchanged">As they were.</param>
/// <param name="Deleted">They left the index.</param>
public sealed record ChunkCounts(long Added, long Patched, long Unchanged, long Deleted);

/// <param name="Inputs">Distinct texts really sent to the model.</param>
/// <param name="Reused">Needed inputs that the embedding store had.</param>
/// <param name="Tokens">As the provider reports them, estimated where it reports none.</param>
/// <param name="Avoided">What was looked at and not embedded.</param>
/// <param name="PricePerMillionTokens">USD; null where no price is known.</param>
public sealed record EmbeddingCounts(
    string Space,
    long Requests,
    long Inputs,
    long Reused,
    long Tokens,
    AvoidedTokens Avoided,
    decimal? PricePerMillionTokens)
{
    /// <summary>Where the model was asked, without anything that may be secret; null: it was not, or in the run's own process.</summary>
    public string? Endpoint { get; init; }

    /// <summary>USD; null where no price is known.</summary>
    public decimal? Cost => CostOf(Tokens);

    /// <summary>What embedding all that was looked at and not embedded would have cost; null where no price is known.</summary>
    public decimal? AvoidedCost => CostOf(Avoided.Unchanged + Avoided.Reused);

    /// <summary>USD; null where no price is known.</summary>
    public decimal? CostOf(long tokens) => TokenPrice.CostOf(tokens, PricePerMillionTokens);
}

/// <param name="Held">Deletes held back; of a source in another place than before, replaced documents too.</param>
/// <param name="Share">Of the source's documents.</param>
public sealed record GuardReport(long Held, double Share, string Source, string Remedy)
{
    /// <summary>
    /// Where the source lay before, if that is why it was held back: then nothing of it was taken. Null: only deletes were held back.
    /// </summary>
    public string? MovedFrom { get; init; }
}

/// <summary>How much of one source was listed.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Items">Items listed.</param>
/// <param name="Bytes">Bytes that they stand for.</param>
/// <param name="Elided">Items that did not have to be read.</param>
public sealed record SourceCounts(string Name, long Items, long Bytes, long Elided);

/// <param name="Change">added, edited, metadata, moved, deleted, touched, rebuilt.</param>
/// <param name="Reason">text, metadata, token, chunker, model, new, removed, tombstone, force …</param>
/// <param name="MovedFrom">The former id of a moved document.</param>
public sealed record PlannedChange(
    string Document, string Change, string Reason, ChunkCounts Chunks, long Tokens, string? MovedFrom = null)
{
    /// <summary>The reason why a document leaves the index whose time is over.</summary>
    internal const string Expired = "expired";

    /// <summary>Every input that is other than what the index has; none of what is new, or gone.</summary>
    public ChangedInputs Changed { get; init; }

    /// <summary>The rules that decided of it, where it says nothing itself.</summary>
    public RuleNames By { get; init; }

    /// <summary>Inputs that the model would be asked for.</summary>
    public long Embedded { get; init; }

    /// <summary>From 0 to 1: the share of its chunks for which the model is not asked. Null: it will have none.</summary>
    public double? Reused => ShareOf(Chunks.Added + Chunks.Unchanged, Embedded);

    /// <summary>Stands for everything that would be written of the document; null where that is its token only.</summary>
    public ContentHash? Digest { get; init; }

    internal static double? ShareOf(long chunks, long embedded) => chunks == 0 ? null : 1 - ((double)embedded / chunks);
}
