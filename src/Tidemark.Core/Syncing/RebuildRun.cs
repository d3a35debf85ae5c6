using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Builds a new generation from the stored text of every live document and lets it answer: no source is read, and only
/// inputs that the embedding store lacks are embedded. Queries see the former generation until the very end.
/// </summary>
internal sealed class RebuildRun(RunContext run, EmbeddingPipeline embedding)
{
    private const int Page = 200;

    private readonly DocumentCutter _cutter = new(run.Pipeline);

    /// <summary>What differs, for the plan's reason column and as the cause of the new vectors.</summary>
    public required EmbeddingCause Cause { get; init; }

    /// <summary>Null for a plan.</summary>
    public IndexDelivery? Delivery { get; init; }

    public async Task<GenerationRecord> RunAsync(long runId, CancellationToken cancellationToken)
    {
        var catalog = run.Session.Catalog;
        var generation = await catalog.CreateGenerationAsync(run.Pipeline.Identity, cancellationToken).ConfigureAwait(false);
        await foreach (var documents in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var staged = await StageAsync(documents, cancellationToken).ConfigureAwait(false);
            var embedded = await EmbedAsync(staged, runId, cancellationToken).ConfigureAwait(false);
            var writes = embedded.FindAll(write => !VectorFill.IsWaiting(write));
            await run.Session.ApplyAsync(new ApplyBatch(generation, runId, writes), CancellationToken.None).ConfigureAwait(false);
            if (writes.Count < staged.Count)
            {
                throw new BudgetReachedException();
            }

            foreach (var (write, document) in staged.Zip(documents))
            {
                Count(write, document);
                run.Tally.Applied++;
            }

            run.Progress.Report(SyncPhase.Rebuilding, null);
        }

        if (generation.Pipeline.IsExternal)
        {
            await Delivery!.DeliverAsync(generation.Pipeline, cancellationToken).ConfigureAwait(false);
        }

        await catalog.PromoteAsync(generation, cancellationToken).ConfigureAwait(false);
        return generation;
    }

    /// <summary>The same without a write: what would be embedded.</summary>
    public async Task PlanAsync(PlanSink plan, CancellationToken cancellationToken)
    {
        await foreach (var documents in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var document in documents)
            {
                var write = Stage(document);
                var tokens = await plan.CountAsync(InputsOf([write]), cancellationToken).ConfigureAwait(false);
                plan.Plan.NoteRebuilt(
                    document.Id,
                    PipelineComparison.NameOf(Cause),
                    (write.Chunks.Count, document.Chunks.Count),
                    tokens,
                    document.TextHash);
                Count(write, document);
            }
        }
    }

    private void Count(DocumentWrite.Stage write, DocumentRecord document)
    {
        run.Tally.ChunksAdded += write.Chunks.Count;
        run.Tally.ChunksDeleted += document.Chunks.Count;
        run.Tally.NeededTokens += write.Chunks.Sum(chunk => TokenEstimate.Of(chunk.Text));
    }

    private async IAsyncEnumerable<List<DocumentRecord>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in run.Session.ListLiveAsync(null, "", cancellationToken).ConfigureAwait(false))
        {
            foreach (var keys in page.Select(document => document.Key).Chunk(Page))
            {
                var documents = await run.Session.LoadAsync(keys, withText: true, cancellationToken).ConfigureAwait(false);
                yield return [.. documents.Where(document => document.Glance.State == DocumentState.Live)];
            }
        }
    }

    private DocumentWrite.Stage Stage(DocumentRecord document)
    {
        if (document.IsDamaged)
        {
            throw new TidemarkException(
                ErrorCodes.StoreCorrupt,
                $"what is stored of '{document.Id}' is damaged, so its chunks cannot be cut anew",
                "run 'tidemark verify SOURCE --repair' with the source it came from, then rebuild");
        }

        if (document.Text is not { } text)
        {
            throw new TidemarkException(
                ErrorCodes.DocumentMissing,
                $"the text of '{document.Id}' was not kept, so its chunks cannot be cut anew",
                "set 'storage.keepText' to true and sync its source with --force, which reads it once more, then rebuild");
        }

        var cut = _cutter.Cut(document.Id, text, document.TextHash);
        return new DocumentWrite.Stage
        {
            Id = document.Id,
            ExpectedSequence = document.Glance.Sequence,
            Key = document.Glance.Key,
            Chunks = ChunkDiff.Compare(text, cut, stored: null, reembed: false).Writes,
            ChunksArePartition = cut.IsPartition,
        };
    }

    /// <summary>Under a watch, so that a signal is heard while a long text is cut.</summary>
    private async Task<List<DocumentWrite.Stage>> StageAsync(List<DocumentRecord> documents, CancellationToken cancellationToken)
    {
        var staged = new List<DocumentWrite.Stage>(documents.Count);
        foreach (var document in documents)
        {
            staged.Add(await WorkWatch.Default.RunAsync(
                document.Text?.Length ?? 0, document.Id, () => Stage(document), cancellationToken).ConfigureAwait(false));
        }

        return staged;
    }

    private List<EmbeddingInput> InputsOf(IEnumerable<DocumentWrite.Stage> writes) =>
    [
        .. writes.SelectMany(write => write.Chunks)
            .Select(chunk => new EmbeddingInput(chunk.Input, _cutter.InputOf(chunk.Text!), default)),
    ];

    private async Task<List<DocumentWrite>> EmbedAsync(List<DocumentWrite.Stage> writes, long runId, CancellationToken cancellationToken)
    {
        var purpose = new EmbeddingPurpose(runId, Cause, run.Request.Force);
        var (vectors, refused) = await embedding.EmbedAsync(InputsOf(writes), purpose, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0)
        {
            throw Refused(writes, refused);
        }

        return writes.ConvertAll(write => VectorFill.Of(write, vectors));
    }

    /// <summary>A generation without all documents would lose some to every query: the former one goes on answering.</summary>
    private static TidemarkException Refused(
        List<DocumentWrite.Stage> writes, IReadOnlyDictionary<ContentHash, InputRefusal> refused)
    {
        var write = writes.First(write => write.Chunks.Any(chunk => refused.ContainsKey(chunk.Input)));
        var refusal = refused[write.Chunks.First(chunk => refused.ContainsKey(chunk.Input)).Input];
        return new TidemarkException(
            refusal.Code,
            $"a chunk of '{write.Id}' has no vector in the new space: {refusal.Message}; the former generation stays",
            "change or remove the document and sync it as the index was built, then rebuild again");
    }
}
