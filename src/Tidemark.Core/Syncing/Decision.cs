using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing;

/// <summary>What is to be done about one listed item, decided from what was stored when it was looked at.</summary>
internal sealed record Decision
{
    public required string Id { get; init; }

    public required DocumentChange Change { get; init; }

    /// <summary>What the store said when the item was looked at.</summary>
    public required DocumentGlance Glance { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What is other than what is stored; none of what is new.</summary>
    public ChangedInputs Changed { get; init; }

    /// <summary>The rules that decided of it.</summary>
    public RuleNames By { get; init; }

    /// <summary>The rule that would hold if it had the date that is counted from; null: none.</summary>
    public (string Rule, RuleDate From)? Undated { get; init; }

    /// <summary>Null where nothing has to be written.</summary>
    public DocumentWrite? Write { get; init; }

    public ChunkDiffResult Chunks { get; init; } = ChunkDiffResult.Nothing;

    /// <summary>The embedding inputs of the chunks to add, in their order.</summary>
    public IReadOnlyList<Embedding.EmbeddingInput> Inputs { get; init; } = [];

    /// <summary>The run takes what comes, whatever its version.</summary>
    public bool IgnoresVersion { get; init; }

    /// <summary>By its version it is newer than what was stored when it was looked at; false where that cannot be told.</summary>
    public bool IsNewer { get; init; }

    /// <summary>What orders it among the items of its id.</summary>
    public DocumentVersion Version => IgnoresVersion ? DocumentVersion.None : ChangeOrder.VersionOf(Change);

    /// <summary>The time that the source gives, whatever orders the items; null: none.</summary>
    public DateTimeOffset? Time => Change switch
    {
        DocumentChange.Upsert upsert => upsert.Document.Version.ModifiedAt,
        DocumentChange.Delete delete => delete.Version.ModifiedAt,
        _ => null,
    };

    /// <summary>The time of what was stored when it was looked at; null: none.</summary>
    public DateTimeOffset? StoredTime { get; init; }

    /// <summary>It contradicts what is stored, so it fails unless another item of its id counts; null: it does not.</summary>
    public ItemFailure? Conflict { get; init; }

    /// <summary>An earlier item of its id that nothing orders it against: should this one be outdated, that one counts.</summary>
    public Decision? Otherwise { get; init; }

    public bool IsTombstone => Change is DocumentChange.Delete;

    /// <summary>What is told where the item fails, under the name that its source gives it.</summary>
    public ItemFailure FailureOf(ItemException e) => new(Conflict?.Item ?? Id, e.Code, e.Message, e.Remedy, HidesDocuments: false);

    /// <summary>The same decision, noting that its id stood more than once in the run.</summary>
    public Decision Repeated() => this with
    {
        Write = Write switch
        {
            DocumentWrite.Put put => put with { Repeats = true },
            DocumentWrite.Remove remove => remove with { Repeats = true },
            DocumentWrite.Touch touch => touch with { Repeats = true },
            var other => other,
        },
    };

    /// <summary>The same decision, come after another of its id in the run: what orders that one still holds.</summary>
    public Decision After(Decision earlier) => Remembering(earlier) with
    {
        Otherwise = Version.IsNone ? null : Version.CompareTo(earlier.Version) is null ? earlier : earlier.Otherwise,
    };

    /// <summary>Whether it changes nothing, where an earlier item of its id, which nothing orders it against, does.</summary>
    public bool YieldsTo(Decision earlier) =>
        Verdict is Verdict.Outdated && earlier.Verdict is not Verdict.Outdated && Version.CompareTo(earlier.Version) is null;

    private Decision Remembering(Decision earlier)
    {
        if (IgnoresVersion || earlier.Verdict is Verdict.Outdated || Version.After(earlier.Version) == Version)
        {
            return this;
        }

        return this with
        {
            Change = ChangeOrder.After(Change, earlier.Version),
            Write = Write switch
            {
                DocumentWrite.Put put => put with { Document = put.Document with { Version = Remembered(put.Document.Version) } },
                DocumentWrite.Remove remove => remove with { Version = Remembered(remove.Version) },
                DocumentWrite.Touch touch => touch with { Version = Remembered(touch.Version) },
                var other => other,
            },
        };

        DocumentVersion Remembered(DocumentVersion known) => ChangeOrder.OwnVersionOf(Change).After(known.Latest(earlier.Version));
    }
}
