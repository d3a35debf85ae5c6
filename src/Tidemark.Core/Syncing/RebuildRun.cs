using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>
/// Cuts the stored text of every live document as a new generation cuts it: no source is read, and only inputs that the embedding
/// store lacks are embedded. Queries see the former generation until the very end.
/// </summary>
internal sealed class RebuildRun(RunContext run, IRebuildSink sink, GenerationRecord former)
{
    private const int Page = 200;

    private readonly DocumentCutter _cutter = new(run.Pipeline);

    /// <summary>What differs.</summary>
    private readonly EmbeddingCause _cause = PipelineComparison.CauseOf(former.Pipeline, run.Pipeline.Identity);

    private readonly ChangedInputs _changed = PipelineComparison.ChangesOf(former.Pipeline, run.Pipeline.Identity);

    /// <summary>Those that are cut anew; null: all live ones.</summary>
    public Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<DocumentKey>>>? Documents { get; init; }

    /// <summary>Hears of a document that cannot be cut as the generation cuts, which goes without it; null: that ends the run.</summary>
    public Action<DocumentRecord, ItemException>? OnUncut { get; init; }

    /// <summary>It ends when so many documents are done.</summary>
    public long Most { get; init; } = long.MaxValue;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var documents in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run.Tally.Applied >= Most)
            {
                return;
            }

            var rebuilt = await StageAsync(documents, cancellationToken).ConfigureAwait(false);
            foreach (var document in await sink.SubmitAsync(rebuilt, _cause, cancellationToken).ConfigureAwait(false))
            {
                Count(document);
            }

            run.Progress.Report(SyncPhase.Rebuilding, null);
        }
    }

    private void Count(RebuiltDocument document)
    {
        run.Tally.ChunksAdded += document.Write.Chunks.Count;
        run.Tally.ChunksRebuilt += document.Write.Chunks.Count;
        run.Tally.ChunksDeleted += document.Former.Chunks.Count;
        run.Tally.NeededTokens += document.Write.Chunks.Sum(chunk => TokenEstimate.Of(chunk.Text));
        run.Tally.Applied++;
    }

    private async IAsyncEnumerable<List<DocumentRecord>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in (Documents ?? AllAsync)(cancellationToken).ConfigureAwait(false))
        {
            foreach (var keys in page.Chunk(Page))
            {
                var documents = await run.Session.LoadAsync(keys, withText: true, cancellationToken).ConfigureAwait(false);
                yield return [.. documents.Where(document => document.Glance.State == DocumentState.Live)];
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<DocumentKey>> AllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in run.Session.ListLiveAsync(null, "", cancellationToken).ConfigureAwait(false))
        {
            yield return [.. page.Select(document => document.Key)];
        }
    }

    private RebuiltDocument Stage(DocumentRecord document)
    {
        if (document.IsDamaged)
        {
            throw new TidemarkException(
                ErrorCodes.StoreCorrupt,
                $"what is stored of '{document.Id}' is damaged, so its chunks cannot be cut anew",
                "run 'VerifyAsync(SOURCE, Repair)' with the source it came from, then rebuild");
        }

        if (document.Text is not { } text)
        {
            throw new TidemarkException(
                ErrorCodes.DocumentMissing,
                $"the text of '{document.Id}' was not kept, so its chunks cannot be cut anew",
                "set KeepText() and sync its source with SyncOptions.Force, which reads it once more, then rebuild");
        }

        var cut = _cutter.Cut(document.Id, text, document.TextHash);
        var write = new DocumentWrite.Stage
        {
            Id = document.Id,
            ExpectedSequence = document.Glance.Sequence,
            Key = document.Glance.Key,
            Chunks = ChunkDiff.Compare(text, cut, stored: null, reembed: false).Writes,
            ChunksArePartition = cut.IsPartition,
        };
        return new RebuiltDocument(document, write, InputsOf(write)) { Changed = _changed };
    }

    /// <summary>Under a watch, so that a signal is heard while a long text is cut.</summary>
    private async Task<List<RebuiltDocument>> StageAsync(List<DocumentRecord> documents, CancellationToken cancellationToken)
    {
        var staged = new List<RebuiltDocument>(documents.Count);
        foreach (var document in documents)
        {
            try
            {
                staged.Add(await WorkWatch.Default.RunAsync(
                    document.Text?.Length ?? 0, document.Id, () => Stage(document), cancellationToken).ConfigureAwait(false));
            }
            catch (ItemException e) when (OnUncut is not null)
            {
                OnUncut(document with { Text = null }, e);
            }
        }

        return staged;
    }

    private List<EmbeddingInput> InputsOf(DocumentWrite.Stage write) =>
    [
        .. write.Chunks.Select(chunk => new EmbeddingInput(chunk.Input, _cutter.InputOf(chunk.Text!), default)),
    ];
}
