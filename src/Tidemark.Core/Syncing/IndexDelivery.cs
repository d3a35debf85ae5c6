using Tidemark.Indexing;
using Tidemark.Publishing;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>What a run does for an external index: nothing where the index is in the store.</summary>
internal sealed class IndexDelivery(ITidemarkStore store, IRecordSession session, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Lagging =
    [
        ErrorCodes.IndexUnavailable, ErrorCodes.IndexRefused, ErrorCodes.IndexForeign, ErrorCodes.IndexMissing,
        ErrorCodes.EmbeddingMissing,
    ];

    /// <summary>How long to wait for another run that is delivering for everybody.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Before a generation is made: its index must be one that may be used. What a former generation has left there goes: nothing would ever
    /// ask for it, and nothing take it away.
    /// </summary>
    /// <exception cref="TidemarkException"><c>index.foreign</c>, …; nothing was written.</exception>
    public async Task RequireAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        if (!pipeline.IsExternal)
        {
            return;
        }

        var publisher = RequirePublisher(pipeline.Index);
        if (await session.TryDrainAsync(cancellationToken).ConfigureAwait(false) is { } drain)
        {
            await using var heldDrain = drain.ConfigureAwait(false);
            var binding = await drain.BindingAsync(pipeline, cancellationToken).ConfigureAwait(false);
            await publisher.RequireOwnAsync(binding, cancellationToken).ConfigureAwait(false);
            var @namespace = session.Catalog.Namespace;
            var known = new KnownIndexes(store.ServiceEntries, @namespace.Name);
            var left = await known.LeftByAsync(@namespace.Generation, @namespace.Beside, cancellationToken).ConfigureAwait(false);
            if (left.FirstOrDefault(one => one.Location == binding.Location) is { } former)
            {
                await publisher.DropAsync(former, cancellationToken).ConfigureAwait(false);
            }

            await known.NoteAsync(binding, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings everything that waits for it to the external index of a pipeline.</summary>
    /// <exception cref="TidemarkException">It cannot be brought now.</exception>
    public async Task<long> DeliverAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        var publisher = RequirePublisher(pipeline.Index);
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await session.TryDrainAsync(cancellationToken).ConfigureAwait(false) is { } drain)
            {
                await using var heldDrain = drain.ConfigureAwait(false);
                return await publisher.DrainAsync(drain, pipeline.Index, cancellationToken).ConfigureAwait(false);
            }

            // Another run brings what waits, ours too, unless it had looked for the last time already: then it ends now.
            if (clock.GetElapsedTime(started) >= Patience)
            {
                return 0;
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same at the end of a run: what cannot be brought now waits, and the report says so.</summary>
    /// <param name="delivers">False: only how far behind the index is.</param>
    /// <param name="cancellationToken">Ends the delivery; what was acknowledged stays so.</param>
    /// <returns>Null where the index is in the store.</returns>
    public async Task<IndexReport?> TryDeliverAsync(bool delivers, CancellationToken cancellationToken)
    {
        if (session.Catalog.Namespace.Generation is not { Pipeline: { IsExternal: true } pipeline })
        {
            return null;
        }

        var (delivered, failure) = (0L, (TidemarkException?)null);
        var before = await BacklogAsync().ConfigureAwait(false);
        try
        {
            delivered = delivers && before.Pending > 0
                ? await DeliverAsync(pipeline, cancellationToken).ConfigureAwait(false)
                : 0;
        }
        catch (TidemarkException e) when (Lagging.Contains(e.Code, StringComparer.Ordinal))
        {
            failure = e;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run says that it was cancelled.
        }

        var after = await BacklogAsync().ConfigureAwait(false);
        return new IndexReport(pipeline.Index, Math.Max(delivered, before.Pending - after.Pending), after.Pending, after.Documents)
        {
            Failure = failure,
        };

        async Task<IndexBacklog> BacklogAsync() =>
            (await store.Outbox.BacklogAsync(session.Catalog.Namespace.Name, CancellationToken.None).ConfigureAwait(false))!;
    }

    /// <summary>A generation is about to be let go: its index stays as it is, unless that which goes on answers there.</summary>
    /// <returns>Where it is; null: nothing is left.</returns>
    public async Task<string?> LeaveAsync(GenerationRecord former, PipelineIdentity answering, CancellationToken cancellationToken)
    {
        if (former.Pipeline.Index == answering.Index
            || await store.Outbox.PinAsync(former.Id, cancellationToken).ConfigureAwait(false) is not { } pinned)
        {
            return null;
        }

        await new KnownIndexes(store.ServiceEntries, session.Catalog.Namespace.Name)
            .NoteAsync(pinned.Binding, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return pinned.Binding.Location;
    }

    private IndexPublisher RequirePublisher(string location) =>
        store.ExternalIndexes is { } indexes ? new IndexPublisher(indexes) : throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the namespace '{session.Catalog.Namespace.Name}' is indexed in '{location}', and nobody here knows how to reach that",
            "put the index together with the verb that knows it, for instance 'UseChroma'");
}
