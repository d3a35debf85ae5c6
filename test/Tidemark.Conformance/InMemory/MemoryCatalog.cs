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
        PipelineIdentity pipeline, bool follows, CancellationToken cancellationToken) => Do(() =>
    {
        var beginning = follows ? GenerationState.Candidate : GenerationState.Building;
        if (request.ForPlan)
        {
            return new GenerationRecord(0, pipeline, space.Active is null ? GenerationState.Active : beginning);
        }

        if (space.Active is null)
        {
            return space.Active = new GenerationRecord(state.NextNumber(), pipeline, GenerationState.Active);
        }

        if (request.Hold == NamespaceHold.Shared && space.Active.Pipeline == pipeline)
        {
            return space.Active; // another run made it meanwhile
        }

        if (space.Beside is { } beside && GenerationRule.TakenUp(beside, pipeline, beginning) is { } next)
        {
            return space.Beside = next;
        }

        if (space.Beside is { Follows: true } other)
        {
            throw GenerationRefusals.Follows(other, space.Active);
        }

        Leave(space.Beside, document => document.Staged?.Chunks ?? []);
        Replace(document => document with { Staged = null });
        return space.Beside = new GenerationRecord(state.NextNumber(), pipeline, beginning);
    });

    public ValueTask PromoteAsync(GenerationRecord generation, bool keepsFormer, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (request.ForPlan)
            {
                return ValueTask.CompletedTask;
            }

            string[] behind = [.. space.Live.Where(d => d.Staged?.Sequence != d.Sequence).Select(d => d.Id).Order()];
            if (behind.Length > 0)
            {
                throw GenerationRefusals.Behind(behind.Length, behind[0]);
            }

            if (space.Publishing.Lagging(generation) is > 0 and var waiting)
            {
                throw GenerationRefusals.Unpublished(waiting);
            }

            var former = space.Active! with { State = GenerationState.Previous };
            Commit();
            space.PromotedAt = state.Now;
            space.Promotions.Add((space.Sequence, former, generation));
            space.Cuts.AddRange(space.Live.Select(document => (former.Id, document, space.Sequence)));
            Replace(document => document with
            {
                Chunks = document.Staged?.Chunks ?? [],
                Staged = document.State == DocumentState.Live ? (document.Sequence, document.Chunks) : null,
            });
            space.Active = generation with { State = GenerationState.Active };
            space.Beside = former;
            if (!keepsFormer)
            {
                Retire(former);
            }

            return ValueTask.CompletedTask;
        }
    }

    public async ValueTask RetireAsync(GenerationRecord generation, CancellationToken cancellationToken) => await Do(() =>
    {
        if (!request.ForPlan)
        {
            if (generation.State == GenerationState.Previous)
            {
                Commit();
            }

            Retire(generation);
        }

        return true;
    });

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

        if (space.Runs.FindIndex(one => one.Id == run.Id && one.FinishedAt is not null && one.Command == run.Command) is >= 0 and var former
            && !space.Runs.Exists(other => other.Id > run.Id && other.Command != run.Command))
        {
            space.Runs[former] = space.Runs[former] with { FinishedAt = null, Outcome = null };
            space.RunsUnderWay.Add(run.Id);
            _begun.Add(run.Id);
            return space.Runs[former];
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

    private void Commit()
    {
        space.Sequence++;
        space.Commits[space.Sequence] = state.Now;
        space.CommitRuns[space.Sequence] = _begun.LastOrDefault();
    }

    private void Retire(GenerationRecord generation)
    {
        Leave(generation, document => document.Staged?.Chunks ?? []);
        if (GenerationRule.LeavesHistory(generation))
        {
            space.ClosedChunks.AddRange(space.Live.SelectMany(
                document => document.Staged?.Chunks ?? [],
                (document, chunk) => (chunk, generation.Pipeline.Space, space.Sequence, document.Id)));
        }

        Replace(document => document with { Staged = null });
        space.Beside = null;
    }

    private void Leave(GenerationRecord? generation, Func<MemoryDocument, IReadOnlyList<MemoryChunk>> chunksOf)
    {
        if (generation is { Pipeline.IsExternal: true })
        {
            space.Publishing.Leave(
                space,
                generation,
                generation.Pipeline.Index == space.Active!.Pipeline.Index,
                space.Live.SelectMany(chunksOf, (document, chunk) => (document.Id, chunk)),
                state.Now);
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
