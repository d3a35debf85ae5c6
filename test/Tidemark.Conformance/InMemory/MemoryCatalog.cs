using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryCatalog(MemoryState state, MemoryNamespace space, SessionRequest request) : INamespaceCatalog
{
    private readonly List<long> _begun = [];
    private long _planned;

    public NamespaceRecord Namespace
    {
        get
        {
            lock (state.Gate)
            {
                return space.Record;
            }
        }
    }

    public ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken) => Do(() =>
    {
        if (!space.Sources.TryGetValue(name, out var key))
        {
            if (request.ForPlan)
            {
                return new SourceRecord(new SourceKey(--_planned), name, 0);
            }

            key = state.NextNumber();
            space.Sources.Add(name, key);
        }

        var live = space.Live.Where(document => document.Source.Value == key).ToArray();
        return new SourceRecord(new SourceKey(key), name, live.Length)
        {
            Chunks = live.Sum(document => document.Chunks.Count),
            Tokens = live.SelectMany(document => document.Chunks).Sum(chunk => TokenEstimate.Of(chunk.Text)),
        };
    });

    public ValueTask<string?> FindPlaceAsync(SourceKey source, CancellationToken cancellationToken) =>
        Do(() => space.Places.GetValueOrDefault(source.Value));

    public async ValueTask NotePlaceAsync(SourceKey source, string place, CancellationToken cancellationToken) => await Do(() =>
    {
        if (!request.ForPlan)
        {
            space.Places[source.Value] = place;
        }

        return true;
    });

    public ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken) =>
        Do(() => new SourceIdKey(space.SourceIds.GetValueOrDefault(sourceId)));

    public ValueTask<GenerationRecord> CreateGenerationAsync(
        PipelineIdentity pipeline, CancellationToken cancellationToken) => Do(() =>
    {
        if (request.ForPlan)
        {
            return new GenerationRecord(
                0, pipeline, space.Active is null ? GenerationState.Active : GenerationState.Building);
        }

        if (space.Active is null)
        {
            return space.Active = new GenerationRecord(state.NextNumber(), pipeline, GenerationState.Active);
        }

        if (request.Hold == NamespaceHold.Shared && space.Active.Pipeline == pipeline)
        {
            return space.Active; // another run made it meanwhile
        }

        if (space.Building?.Pipeline != pipeline)
        {
            if (space.Building is { Pipeline.IsExternal: true } dropped)
            {
                space.Publishing.Leave(
                    space,
                    dropped,
                    dropped.Pipeline.Index == space.Active.Pipeline.Index,
                    space.Live.SelectMany(d => d.Staged?.Chunks ?? [], (d, chunk) => (d.Id, chunk)),
                    state.Now);
            }

            space.Building = new GenerationRecord(state.NextNumber(), pipeline, GenerationState.Building);
            Replace(document => document with { Staged = null });
        }

        return space.Building;
    });

    public ValueTask PromoteAsync(GenerationRecord generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (request.ForPlan)
            {
                return ValueTask.CompletedTask;
            }

            if (space.Live.Where(d => d.Staged?.Sequence != d.Sequence).Select(d => d.Id).Order().FirstOrDefault() is { } id)
            {
                throw new TidemarkException(
                    ErrorCodes.PipelineChanged, $"the new generation lacks '{id}'", "rebuild again");
            }

            if (space.Publishing.Lagging(generation) > 0)
            {
                throw new TidemarkException(
                    ErrorCodes.IndexLagging, "the external index of the new generation lacks entries", "rebuild again");
            }

            if (space.Active is { Pipeline.IsExternal: true } former)
            {
                space.Publishing.Leave(
                    space,
                    former,
                    former.Pipeline.Index == generation.Pipeline.Index,
                    space.Live.SelectMany(d => d.Chunks, (d, chunk) => (d.Id, chunk)),
                    state.Now);
            }

            space.Sequence++;
            space.Commits[space.Sequence] = state.Now;
            space.ClosedChunks.AddRange(space.Live.SelectMany(
                document => document.Chunks, (document, chunk) => (chunk, space.Active!.Pipeline.Space, space.Sequence, document.Id)));
            Replace(document => document with { Chunks = document.Staged?.Chunks ?? [], Staged = null });
            space.Active = generation with { State = GenerationState.Active };
            space.Building = null;
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken) => Do(() =>
    {
        if (request.ForPlan)
        {
            return run;
        }

        for (var i = 0; i < space.Runs.Count; i++)
        {
            if (space.Runs[i].FinishedAt is null && !space.RunsUnderWay.Contains(space.Runs[i].Id))
            {
                space.Runs[i] = space.Runs[i] with { FinishedAt = run.StartedAt, Outcome = RunOutcome.Failed };
            }
        }

        var begun = run with { Id = state.NextNumber(), Namespace = space.Name };
        space.Runs.Add(begun);
        space.RunsUnderWay.Add(begun.Id);
        _begun.Add(begun.Id);
        return begun;
    });

    public ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (!request.ForPlan)
            {
                space.Runs[space.Runs.FindIndex(one => one.Id == run.Id)] = run;
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <summary>The session ends: what it left open belongs to nobody any more.</summary>
    public void Close()
    {
        lock (state.Gate)
        {
            space.RunsUnderWay.ExceptWith(_begun);
        }
    }

    private ValueTask<T> Do<T>(Func<T> work)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(work());
        }
    }

    private void Replace(Func<MemoryDocument, MemoryDocument> change)
    {
        foreach (var id in space.Documents.Keys.ToArray())
        {
            space.Documents[id] = change(space.Documents[id]);
        }
    }
}
