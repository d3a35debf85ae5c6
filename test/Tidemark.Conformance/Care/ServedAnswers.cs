using Tidemark.Conformance.Syncing;
using Tidemark.Indexing;
using Tidemark.Searching;

namespace Tidemark.Conformance.Care;

/// <summary>What readers get of a store, one answer after the other; null: it is refused as damaged.</summary>
internal sealed record ServedAnswers(IReadOnlyDictionary<string, string?> Answers)
{
    public static async Task<ServedAnswers> OfAsync(ITidemarkStore store)
    {
        var bench = new SyncBench(store);
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["list"] = await AskAsync(() => ListAsync(store)),
            ["export"] = await AskAsync(bench.ExportAsync),
        };
        foreach (var mode in Enum.GetValues<SearchMode>())
        {
            answers[$"search {mode}"] = await AskAsync(() => SearchAsync(store, bench, mode));
        }

        return new ServedAnswers(answers);
    }

    /// <returns>Which question has another answer now, instead of none; null: there is none.</returns>
    public string? DifferenceFrom(ServedAnswers before) =>
        Answers.FirstOrDefault(answer => answer.Value is not null && answer.Value != before.Answers[answer.Key]).Key;

    private static async Task<string?> AskAsync(Func<Task<string>> question)
    {
        try
        {
            return await question();
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.StoreCorrupt)
        {
            return null;
        }
    }

    private static async Task<string> ListAsync(ITidemarkStore store)
    {
        var lines = new List<string>();
        await foreach (var one in store.Reader.DocumentsAsync("default", "", CancellationToken.None))
        {
            lines.Add($"{one.Id} {one.Source} {one.SourceId} {one.TextHash} {one.Metadata} {one.Version} {one.ExpiresAt} {one.Tier}");
        }

        return string.Join('\n', lines);
    }

    private static async Task<string> SearchAsync(ITidemarkStore store, SyncBench bench, SearchMode mode)
    {
        var found = await new SearchEngine(store, bench.Pipeline.Model, TimeProvider.System).SearchAsync(
            "text a", new SearchOptions { Mode = mode, Limit = 40 }, CancellationToken.None);
        return string.Join('\n', found.Hits.Select(hit =>
            $"{hit.Chunk.Document} {hit.Chunk.Source} {hit.Chunk.Metadata} {hit.Chunk.Heading} {hit.Chunk.Start} {hit.Chunk.Text}"));
    }
}
