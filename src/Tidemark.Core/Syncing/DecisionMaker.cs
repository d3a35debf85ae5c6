using Tidemark.Chunking;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing.Rules;

namespace Tidemark.Syncing;

/// <summary>Turns an item and what is stored of it into a decision with its write. Pure.</summary>
internal sealed class DecisionMaker(
    DocumentCutter cutter, SourceKey source, SyncOptions request, ChangeTimes times)
{
    private readonly JudgeOptions _judging = JudgeOptions.Of(request);

    /// <summary>What holds for documents that say nothing themselves.</summary>
    public SourcePolicy Policy { get; init; } = SourcePolicy.None;

    /// <param name="change">As its source gives it.</param>
    /// <param name="stored">Null: the id is unknown.</param>
    /// <param name="arrivedAt">It counts as changed then, where nothing says when it was; null: that is not known.</param>
    /// <exception cref="ItemException">The item cannot be taken.</exception>
    /// <exception cref="ConflictException">It is expected to be otherwise.</exception>
    public Decision Decide(DocumentChange change, DocumentRecord? stored, DateTimeOffset? arrivedAt = null)
    {
        if (request.Expected is { } expected
            && ChangeOrder.DocumentOf(change) is { } document
            && expected.TryGetValue(document, out var expectation))
        {
            ExpectationCheck.Require(document, expectation, stored);
        }

        return change switch
        {
            DocumentChange.Upsert upsert => Take(upsert, stored, arrivedAt),
            DocumentChange.Delete delete => Decide(delete, stored),
            _ => throw new ArgumentOutOfRangeException(nameof(change)),
        };
    }

    /// <summary>The same under a watch: to cut a long text takes its time.</summary>
    /// <param name="item">How the item is named in an error.</param>
    public ValueTask<Decision> DecideAsync(
        DocumentChange change, DocumentRecord? stored, string item, CancellationToken cancellationToken, DateTimeOffset? arrivedAt = null) =>
        WorkWatch.Default.RunAsync(
            change is DocumentChange.Upsert upsert ? upsert.Document.Text.Length : 0,
            item,
            () => Decide(change, stored, arrivedAt),
            cancellationToken);

    /// <summary>With what the rules say of it. What the decision carries is the change as it came, for it may be judged once more.</summary>
    private Decision Take(DocumentChange.Upsert upsert, DocumentRecord? stored, DateTimeOffset? arrivedAt)
    {
        var ruled = Policy.Apply(upsert.Document);
        var document = ruled.Document with { Token = Policy.Mark(ruled.Document.Token), ChangedAt = ruled.Document.ChangedAt ?? arrivedAt };
        var taken = upsert with { Document = document };
        var decision = ExpiryRule.IsOver(document, times.StartedAt) && !request.AppendOnly
            ? Decide(ExpiryRule.Applied(taken), stored)
            : Decide(taken, stored, ruled.By) with { Change = upsert };
        return decision with { By = ruled.By, Undated = ruled.Undated };
    }

    private Decision Decide(DocumentChange.Upsert upsert, DocumentRecord? stored, RuleNames by)
    {
        var document = upsert.Document;
        if (request.AppendOnly && document.ExpiresAt is not null)
        {
            throw AppendOnly(document.Id, "expires");
        }

        if (request.Suppressions.Cover(document))
        {
            return stored?.Glance.State is not DocumentState.Live || request.AppendOnly
                ? DecisionOf(document.Id, upsert, stored, Verdict.Forgotten)
                : Decide(new DocumentChange.Delete(document.Id, document.SourceId, document.Version, ChangeToken.None), stored);
        }

        var textHash = ContentHash.Of(document.Text);
        var verdict = DocumentDiff.Judge(stored, document, textHash, source, _judging with { Ruled = by.Ruled });
        var decision = DecisionOf(document.Id, upsert, stored, verdict) with { Changed = DocumentDiff.Compare(stored, document, textHash) };
        var remembered = Remembered(document.Version, upsert, stored);
        var taken = remembered == document.Version ? document : document with { Version = remembered };
        return verdict switch
        {
            Verdict.Unchanged => decision with { Write = TouchIfNews(taken, stored!) },
            Verdict.Outdated => decision,
            Verdict.Metadata when !request.Force => KeepChunks(decision, taken, stored!),
            _ => CutAnew(decision, taken, textHash, stored),
        };
    }

    private Decision Decide(DocumentChange.Delete delete, DocumentRecord? stored)
    {
        if (request.AppendOnly)
        {
            throw AppendOnly(delete.Id, "is deleted");
        }

        var token = Policy.Mark(delete.Token);
        var verdict = stored?.Glance.State is not DocumentState.Live && request.Suppressions.Cover(delete.Id, delete.SourceId)
            ? Verdict.Forgotten
            : DocumentDiff.Judge(stored, delete with { Token = token }, source, _judging);
        var decision = DecisionOf(delete.Id, delete, stored, verdict);
        return verdict is not (Verdict.Deleted or Verdict.Buried) ? decision : decision with
        {
            Chunks = ChunkDiffResult.Nothing with { Closed = stored?.Chunks.Count ?? 0 },
            Write = new DocumentWrite.Remove
            {
                Id = delete.Id,
                ExpectedSequence = stored?.Glance.Sequence ?? 0,
                Key = stored?.Glance.Key ?? default,
                Source = source,
                SourceId = stored?.SourceId ?? delete.SourceId,
                State = delete.IsExpiry ? DocumentState.Expired : DocumentState.Tombstoned,
                Version = Remembered(delete.Version, delete, stored),
                Token = delete.IsExpiry ? ChangeToken.None : token,
                Changed = times.Of(delete.Version.ModifiedAt, stamped: null),
            },
        };
    }

    private Decision DecisionOf(string id, DocumentChange change, DocumentRecord? stored, Verdict verdict)
    {
        var decision = new Decision
        {
            Id = id,
            Change = change,
            Glance = stored?.Glance ?? default,
            Verdict = verdict,
            IgnoresVersion = request.IgnoreVersions,
            StoredTime = stored?.Version.ModifiedAt,
        };
        return decision with { IsNewer = decision.Version.CompareTo(stored?.Version ?? default) is > 0 };
    }

    /// <summary>Only metadata, expiry, tier or source id changed: every chunk goes on, patched if its metadata is other.</summary>
    private Decision KeepChunks(Decision decision, Document document, DocumentRecord stored)
    {
        var writes = new ChunkWrite[stored.Chunks.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            var chunk = stored.Chunks[i];
            writes[i] = new ChunkWrite
            {
                Existing = chunk.Key,
                Input = chunk.Input,
                Occurrence = chunk.Occurrence,
                Start = chunk.Start,
                Length = chunk.Length,
                Heading = chunk.Heading,
            };
        }

        var patched = stored.Metadata == document.Metadata ? 0 : writes.Length;
        var isPartition = ChunkCover.IsWhole(writes, chunk => (chunk.Start, chunk.Length), document.Text.Length);
        return decision with
        {
            Chunks = new ChunkDiffResult(writes, 0, patched, writes.Length - patched, 0),
            Write = Put(document, stored, stored.TextHash, writes, isPartition) with { Changed = times.Of(decision.Time, document.ChangedAt) },
        };
    }

    private Decision CutAnew(Decision decision, Document document, ContentHash textHash, DocumentRecord? stored)
    {
        var live = stored is { Glance.State: DocumentState.Live } ? stored : null;
        var cut = cutter.Cut(document, textHash);
        var chunks = ChunkDiff.Compare(document.Text, cut, live, request.Force || live is { IsDamaged: true });
        if (live is not null && live.Metadata != document.Metadata)
        {
            chunks = chunks with { Patched = chunks.Patched + chunks.Unchanged, Unchanged = 0 };
        }

        return decision with
        {
            Chunks = chunks,
            Inputs = InputsOf(chunks.Writes),
            Write = Put(document, stored, textHash, chunks.Writes, cut.IsPartition) with
            {
                Changed = decision.Verdict is Verdict.Reembedded ? null : times.Of(decision.Time, document.ChangedAt),
            },
        };
    }

    /// <summary>The embedding inputs of the new chunks.</summary>
    public List<EmbeddingInput> InputsOf(ChunkWrite[] writes)
    {
        var inputs = new List<EmbeddingInput>();
        foreach (var write in writes)
        {
            if (write.Existing.IsNone)
            {
                inputs.Add(new EmbeddingInput(write.Input, cutter.InputOf(write.Text!), write.Vector));
            }
        }

        return inputs;
    }

    private DocumentWrite.Put Put(
        Document document, DocumentRecord? stored, ContentHash textHash, ChunkWrite[] chunks, bool isPartition) => new()
        {
            Id = document.Id,
            ExpectedSequence = stored?.Glance.Sequence ?? 0,
            Document = document,
            Source = source,
            TextHash = textHash,
            Chunks = chunks,
            ChunksArePartition = isPartition,
            Rewrites = stored is { IsDamaged: true },
        };

    private static DocumentWrite.Touch? TouchIfNews(Document document, DocumentRecord stored) =>
        document.Version == stored.Version && document.Token == stored.Glance.Token ? null : new DocumentWrite.Touch
        {
            Id = document.Id,
            ExpectedSequence = stored.Glance.Sequence,
            Stored = stored,
            Token = document.Token,
            Version = document.Version,
            Repeats = stored.Glance.Repeats,
        };

    /// <summary>What is stored still orders what comes next where a change says nothing itself, unless the run takes whatever comes.</summary>
    /// <param name="own">The version that the change brings.</param>
    private DocumentVersion Remembered(DocumentVersion own, DocumentChange change, DocumentRecord? stored) =>
        request.IgnoreVersions ? own : own.After(change.Known.Latest(stored?.Version ?? default));

    public static ItemException AppendOnly(string id, string what) => new(
        ErrorCodes.NamespaceAppendOnly,
        $"'{id}' {what}, but the namespace is append-only",
        "leave it out, or sync it into a namespace that may delete (AppendOnly())");
}
