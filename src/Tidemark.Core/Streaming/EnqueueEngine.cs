using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Syncing;
using Tidemark.Syncing.Rules;

namespace Tidemark.Streaming;

/// <summary>Puts what sources list into the change queue. Needs no embedder and holds nobody up.</summary>
public sealed class EnqueueEngine(ITidemarkStore store, TimeProvider clock)
{
    private const int MostErrors = 1000;
    private const long MostText = 4 * 1024 * 1024;

    /// <summary>Takes batch after batch, each whole or not at all; an item that is bad fails alone.</summary>
    /// <exception cref="TidemarkException">
    /// <c>queue.full</c>, or a source cannot be listed; what was enqueued before stays, and enqueuing it again does no harm.
    /// </exception>
    public async Task<EnqueueReport> EnqueueAsync(EnqueueOptions request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var sources = await OpenedSources.OpenAsync(request.ListedSources, cancellationToken).ConfigureAwait(false);
        await using var held = sources.ConfigureAwait(false);
        var work = new Work(store, request);
        foreach (var source in sources.All)
        {
            while (await source.NextAsync().ConfigureAwait(false) is { } page)
            {
                using (page)
                {
                    await TakeAsync(work, source.Source.Name, page, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await work.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new EnqueueReport
        {
            Namespace = request.NamespaceName,
            Seen = work.Seen,
            Changes = work.Result,
            Forgotten = work.Forgotten,
            Failed = work.Failed,
            Errors = work.Errors,
            Queue = await store.QueuedChanges.CountAsync(request.NamespaceName, cancellationToken).ConfigureAwait(false),
            Elapsed = clock.GetElapsedTime(started),
        };
    }

    /// <summary>
    /// Takes changes and how far whoever brings them has come in one transaction. What was forgotten is left out, and a change that
    /// contradicts one that waits.
    /// </summary>
    /// <param name="request">Whose queue, its limit and its policy.</param>
    /// <param name="source">Whose changes they are.</param>
    /// <param name="changes">At most as many as one transaction may hold; perhaps none.</param>
    /// <param name="checkpoint">Null: none.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="TidemarkException"><c>queue.full</c> or <c>feed.taken</c>; nothing was taken.</exception>
    public async Task<EnqueueResult> TakeAsync(
        EnqueueOptions request,
        string source,
        IReadOnlyList<DocumentChange> changes,
        QueueCheckpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        var policy = (request.Policy ?? DocumentPolicy.None).For(source, request.AppendOnly);
        var suppressions = await Suppressions.ReadAsync(store.Safeguards, request.NamespaceName, cancellationToken).ConfigureAwait(false);
        SourceChange[] kept =
        [
            .. changes.Where(change => !IsForgotten(suppressions, change)).Select(change => new SourceChange(source, Ruled(change, policy))),
        ];
        return await store.Queue.EnqueueAsync(request.NamespaceName, kept, request.MostWaiting, checkpoint, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsForgotten(Suppressions suppressions, DocumentChange change) =>
        suppressions.Cover(ChangeOrder.DocumentOf(change) ?? "", ChangeOrder.SourceIdOf(change));

    private static async Task TakeAsync(Work work, string source, ListingPage page, CancellationToken cancellationToken)
    {
        var items = page.Items.Length;
        work.Seen += items + page.Failures.Count;
        foreach (var failure in page.Failures)
        {
            work.Fail(failure);
        }

        var policy = work.PolicyOf(source);
        for (var i = 0; i < items; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var change = await page.ReadAsync(i, cancellationToken).ConfigureAwait(false);
                await work.AddAsync(new SourceChange(source, Ruled(change, policy)), () => page.Describe(i), cancellationToken).ConfigureAwait(false);
            }
            catch (ItemException e)
            {
                work.Fail(new ItemFailure(page.Describe(i), e.Code, e.Message, e.Remedy, e.HidesDocuments));
            }
        }
    }

    private static DocumentChange Ruled(DocumentChange change, SourcePolicy policy) =>
        change is DocumentChange.Upsert upsert && policy.TierOf(upsert.Document) is { } tier ? upsert with { RuledTier = tier } : change;

    /// <summary>One call's batch and counters.</summary>
    private sealed class Work(ITidemarkStore store, EnqueueOptions request)
    {
        private readonly List<SourceChange> _batch = [];
        private readonly List<ItemFailure> _errors = [];

        /// <summary>What the last item of a document that brought a version number is called.</summary>
        private readonly Dictionary<string, string> _numbered = new(StringComparer.Ordinal);
        private long _text;

        public long Seen { get; set; }

        public SourcePolicy PolicyOf(string source) => (request.Policy ?? DocumentPolicy.None).For(source, request.AppendOnly);

        public long Forgotten { get; private set; }

        public long Failed { get; private set; }

        public EnqueueResult Result { get; private set; }

        public IReadOnlyList<ItemFailure> Errors => _errors;

        public void Fail(ItemFailure failure)
        {
            Failed++;
            if (_errors.Count < MostErrors)
            {
                _errors.Add(failure);
            }
        }

        public ValueTask AddAsync(SourceChange change, Func<string> describe, CancellationToken cancellationToken)
        {
            Check(change.Change);
            _batch.Add(change);
            if (change.Change is DocumentChange.Upsert { Document: { Id: var id, Version.Number: not null } })
            {
                _numbered[id] = describe();
            }

            _text += (change.Change as DocumentChange.Upsert)?.Document.Text.Length ?? 0;
            return _batch.Count < request.BatchSize && _text < MostText ? default : FlushAsync(cancellationToken);
        }

        public async ValueTask FlushAsync(CancellationToken cancellationToken)
        {
            if (_batch.Count == 0)
            {
                return;
            }

            // What was forgotten must not be written down even for the while until a worker refuses it.
            var suppressions = await Suppressions.ReadAsync(store.Safeguards, request.NamespaceName, cancellationToken).ConfigureAwait(false);
            Forgotten += _batch.RemoveAll(change => IsForgotten(suppressions, change.Change));
            if (_batch.Count > 0)
            {
                Add(await store.Queue.EnqueueAsync(
                    request.NamespaceName, [.. _batch], request.MostWaiting, cancellationToken).ConfigureAwait(false));
            }

            _batch.Clear();
            _numbered.Clear();
            _text = 0;
        }

        private void Add(EnqueueResult result)
        {
            Result += result with { Contradictions = [] };
            foreach (var document in result.Contradictions)
            {
                Fail(new ItemFailure(
                    _numbered.GetValueOrDefault(document, document), ErrorCodes.VersionConflict,
                    $"'{document}' came with a version under which other content is waiting",
                    "send the new content under a higher version; what came first was kept", HidesDocuments: false));
            }
        }

        private void Check(DocumentChange change)
        {
            if (!request.AppendOnly)
            {
                return;
            }

            if (change is not DocumentChange.Upsert { Document: var document })
            {
                var id = ChangeOrder.DocumentOf(change) ?? ChangeOrder.SourceIdOf(change);
                throw DecisionMaker.AppendOnly(id, "is deleted");
            }

            if (document.ExpiresAt is not null)
            {
                throw DecisionMaker.AppendOnly(document.Id, "expires");
            }
        }
    }
}
