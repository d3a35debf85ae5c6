using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

internal sealed class MemoryGolden(MemoryState state) : IGoldenQueries
{
    public ValueTask<IReadOnlyList<GoldenQuery>> ListAsync(string @namespace, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<GoldenQuery>>([.. state.Namespaces.GetValueOrDefault(@namespace)?.Golden ?? []]);
        }
    }

    public ValueTask<GoldenPut> PutAsync(string @namespace, IReadOnlyList<GoldenQuery> queries, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var (golden, counts) = (Require(@namespace).Golden, default(GoldenPut));
            foreach (var query in queries)
            {
                if (golden.Exists(query.IsLike))
                {
                    counts = counts with { Unchanged = counts.Unchanged + 1 };
                    continue;
                }

                counts = golden.RemoveAll(query.AsksAs) > 0
                    ? counts with { Changed = counts.Changed + 1 }
                    : counts with { Added = counts.Added + 1 };
                golden.Add(query);
            }

            return ValueTask.FromResult(counts);
        }
    }

    public ValueTask<bool> RemoveAsync(string @namespace, string query, IReadOnlyList<string> filter, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult(
                state.Namespaces.GetValueOrDefault(@namespace)?.Golden.RemoveAll(new GoldenQuery { Query = query, Filter = filter }.AsksAs) > 0);
        }
    }

    public ValueTask<GoldenRun> KeepAsync(string @namespace, GoldenRun run, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            var runs = Require(@namespace).GoldenRuns;
            runs.Add(run with { Id = state.NextNumber() });
            for (var i = 0; i < runs.Count - GoldenRun.KeptResults; i++)
            {
                runs[i] = runs[i] with { Results = null };
            }

            return ValueTask.FromResult(runs[^1]);
        }
    }

    public ValueTask<IReadOnlyList<GoldenRun>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken)
    {
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<GoldenRun>>(
                [.. (state.Namespaces.GetValueOrDefault(@namespace)?.GoldenRuns ?? []).AsEnumerable().Reverse().Take(limit)]);
        }
    }

    private MemoryNamespace Require(string @namespace) => state.Namespaces.GetValueOrDefault(@namespace)
        ?? throw new TidemarkException(ErrorCodes.NamespaceMissing, $"there is no namespace '{@namespace}'", "see the list");
}
