using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryCatalog(MemoryState state, MemoryNamespace space, bool forPlan) : INamespaceCatalog
{
    public NamespaceRecord Namespace
    {
        get
        {
            lock (state.Gate)
            {
                return new NamespaceRecord(space.Name, space.Sequence, space.Active);
            }
        }
    }

    public ValueTask<SourceRecord> RegisterSourceAsync(string name, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (!space.Sources.Contains(name) && !forPlan)
            {
                space.Sources.Add(name);
            }

            var key = space.KeyOf(name);
            return ValueTask.FromResult(new SourceRecord(
                key, name, space.Documents.Count(d => d.State == DocumentState.Live && d.Source == key)));
        }
    }

    public ValueTask<SourceIdKey> FindSourceIdAsync(string sourceId, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(new SourceIdKey(space.SourceIds.IndexOf(sourceId) + 1));
        }
    }

    public ValueTask<GenerationRecord> CreateGenerationAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var made = new GenerationRecord(
                ++state.NextGeneration, pipeline, space.Active is null ? GenerationState.Active : GenerationState.Building);
            if (space.Active is null)
            {
                space.Active = made;
            }
            else
            {
                space.Building = made;
                space.StagedEntries.Clear();
            }

            return ValueTask.FromResult(made);
        }
    }

    public ValueTask PromoteAsync(GenerationRecord generation, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            if (space.Live.FirstOrDefault(d => d.Staged is null || d.StagedSequence != d.Sequence) is { } open)
            {
                throw new TidemarkException(
                    ErrorCodes.StoreFailed, $"'{open.Id}' is not in the generation yet.", "Run the rebuild again.");
            }

            space.Entries.Clear();
            foreach (var (key, vector) in space.StagedEntries)
            {
                space.Entries.Add(key, vector);
            }

            foreach (var document in space.Live)
            {
                document.Chunks = document.Staged!;
                document.Staged = null;
            }

            space.StagedEntries.Clear();
            space.Active = generation with { State = GenerationState.Active };
            space.Building = null;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RunRecord> BeginRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var numbered = run with { Id = state.Runs.Count + 1 };
            state.Runs.Add(numbered);
            return ValueTask.FromResult(numbered);
        }
    }

    public ValueTask CompleteRunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            state.Runs[(int)run.Id - 1] = run;
        }

        return ValueTask.CompletedTask;
    }
}
