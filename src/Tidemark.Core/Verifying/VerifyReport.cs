using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Records;
using Tidemark.Syncing;

namespace Tidemark.Verifying;

/// <summary>The three-way comparison of source, records and index.</summary>
public sealed record VerifyReport
{
    /// <summary>Everything could be compared, and nothing differs.</summary>
    public required bool InSync { get; init; }

    /// <summary>Live documents.</summary>
    public long Documents { get; init; }

    /// <summary>Chunks that the documents' layouts name.</summary>
    public long Chunks { get; init; }

    /// <summary>Open chunk records.</summary>
    public long Records { get; init; }

    /// <summary>Entries of the vector index.</summary>
    public long Vectors { get; init; }

    /// <summary>Entries of the keyword index.</summary>
    public long Keywords { get; init; }

    /// <summary>Entries and embeddings that the records ask for and the store lacks.</summary>
    public long Missing { get; init; }

    /// <summary>
    /// Of <see cref="Missing"/>, vectors that the embedding store itself has lost: a repair asks the model for them, where entries of an
    /// index are made from what is stored.
    /// </summary>
    public long LostEmbeddings { get; init; }

    /// <summary>Entries of an index that no record asks for.</summary>
    public long Orphaned { get; init; }

    /// <summary>Entries that are there but not what record and embedding say.</summary>
    public long Stale { get; init; }

    /// <summary>
    /// Stored texts, ids, metadata, lists of chunks and vectors that are not what their seals and hashes say, each in
    /// <see cref="Errors"/>.
    /// </summary>
    public long Corrupt { get; init; }

    /// <summary>Some of what is damaged comes back from the sources of its documents only: a repair has to be given them.</summary>
    public bool NeedsSources { get; init; }

    /// <summary>Some of what is damaged no repair brings back.</summary>
    public bool NeedsBackup { get; init; }

    /// <summary>How the sources differ; all zero where none was named.</summary>
    public SourceDrift Source { get; init; } = SourceDrift.None;

    /// <summary>Index entries and records put right by this call.</summary>
    public long Repaired { get; init; }

    /// <summary>What the sync did that a repair made with the sources; null: there was none.</summary>
    public DocumentCounts? Synced { get; init; }

    /// <summary>Inputs embedded by this call.</summary>
    public long EmbeddingCalls { get; init; }

    /// <summary>What is damaged and what could not be compared, the first thousand of it.</summary>
    public IReadOnlyList<ItemFailure> Errors { get; init; } = [];

    /// <summary>What is odd in the sources, as the report of their sync would say it.</summary>
    public IReadOnlyList<ItemWarning> Warnings { get; init; } = [];

    /// <summary>Something differs, as opposed to: could not be compared.</summary>
    public bool HasDrift { get; init; }

    internal static VerifyReport Of(
        RecordCheck records, IndexCheck check, SourceDrift drift, IReadOnlyList<ItemFailure> failures)
    {
        var damagedVectors = check.MissingEmbeddings.Count(missing => missing.IsDamaged);
        var drifted = records.Count > 0 || !check.IsClean || drift.IsDrift;
        return new VerifyReport
        {
            InSync = !drifted && drift.Failed == 0,
            HasDrift = drifted,
            Documents = check.Documents,
            Chunks = check.Chunks,
            Records = check.Records,
            Vectors = check.Vectors,
            Keywords = check.Keywords,
            Missing = check.Missing + check.MissingEmbeddings.Count - damagedVectors,
            LostEmbeddings = check.MissingEmbeddings.Count - damagedVectors,
            Orphaned = check.Orphaned,
            Stale = check.Stale,
            Corrupt = records.Count + damagedVectors,
            NeedsSources = records.Damages.Any(damage => damage.Kind is DamageKind.Document or DamageKind.Remnant),
            NeedsBackup = records.Damages.Any(damage => damage.Kind == DamageKind.Lost),
            Source = drift,
            Errors =
            [
                .. DamageErrors.Of(records).Concat(DamageErrors.Of(check.MissingEmbeddings))
                    .Concat(DamageErrors.OfPast(check.MissingEmbeddings)).Concat(failures).Take(RecordCheck.MostListed),
            ],
        };
    }
}
