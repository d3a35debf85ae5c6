using System.Text;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryMaintenance(MemoryState state) : IStoreMaintenance
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);

    public ValueTask CompactAsync(TimeSpan wait, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DropNamespaceAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        lock (state.Gate)
        {
            if (!state.Namespaces.Remove(@namespace))
            {
                throw new TidemarkException(
                    ErrorCodes.NamespaceMissing, $"there is no namespace '{@namespace}'", "see the list");
            }

            state.Quarantine.RemoveAll(entry => entry.Namespace == @namespace);
        }
    }

    public async ValueTask<PurgeReport> PurgeAsync(
        string @namespace, IReadOnlyCollection<string> documents, TimeSpan wait, bool dryRun, CancellationToken cancellationToken)
    {
        using var lease = dryRun ? null : await state.LeaseAsync(@namespace, NamespaceHold.Exclusive, wait, cancellationToken);
        lock (state.Gate)
        {
            var report = default(PurgeReport);
            foreach (var document in documents)
            {
                report += state.Namespaces[@namespace] is var space && space.Documents.GetValueOrDefault(document) is { State: not DocumentState.Live } gone
                    ? dryRun ? Count(space, gone) : Purge(space, gone)
                    : default;
            }

            return report;
        }
    }

    private static PurgeReport Count(MemoryNamespace space, MemoryDocument gone)
    {
        var states = space.History.Count(former => former.Document.Id == gone.Id);
        return new PurgeReport(states > 0 ? 1 : 0, states, space.ClosedChunks.Count(chunk => chunk.Document == gone.Id));
    }

    private PurgeReport Purge(MemoryNamespace space, MemoryDocument gone)
    {
        var states = space.History.Where(former => former.Document.Id == gone.Id).ToArray();
        space.Horizon = Math.Max(space.Horizon, states.Select(former => former.To).DefaultIfEmpty().Max());
        space.History.RemoveAll(former => former.Document.Id == gone.Id);
        space.Cuts.RemoveAll(cut => cut.Document.Id == gone.Id);
        var closed = space.ClosedChunks.Where(chunk => chunk.Document == gone.Id).ToArray();
        var chunks = space.ClosedChunks.RemoveAll(chunk => chunk.Document == gone.Id);
        foreach (var input in closed.Select(chunk => (chunk.Space, chunk.Chunk.Input)).Where(input => !new MemoryErasure(state).IsNeeded(input)))
        {
            state.Embeddings.Remove(input);
        }

        if (gone.State == DocumentState.Removed && gone.Version.IsNone)
        {
            space.Documents.Remove(gone.Id);
        }

        return new PurgeReport(states.Length > 0 ? 1 : 0, states.Length, chunks);
    }

    public async ValueTask<GarbageReport> CollectAsync(
        HistoryLimits history, DateTimeOffset embeddingsBefore, TimeSpan wait, bool dryRun, CancellationToken cancellationToken)
    {
        using var lease = dryRun
            ? null
            : await state.LeaseAsync(null, NamespaceHold.Exclusive, wait, cancellationToken);
        lock (state.Gate)
        {
            return Collect(history, embeddingsBefore, dryRun);
        }
    }

    public ValueTask<int> ReindexAsync(double from, TimeSpan wait, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    private long LimitOf(MemoryNamespace space, DateTimeOffset before) =>
        space.Commits.Where(commit => LatestOf(space, commit) >= before).Select(commit => commit.Key)
            .DefaultIfEmpty(space.Sequence + 1).Min() - 1;

    /// <summary>What a clock that was ahead noted was no later than what came after it by number.</summary>
    private DateTimeOffset LatestOf(MemoryNamespace space, KeyValuePair<long, DateTimeOffset> commit) => commit.Value <= state.Now
        ? commit.Value
        : space.Commits.Where(later => later.Key > commit.Key && later.Value <= state.Now).OrderBy(later => later.Key)
            .Select(later => later.Value).FirstOrDefault(commit.Value);

    private DateTimeOffset LatestOf(MemoryEmbedding embedding) => embedding.At <= state.Now || embedding.Run == 0
        ? embedding.At
        : state.Namespaces.Values.SelectMany(space => space.Runs).Where(run => run.Id > embedding.Run && run.StartedAt <= state.Now)
            .OrderBy(run => run.Id).Select(run => run.StartedAt).FirstOrDefault(embedding.At);

    private void Correct()
    {
        foreach (var space in state.Namespaces.Values)
        {
            foreach (var commit in space.Commits.ToArray())
            {
                space.Commits[commit.Key] = LatestOf(space, commit);
            }

            space.Lags.RemoveAll(lag => lag.At > state.Now);
        }

        foreach (var (key, embedding) in state.Embeddings.ToArray())
        {
            state.Embeddings[key] = embedding with { At = LatestOf(embedding) };
        }
    }

    private GarbageReport Collect(HistoryLimits history, DateTimeOffset embeddingsBefore, bool dryRun)
    {
        if (!dryRun)
        {
            Correct();
        }

        long documents = 0, chunks = 0, bytes = 0;
        var needed = new HashSet<(string, ContentHash)>();
        foreach (var space in state.Namespaces.Values)
        {
            var limit = LimitOf(space, history.Of(space.Name));
            documents += space.History.Count(former => former.To <= limit && !IsKept(space, former.Document.Id));
            var gone = space.ClosedChunks.Where(closed => closed.To <= limit && !IsKept(space, closed.Document)).ToArray();
            chunks += gone.Length;
            bytes += gone
                .Sum(closed => Encoding.UTF8.GetByteCount(closed.Chunk.Text));
            needed.UnionWith(space.ClosedChunks.Where(c => c.To > limit || IsKept(space, c.Document)).Select(c => (c.Space, c.Chunk.Input)));
            needed.UnionWith(space.Publishing.FormerChunks.Select(c => (space.Active!.Pipeline.Space, c.Input)));
            needed.UnionWith(space.Live.SelectMany(d => d.Chunks).Select(c => (space.Active!.Pipeline.Space, c.Input)));
            needed.UnionWith(space.Live.SelectMany(d => d.Staged?.Chunks ?? [])
                .Select(c => (space.Beside!.Pipeline.Space, c.Input)));
            if (!dryRun)
            {
                Purge(space, limit);
            }
        }

        var garbage = state.Embeddings.Where(e => LatestOf(e.Value) < embeddingsBefore && e.Key.Input != CanaryInput.Hash && !needed.Contains(e.Key)).ToArray();
        foreach (var embedding in garbage)
        {
            bytes += embedding.Value.Vector.Length * sizeof(float);
            if (!dryRun)
            {
                state.Embeddings.Remove(embedding.Key);
            }
        }

        return new GarbageReport(documents, chunks, garbage.Length, bytes, dryRun)
        {
            Runs = dryRun ? null : state.Namespaces.Values.Sum(space => history.RunsOf(space.Name) is { } before ? RemoveRuns(space, before) : 0),
        };
    }

    /// <summary>Whatever its age: under a legal hold, or found in a former version.</summary>
    private static bool IsKept(MemoryNamespace space, string document) => space.IsHeld(document) || space.Publishing.IsBehind(document);

    /// <summary>A run that wrote something is what its documents and commits were made by.</summary>
    private static long RemoveRuns(MemoryNamespace space, DateTimeOffset before)
    {
        var newest = space.Runs.OrderByDescending(run => run.Id).Take(HistoryLimits.RunsKept).Select(run => run.Id).ToHashSet();
        var complete = space.Runs.LastOrDefault(run => run.CompleteSync)?.Id;
        return space.Runs.RemoveAll(run => run.FinishedAt < before && !newest.Contains(run.Id) && run.Id != complete && !space.CommitRuns.ContainsValue(run.Id));
    }

    private static void Purge(MemoryNamespace space, long limit)
    {
        bool IsOld(string document, long to) => to <= limit && !IsKept(space, document);
        if (space.History.Exists(former => IsOld(former.Document.Id, former.To)) || space.ClosedChunks.Exists(closed => IsOld(closed.Document, closed.To)))
        {
            space.Horizon = Math.Max(space.Horizon, limit);
        }

        space.History.RemoveAll(former => IsOld(former.Document.Id, former.To));
        space.Cuts.RemoveAll(cut => IsOld(cut.Document.Id, cut.Until));
        space.ClosedChunks.RemoveAll(closed => IsOld(closed.Document, closed.To));
        foreach (var document in space.Documents.Values.ToArray())
        {
            if (document.State == DocumentState.Removed && document.Sequence <= limit && document.Version.IsNone && !IsKept(space, document.Id))
            {
                space.Documents.Remove(document.Id);
            }
        }
    }
}
