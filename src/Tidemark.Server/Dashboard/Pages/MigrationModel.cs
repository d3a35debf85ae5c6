using Tidemark.Migrating;
using Tidemark.Records;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>Which generation answers, which one is beside it, and what the golden queries say.</summary>
/// <param name="Runs">Of the golden queries, newest first.</param>
internal sealed record MigrationModel(MigrationStatus Status, IReadOnlyList<GoldenQuery> Queries, IReadOnlyList<GoldenRun> Runs)
{
    private const int Shown = 30;

    public static async Task<MigrationModel> ReadAsync(Call call)
    {
        await call.Index.NamespaceAsync(call.Namespace, call.Ended);
        return new MigrationModel(
            await call.Index.MigrationStatusAsync(call.Namespace, call.Ended),
            await call.Index.GoldenQueriesAsync(call.Namespace, call.Ended),
            await call.Index.GoldenRunsAsync(Shown, call.Namespace, call.Ended));
    }

    /// <summary>What each query got in the newest run.</summary>
    public IReadOnlyDictionary<string, GoldenResult> Last => (Runs.Count == 0 ? null : Runs[0].Results ?? [])?
        .GroupBy(result => result.Question.Query, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal)
        ?? [];
}
