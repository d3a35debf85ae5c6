namespace Tidemark.Records;

/// <summary>Golden queries, and what they got. Writing takes no lease.</summary>
public interface IGoldenQueries
{
    /// <summary>Those of a namespace in the order in which they were recorded; none where it does not exist.</summary>
    ValueTask<IReadOnlyList<GoldenQuery>> ListAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>
    /// Records queries in one transaction. One that asks the same as one that is there takes its place, unless it is the same.
    /// </summary>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask<GoldenPut> PutAsync(string @namespace, IReadOnlyList<GoldenQuery> queries, CancellationToken cancellationToken);

    /// <returns>False: there is none that asks this.</returns>
    ValueTask<bool> RemoveAsync(string @namespace, string query, IReadOnlyList<string> filter, CancellationToken cancellationToken);

    /// <summary>Keeps a run; of older ones than the newest <see cref="GoldenRun.KeptResults"/> the single results go.</summary>
    /// <returns>The run with its number.</returns>
    /// <exception cref="TidemarkException"><c>namespace.missing</c>.</exception>
    ValueTask<GoldenRun> KeepAsync(string @namespace, GoldenRun run, CancellationToken cancellationToken);

    /// <summary>The newest runs of a namespace, newest first; none where it does not exist.</summary>
    ValueTask<IReadOnlyList<GoldenRun>> RunsAsync(string @namespace, int limit, CancellationToken cancellationToken);
}
